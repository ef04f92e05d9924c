import type { ErrorShape } from '@context-sync/core';

import type { ScopeSummary, SourceSummary, SyncOptions, SyncSummary } from '../api.ts';
import { ExitCode } from './exit-code.ts';
import { errorBlock, errorShapeBlock } from './failure-text.ts';
import type { Invocation } from './invocation.ts';
import { countOf, formatBytes, formatCount, formatDuration } from './quantities.ts';
import { cleanLine } from './terminal-text.ts';

const MOST_FAILURES = 10;
/** Of scopes that ended alike. */
const MOST_NAMED = 5;

/** A run that ended, and what is known of it besides its summary. */
export interface RunView {
  readonly summary: SyncSummary;
  readonly exitCode: number;
  /** The log file, relative to the root. */
  readonly log: string | undefined;
  readonly invocation: Invocation;
  readonly request: SyncOptions;
}

/** The run in two or three lines: its numbers, whether all went well, and what to type next. */
export function summaryText(view: RunView): string {
  const { summary, invocation } = view;
  return [invocation.style('bold', numbersLine(summary)), ...endingLines(view)].join('\n');
}

function numbersLine(summary: SyncSummary): string {
  return [
    `Synced ${formatCount(summary.created + summary.updated)}`,
    `unchanged ${formatCount(summary.unchanged)}`,
    `moved ${formatCount(summary.moved)}`,
    `deleted ${formatCount(summary.deleted)}`,
    `failed ${formatCount(summary.failed)}`,
    ...(summary.attachments > 0 ? [countOf(summary.attachments, 'attachment')] : []),
    formatBytes(summary.bytes),
    requestsPart(summary),
    formatDuration(summary.durationMs),
  ].join(' · ');
}

function requestsPart({ requests, retries, waitedMs }: SyncSummary): string {
  const sent = countOf(requests, 'request');
  if (retries === 0 && waitedMs === 0) return sent;
  return `${sent} (${formatCount(retries)} repeated, waited ${formatDuration(waitedMs)} in all)`;
}

function endingLines({ summary, exitCode, log, request }: RunView): string[] {
  const root = cleanLine(summary.root);
  if (summary.outcome === 'cancelled') {
    return [stoppedLine(summary)];
  }
  if (exitCode === ExitCode.ok || exitCode === ExitCode.changed)
    return [upToDateLine(root, request)];
  const details = log === undefined ? '' : ` Details: ${root}/${log}`;
  return [`${brokenPart(summary)} (exit ${exitCode}).${details}`];
}

function upToDateLine(root: string, { only = [] }: SyncOptions): string {
  if (only.length === 0) return `The mirror in ${root} is up to date.`;
  return only.length === 1
    ? `The document asked for is up to date in ${root}.`
    : `The ${only.length} documents asked for are up to date in ${root}.`;
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
  const withheld = summary.sources.reduce((sum, source) => sum + source.withheld, 0);
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
    ...stopBlocks(source, invocation),
    ...source.scopes.flatMap((scope) => scopeBlocks(scope, invocation)),
    ...strayBlocks(source, invocation),
    ...source.warnings.map(
      ({ code, message }) =>
        `${style('yellow', `warning[${cleanLine(code)}]:`)} ${cleanLine(source.source)}: ${cleanLine(message)}`,
    ),
  ]);
  return blocks.join('\n');
}

/** What ended scopes; told once when it ended several alike. */
function stopBlocks({ source, scopes }: SourceSummary, { errorStyle }: Invocation): string[] {
  const stops = new Map<string, { error: ErrorShape; slugs: string[] }>();
  for (const { scope, error } of scopes) {
    // A stopped scope is no fault; the summary says so.
    if (error === undefined || error.code === 'cancelled') continue;
    const key = JSON.stringify([error.code, error.message, error.hint]);
    const { slugs } = stops.get(key) ?? { slugs: [] };
    stops.set(key, { error, slugs: [...slugs, scope] });
  }
  return [...stops.values()].map(({ error, slugs }) =>
    errorShapeBlock(stoppedPlace(source, slugs), error, errorStyle),
  );
}

function stoppedPlace(source: string, slugs: readonly string[]): string {
  const [first = ''] = slugs;
  if (slugs.length === 1) return `${source}:${first}`;
  const named = slugs.slice(0, MOST_NAMED).join(', ');
  return `${source} (${countOf(slugs.length, 'scope')}: ${named}${slugs.length > MOST_NAMED ? ', …' : ''})`;
}

function scopeBlocks(summary: ScopeSummary, invocation: Invocation): string[] {
  const { errorStyle } = invocation;
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
  if (summary.withheld > 0) blocks.push(withheldBlock(place, summary.withheld, invocation));
  return blocks;
}

/** Files that a rebuild found in folders where no scope lies. */
function strayBlocks(
  { source, scopes, withheld }: SourceSummary,
  invocation: Invocation,
): string[] {
  const strays = withheld - scopes.reduce((sum, scope) => sum + scope.withheld, 0);
  return strays > 0 ? [withheldBlock(source, strays, invocation)] : [];
}

function withheldBlock(
  place: string,
  count: number,
  { errorStyle, nextCommand }: Invocation,
): string {
  return errorBlock(
    {
      code: 'withheld',
      place,
      message: `${countOf(count, 'deletion')} held back, since so many at once may be a mistake. The files stay.`,
      fix: `if it is right: ${nextCommand('sync', place, '--allow-deletes', String(count))}`,
    },
    errorStyle,
  );
}
