import type { Invocation } from './invocation.ts';
import { countOf, formatCount } from './quantities.ts';
import type { Style } from './style.ts';
import { cleanLine } from './terminal-text.ts';

const MOST_LOCAL_EDITS = 20;

/** Tells on stderr, even with `--quiet`, which copies were made of files that somebody changed. */
export function tellLocalEdits(
  { host, errorStyle }: Invocation,
  root: string,
  paths: readonly string[],
): void {
  const text = localEditsText(paths, { root, style: errorStyle });
  if (text !== '') host.stderr.write(`${text}\n`);
}

/** Where the copies are of files that somebody changed or put in our way; empty when there is none. */
export function localEditsText(
  paths: readonly string[],
  { root, style }: { root: string; style: Style },
): string {
  if (paths.length === 0) return '';
  const shown = paths.slice(0, MOST_LOCAL_EDITS).map((path) => `  ${cleanLine(path)}`);
  const rest = paths.length - shown.length;
  return [
    `${style('yellow', 'warning[local_edit]:')} ${countOf(paths.length, 'file')} that somebody changed gave way to the mirror; kept in ${cleanLine(root)}:`,
    ...shown,
    ...(rest > 0 ? [`  and ${formatCount(rest)} more`] : []),
  ].join('\n');
}
