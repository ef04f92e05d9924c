import type { CallContext } from '@context-sync/core';

import type { ConfluenceClient } from './client.ts';
import { quote } from './cql.ts';
import type { PartKind } from './parts.ts';
import type { SpaceGroups } from './space-groups.ts';
import type { Space } from './spaces.ts';

/**
 * Subtracted from the time of the last run, in minutes: the search index lags about a minute behind,
 * and nobody says how long at most.
 */
const overlapMinutes = 30;

/** Longer ago than this, listing all is as cheap as paging through the changes. */
const longestWindowMinutes = 60 * 24 * 30;

/** Everything of one kind that a space holds, in the order in which it was made. */
export function searchSpace(
  client: ConfluenceClient,
  { type, expand, limit }: PartKind,
  { key }: Space,
  call: CallContext,
): AsyncGenerator<readonly unknown[]> {
  const cql = `type=${type} and space=${quote(key)} order by created`;
  return client.search({ cql, expand, limit }, call);
}

/**
 * How many minutes a search for changes has to go back, by the service's clock; `undefined` when that
 * is not known, or too long ago.
 */
export function windowSince(
  { startedAt }: ConfluenceClient,
  since: string | undefined,
): number | undefined {
  const minutes = Math.ceil((Date.parse(startedAt ?? '') - Date.parse(since ?? '')) / 60_000);
  if (Number.isNaN(minutes) || minutes > longestWindowMinutes) return undefined;
  return Math.max(0, minutes) + overlapMinutes;
}

/** What changed in the last minutes in all the spaces of a group. */
export function searchChanges(
  groups: SpaceGroups,
  kinds: readonly PartKind[],
  { space, minutes }: { space: Space; minutes: number },
  call: CallContext,
): Promise<readonly unknown[]> {
  const types = kinds.map(({ type }) => type).join(', ');
  // Relative, because a date would be read in the time zone of the account.
  const cql = `type in (${types}) and lastmodified >= now("-${minutes}m")`;
  const expand = [...new Set(kinds.flatMap((kind) => kind.expand))];
  const limit = Math.min(...kinds.map((kind) => kind.limit));
  return groups.search(space, { cql, expand, limit }, call);
}
