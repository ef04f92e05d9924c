import {
  type CallContext,
  ConnectorError,
  type DocumentHeader,
  type PatchEvent,
  type Permissions,
} from '@context-sync/core';

import type { ConfluenceClient } from './client.ts';
import { isOneOf, quote } from './cql.ts';
import type { ConfluenceCursor, SpaceEvent } from './cursor.ts';
import { toBatches } from './map-ahead.ts';
import { isClosedWay } from './other-way.ts';
import { type ListPage, walkList } from './paging.ts';
import { type ContentReference, maxHits } from './requests.ts';
import { LabelHit, LabelRow } from './schema.ts';
import type { SpaceGroups } from './space-groups.ts';
import type { Space } from './spaces.ts';

const expand = [
  'space',
  'metadata.labels',
  'restrictions.read.restrictions.user',
  'restrictions.read.restrictions.group',
];

const types = 'type in (page, blogpost)';

/** Which labels and view restrictions to read. */
export interface LabelListing {
  readonly client: ConfluenceClient;
  readonly groups: SpaceGroups;
  readonly space: Space;
  /** Of what changed in the last minutes; `undefined`: of the whole space. */
  readonly minutes: number | undefined;
  /** The pages and posts that this run listed. */
  readonly listed: ReadonlySet<string>;
  /** Those to read one by one, because the search does not know them. */
  readonly archived: Iterable<ContentReference>;
  readonly cursor: ConfluenceCursor;
}

/**
 * Reads the labels and view restrictions of pages and posts. No list of v2 has them and changing
 * them makes no new version, so they come from a search: for what is new or edited in each run, for
 * the whole space when everything is asked for again.
 */
export async function* readLabels(
  { space, listed, archived, cursor, ...search }: LabelListing,
  call: CallContext,
): AsyncGenerator<SpaceEvent> {
  for (const content of archived) yield* readLabelList(search.client, content, unsearched, call);
  try {
    for await (const rows of searchLabels({ space, ...search }, call)) {
      for (const row of rows) yield* toPatch(row, space, listed);
      yield { type: 'checkpoint', cursor };
    }
  } catch (error) {
    if (!(await isClosedWay(search.client, error, call))) throw error;
    const message = `The search for labels in ${space.key} was refused; those that are mirrored stay as they are.`;
    yield { type: 'warning', code: 'labels-refused', message };
  }
}

/**
 * Reads the labels and view restrictions of these pages and posts; of those that the search does not
 * know (yet) the labels alone.
 */
export async function* readLabelsOf(
  client: ConfluenceClient,
  { space, contents }: { space: Space; contents: readonly ContentReference[] },
  call: CallContext,
): AsyncGenerator<PatchEvent> {
  for (const batch of toBatches(contents, maxHits)) {
    const listed = new Set(batch.map(({ id }) => id));
    const found = new Set<string>();
    const search = { cql: `${types} and ${isOneOf('id', [...listed])}`, expand, limit: maxHits };
    try {
      for await (const rows of client.search(search, call)) {
        for (const patch of rows.flatMap((row) => toPatch(row, space, listed))) {
          found.add(patch.id);
          yield patch;
        }
      }
    } catch (error) {
      if (!(await isClosedWay(client, error, call))) throw error;
    }
    for (const content of batch) {
      // Who may read it stays as it was told: no list tells it.
      if (!found.has(content.id)) yield* readLabelList(client, content, {}, call);
    }
  }
}

/** What changed is asked for once for all spaces of a group, and again while the index may lag. */
async function* searchLabels(
  { client, groups, space, minutes }: Pick<LabelListing, 'client' | 'groups' | 'space' | 'minutes'>,
  call: CallContext,
): AsyncGenerator<readonly unknown[]> {
  if (minutes === undefined) {
    const cql = `${types} and space=${quote(space.key)} order by created`;
    yield* client.search({ cql, expand, limit: maxHits }, call);
  } else {
    const cql = `${types} and lastmodified >= now("-${minutes}m")`;
    yield await groups.search(space, { cql, expand, limit: maxHits }, call);
  }
}

/** Who may read it only the search tells: what it told before the page was archived may be wrong now. */
const unsearched: DocumentHeader = { permissions: { visibility: 'unknown' } };

/** The labels of one page from its own list, and what else is to be noted of it. */
async function* readLabelList(
  client: ConfluenceClient,
  content: ContentReference,
  header: DocumentHeader,
  call: CallContext,
): AsyncGenerator<PatchEvent> {
  const { id } = content;
  const found: LabelRow[] = [];
  const read = (cursor: string | undefined): Promise<ListPage> =>
    client.listLabels(content, cursor, call);
  try {
    for await (const rows of walkList(`the labels of ${id}`, read)) {
      found.push(...rows.flatMap((row) => LabelRow.safeParse(row).data ?? []));
    }
  } catch (error) {
    // It went meanwhile, or is hidden; the next run tells.
    if (ConnectorError.is(error) && error.code === 'not_found') return;
    throw error;
  }
  yield { type: 'patch', id, header: { ...header, labels: sharedNames(found) } };
}

/** Without those that only this account sees. */
function sharedNames(rows: readonly LabelRow[]): string[] {
  return rows.filter(({ prefix }) => prefix !== 'my').map(({ name }) => name);
}

/** None for what this run did not list, or lies elsewhere. */
function toPatch(row: unknown, space: Space, listed: ReadonlySet<string>): PatchEvent[] {
  const { data: hit } = LabelHit.safeParse(row);
  if (hit === undefined || !listed.has(hit.id)) return [];
  if (hit.space && hit.space.id !== space.id) return [];
  const rows = hit.metadata?.labels?.results;
  const labels = rows && sharedNames(rows);
  const permissions = permissionsOf(hit);
  const header = {
    ...(labels === undefined ? {} : { labels }),
    ...(permissions === undefined ? {} : { permissions }),
  };
  return [{ type: 'patch', id: hit.id, header }];
}

/** `undefined` when the answer does not tell, `null` when everybody who sees the space may read it. */
function permissionsOf({ restrictions }: LabelHit): Permissions | null | undefined {
  if (!restrictions) return undefined;
  const { user, group } = restrictions.read.restrictions;
  const people = user.results.flatMap(
    ({ displayName, accountId }) => displayName ?? accountId ?? [],
  );
  const groups = group.results.map(({ name }) => `group:${name}`);
  const readers = [...people, ...groups];
  return readers.length === 0 ? null : { visibility: 'restricted', readers };
}
