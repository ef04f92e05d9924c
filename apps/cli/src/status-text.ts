import type { MirrorStatus, SourceMetadata } from '@context-sync/engine';
import {
  alignColumns,
  cleanLine,
  countOf,
  formatAge,
  formatCount,
  type Style,
} from '@context-sync/engine/text';

const MOST_FAILURES = 10;

/** How the text is put. */
interface Shown {
  readonly style: Style;
  /** Makes a command for the user to type. */
  readonly nextCommand: (...words: readonly string[]) => string;
}

/** The status of a mirror for a person. */
export function statusText(found: MirrorStatus, shown: Shown): string {
  const { style, nextCommand } = shown;
  const now = Date.now();
  const mirror = `Mirror    ${cleanLine(found.root)}`;
  if (!found.exists)
    return `${mirror}\nNothing was synced here yet. Start with: ${nextCommand('sync')}`;
  const lines = [mirror, `Last run  ${lastRunText(found, now)}`];
  if (found.running !== undefined) {
    const { pid, host, since } = found.running;
    lines.push(
      style(
        'cyan',
        `Running   since ${formatAge(since, now)} as process ${pid} on ${cleanLine(host)}`,
      ),
    );
  }
  if (found.sources.length === 0)
    lines.push(`No source was synced yet. Start with: ${nextCommand('sync')}`);
  return [...lines, ...found.sources.flatMap((source) => sourceLines(source, now, shown))].join(
    '\n',
  );
}

function lastRunText({ lastRun }: MirrorStatus, now: number): string {
  if (lastRun === undefined) return 'none';
  const { endedAt, startedAt, outcome } = lastRun;
  if (endedAt === undefined) return `did not end; it began ${formatAge(startedAt, now)}`;
  return `${outcome ?? 'ended'}, ${formatAge(endedAt, now)}`;
}

function sourceLines(metadata: SourceMetadata, now: number, shown: Shown): string[] {
  const { style } = shown;
  const source = cleanLine(metadata.source);
  const connector =
    metadata.connector === metadata.source ? '' : ` (${cleanLine(metadata.connector)})`;
  const rows = metadata.scopes.map(({ scope, title, documents, unwritten, state, lastSync }) => [
    cleanLine(scope),
    cleanLine(title),
    countOf(documents, 'document'),
    unwritten === 0 ? '' : `${formatCount(unwritten)} not written yet`,
    state === 'active' ? '' : state,
    lastSync === undefined ? 'never synced' : `synced ${formatAge(lastSync, now)}`,
  ]);
  return [
    '',
    `${style('bold', source)}${connector}  ${countOf(metadata.documents, 'document')}`,
    ...alignColumns(rows, '  '),
    ...unfinishedLines(metadata, shown),
    ...withheldLines(metadata, shown),
    ...failureLines(metadata, shown),
  ];
}

function unfinishedLines(
  { source, unwritten, unclaimed }: SourceMetadata,
  { style, nextCommand }: Shown,
): string[] {
  const mark = style('yellow', '!');
  const command = nextCommand('sync', cleanLine(source));
  return [
    ...(unwritten === 0
      ? []
      : [`  ${mark} ${countOf(unwritten, 'document')} read but not written yet: ${command}`]),
    ...(unclaimed === 0
      ? []
      : [
          `  ${mark} ${countOf(unclaimed, 'file')} from before the rebuild, not matched with a document yet: ${command}`,
        ]),
  ];
}

function withheldLines(
  { source, scopes }: SourceMetadata,
  { style, nextCommand }: Shown,
): string[] {
  return scopes
    .filter(({ withheld }) => withheld > 0)
    .map(({ scope, withheld }) => {
      const command = nextCommand(
        'sync',
        `${cleanLine(source)}:${cleanLine(scope)}`,
        '--allow-deletes',
        String(withheld),
      );
      return `  ${style('yellow', '!')} ${countOf(withheld, 'deletion')} in ${cleanLine(scope)} withheld. If they are right: ${command}`;
    });
}

function failureLines(
  { source, failures }: SourceMetadata,
  { style, nextCommand }: Shown,
): string[] {
  if (failures.length === 0) return [];
  const shown = failures
    .slice(0, MOST_FAILURES)
    .map(({ id, scope, code, message, tries }) => [
      `${cleanLine(scope)} ${cleanLine(id)}`,
      cleanLine(code),
      `${cleanLine(message)} (${countOf(tries, 'try', 'tries')})`,
    ]);
  const rest = failures.length - shown.length;
  // A plain run tries a document again when its time has come, not at once.
  const ids = failures.slice(0, MOST_FAILURES).map(({ id }) => cleanLine(id));
  return [
    `  ${style('red', '✖')} ${countOf(failures.length, 'document')} failed. Try them now: ${nextCommand('sync', cleanLine(source), '--only', ...ids)}`,
    ...alignColumns(shown, '    '),
    ...(rest > 0
      ? [`    and ${rest} more: ${nextCommand('status', cleanLine(source), '--json')}`]
      : []),
  ];
}
