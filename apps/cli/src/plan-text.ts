import type { Change, SyncOptions } from '@context-sync/engine';
import { type RunView } from '@context-sync/engine/console';
import {
  type Style,
  alignColumns,
  cleanLine,
  countOf,
  formatCount,
} from '@context-sync/engine/text';

const MARKS = {
  create: ['green', '+'],
  update: ['yellow', '~'],
  move: ['cyan', '>'],
  delete: ['red', '-'],
} as const;

/** What a dry run found: the changes by scope, and the command that applies them. */
export function planText(
  changes: readonly Change[],
  { summary, invocation, request }: RunView,
): string {
  const { style, args, nextCommand } = invocation;
  const asked = `${countOf(summary.requests, 'request')} made, nothing written`;
  if (changes.length === 0)
    return `Nothing to change (${asked}; ${formatCount(summary.unchanged)} unchanged).`;
  return [
    ...[...groupByScope(changes)].flatMap(([scope, group]) => [
      style('bold', `Plan for ${cleanLine(scope)}`),
      ...changeLines(group, style),
    ]),
    `${countOf(changes.length, 'change')} (${asked}). Apply: ${nextCommand('sync', ...args, ...flagsOf(request))}`,
  ].join('\n');
}

/** What makes the real run do the same as this one. */
function flagsOf(request: SyncOptions): string[] {
  const { full, reconcile, allowDeletes, only = [], withDescendants } = request;
  return [
    ...(full === true ? ['--full'] : []),
    ...(reconcile === true ? ['--reconcile'] : []),
    ...(allowDeletes === undefined ? [] : ['--allow-deletes', String(allowDeletes)]),
    ...(withDescendants === true ? ['--with-descendants'] : []),
    ...(only.length === 0 ? [] : ['--only', ...only]),
  ];
}

function groupByScope(changes: readonly Change[]): Map<string, Change[]> {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const key = `${change.source}:${change.scope}`;
    const group = groups.get(key) ?? [];
    group.push(change);
    groups.set(key, group);
  }
  return groups;
}

function changeLines(changes: readonly Change[], style: Style): string[] {
  const rows = changes.map(({ action, path, from, title }) => [
    action,
    from === undefined ? cleanLine(path) : `${cleanLine(from)} → ${cleanLine(path)}`,
    from === undefined ? `"${cleanLine(title)}"` : '',
  ]);
  return alignColumns(rows).map((line, index) => {
    const [color, mark] = MARKS[changes[index]?.action ?? 'update'];
    return `  ${style(color, mark)} ${line}`;
  });
}
