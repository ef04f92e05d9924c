import type { ScopeSummary, SyncSummary } from '../api.ts';
import { ExitCode } from './exit-code.ts';
import { errorBlock, errorShapeBlock } from './failure-text.ts';
import type { Invocation } from './invocation.ts';
import { countOf, formatBytes, formatCount, formatDuration } from './quantities.ts';
import { cleanLine } from './terminal-text.ts';

const MOST_FAILURES = 10;

/** A run that ended, and what is known of it besides its summary. */
export interface RunView {
  readonly summary: SyncSummary;
  readonly exitCode: number;
  /** The log file, relative to the root. */
  readonly log: string | undefined;
  readonly invocation: Invocation;
}

/** The run in two or three lines: its numbers, whether all went well, and what to type next. */
export function summaryText(view: RunView): string {
  const { summary, invocation } = view;
  const lines = [invocation.style('bold', numbersLine(summary)), ...endingLines(view)];
  if (summary.localEdits.length > 0) {
    lines.push(`${countOf(summary.localEdits.length, 'changed file')} of the mirror kept a copy:`);
    lines.push(...summary.localEdits.map((path) => `  ${cleanLine(path)}`));
  }
  return lines.join('\n');
}

function numbersLine(summary: SyncSummary): string {
  return [
    `Synced ${formatCount(summary.created + summary.updated)}`,
    `unchanged ${formatCount(summary.unchanged)}`,
    `moved ${formatCount(summary.moved)}`,
    `deleted ${formatCount(summary.deleted)}`,
    `failed ${formatCount(summary.failed)}`,
    formatBytes(summary.bytes),
    countOf(summary.requests, 'request'),
    formatDuration(summary.durationMs),
  ].join(' · ');
}

function endingLines({ summary, exitCode, log }: RunView): string[] {
  const root = cleanLine(summary.root);
  if (summary.outcome === 'cancelled') {
    return [stoppedLine(summary)];
  }
  if (exitCode === ExitCode.ok || exitCode === ExitCode.changed)
    return [`The mirror in ${root} is up to date.`];
  const details = log === undefined ? '' : ` Details: ${root}/${log}`;
  return [`${brokenPart(summary)} (exit ${exitCode}).${details}`];
}

// What did not change is as safe as what was written.
function stoppedLine({ created, updated, moved, unchanged }: SyncSummary): string {
  const saved = created + updated + moved + unchanged;
  const documents = `${countOf(saved, 'document')} ${saved === 1 ? 'is' : 'are'} saved`;
  return `Stopped early. ${saved === 0 ? 'Nothing is saved yet' : documents}; run the same command to go on.`;
}

function brokenPart(summary: SyncSummary): string {
  const sources = summary.sources.filter(({ error }) => error !== undefined).length;
  const scopes = summary.sources.flatMap((source) => [
    ...source.unavailable,
    ...source.scopes.filter(({ error }) => error !== undefined),
  ]).length;
  const withheld = summary.sources
    .flatMap(({ scopes: all }) => all)
    .reduce((sum, scope) => sum + scope.withheld, 0);
  const parts = [
    ...(sources > 0 ? [`${countOf(sources, 'source')} failed`] : []),
    ...(scopes > 0 ? [`${countOf(scopes, 'scope')} failed`] : []),
    ...(summary.failed > 0 ? [`${countOf(summary.failed, 'document')} failed`] : []),
    ...(withheld > 0 ? [`${countOf(withheld, 'deletion')} withheld`] : []),
  ];
  return parts.length === 0 ? 'Not everything went well' : parts.join(', ');
}

/** Every problem of the run as an error block, with its fix; empty when there was none. */
export function summaryProblems({ summary, invocation }: RunView): string {
  const style = invocation.errorStyle;
  const blocks = summary.sources.flatMap((source) => [
    ...(source.error === undefined ? [] : [errorShapeBlock(source.source, source.error, style)]),
    ...source.unavailable.map(({ scope, error }) =>
      errorShapeBlock(`${source.source}:${scope}`, error, style),
    ),
    ...source.scopes.flatMap((scope) => scopeBlocks(scope, invocation)),
    ...source.warnings.map(
      ({ code, message }) =>
        `${style('yellow', `warning[${cleanLine(code)}]:`)} ${cleanLine(source.source)}: ${cleanLine(message)}`,
    ),
  ]);
  return blocks.join('\n');
}

function scopeBlocks(summary: ScopeSummary, { errorStyle, nextCommand }: Invocation): string[] {
  const place = `${summary.source}:${summary.scope}`;
  const blocks = summary.failures
    .slice(0, MOST_FAILURES)
    .map(({ id, title, error }) =>
      errorShapeBlock(
        `${place} ${title === undefined ? id : `${id} "${title}"`}`,
        error,
        errorStyle,
      ),
    );
  const rest = summary.failures.length - blocks.length;
  if (rest > 0)
    blocks.push(`  and ${countOf(rest, 'more failed document')} in ${cleanLine(place)}`);
  // A stopped scope is no fault; the summary says so.
  if (summary.error !== undefined && summary.error.code !== 'cancelled') {
    blocks.unshift(errorShapeBlock(place, summary.error, errorStyle));
  }
  if (summary.withheld > 0) {
    blocks.push(
      errorBlock(
        {
          code: 'withheld',
          place,
          message: `${countOf(summary.withheld, 'deletion')} held back, since so many at once may be a mistake. The files stay.`,
          fix: `if it is right: ${nextCommand('sync', place, '--allow-deletes', String(summary.withheld))}`,
        },
        errorStyle,
      ),
    );
  }
  return blocks;
}
