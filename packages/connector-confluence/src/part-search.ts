import type { CallContext } from '@context-sync/core';

import type { ConfluenceClient } from './client.ts';
import { quote } from './cql.ts';
import type { PartKind } from './parts.ts';
import type { SearchRequest } from './requests.ts';
import { TypedRow } from './schema.ts';
import type { SpaceGroups } from './space-groups.ts';
import type { Space } from './spaces.ts';

/**
 * Subtracted from the time of the last run, in minutes: the search index lags about a minute behind,
 * and nobody says how long at most.
 */
const overlapMinutes = 30;

/** Longer ago than this, listing all is as cheap as paging through the changes. */
const longestWindowMinutes = 60 * 24 * 30;

/** What a search for parts needs. */
export interface PartSearch {
  readonly client: ConfluenceClient;
  readonly groups: SpaceGroups;
  /** All that are wanted, which quiet spaces are searched for at once. */
  readonly kinds: readonly PartKind[];
  readonly space: Space;
}

/** Everything of one kind that a space holds, in the order in which it was made. */
export async function* searchSpace(
  { client, groups, kinds, space }: PartSearch,
  { type, expand, limit }: PartKind,
  call: CallContext,
): AsyncGenerator<readonly unknown[]> {
  const few = await groups.searchFew(space, requestFor(kinds), call);
  if (few === undefined) {
    const cql = `type=${type} and space=${quote(space.key)} order by created`;
    yield* client.search({ cql, expand, limit }, call);
  } else {
    yield few.filter((row) => TypedRow.safeParse(row).data?.type === type);
  }
}

function requestFor(kinds: readonly PartKind[]): SearchRequest {
  return {
    cql: `type in (${kinds.map(({ type }) => type).join(', ')})`,
    expand: [...new Set(kinds.flatMap((kind) => kind.expand))],
    limit: Math.min(...kinds.map(({ limit }) => limit)),
  };
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
  const { cql, ...request } = requestFor(kinds);
  // Relative, because a date would be read in the time zone of the account.
  const recent = `${cql} and lastmodified >= now("-${minutes}m")`;
  return groups.search(space, { ...request, cql: recent }, call);
}
