import type { ItemRow } from '../state/items.ts';
import type { DeleteLimit } from './runnable-source.ts';
import type { SourceSession } from './source-session.ts';

type Counted = Pick<ItemRow, 'kind' | 'placement'>;

/**
 * What is counted together when deletions look like too many to believe: all documents with files of
 * their own, and each kind of section or attachment apart.
 */
export function guardGroup({ kind, placement }: Counted): string {
  return placement === 'file' ? '' : kind;
}

/** Whether so many of all at once are more likely a mistake. */
export function isTooMany(limit: DeleteLimit, count: number, all: number): boolean {
  return count > limit.count && count > limit.share * all;
}

/** The groups of which more would go than is believed, and how much of each. */
export function groupsOfTooMany(
  { session, maxDelete }: SourceSession,
  scope: number,
  going: readonly Counted[],
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of going) counts.set(guardGroup(row), (counts.get(guardGroup(row)) ?? 0) + 1);
  if ([...counts.values()].every((count) => count <= maxDelete.count)) return new Map();
  const members = session.database.all<Counted & { count: number }>(
    `SELECT i.kind, i.placement, count(*) AS count FROM members m JOIN items i ON i.id = m.item
     WHERE m.scope = ? GROUP BY i.kind, i.placement`,
    scope,
  );
  const all = new Map<string, number>();
  for (const row of members) all.set(guardGroup(row), (all.get(guardGroup(row)) ?? 0) + row.count);
  return new Map(
    [...counts].filter(([group, count]) => isTooMany(maxDelete, count, all.get(group) ?? 0)),
  );
}
