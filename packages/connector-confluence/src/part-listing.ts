import type { CallContext, DocumentId, Known } from '@context-sync/core';

import type { ConfluenceClient } from './client.ts';
import type { ConfluenceCursor, SpaceEvent } from './cursor.ts';
import { isClosedWay } from './other-way.ts';
import { readPartsOfPage } from './page-parts.ts';
import { searchChanges, searchSpace } from './part-search.ts';
import type { Part, PartKind } from './parts.ts';
import type { ContentReference } from './requests.ts';
import { RowId } from './schema.ts';
import type { SiteLists, Unread } from './site-lists.ts';
import type { SpaceGroups } from './space-groups.ts';
import type { Place } from './to-document.ts';

/** What the parts of a space are read with. */
export interface PartListing {
  readonly client: ConfluenceClient;
  readonly groups: SpaceGroups;
  readonly siteLists: SiteLists;
  /** The kinds that are wanted. */
  readonly kinds: readonly PartKind[];
  readonly place: Place;
  readonly known: Known;
  /** The pages and posts that this run listed: what lies under others is not mirrored. */
  readonly listed: ReadonlySet<DocumentId>;
  /** Those of them that the search does not know. */
  readonly archived: readonly ContentReference[];
  /** False when there are pages that this run did not list: what lies under them is there too. */
  readonly isWhole: boolean;
  readonly cursor: ConfluenceCursor;
}

/** Reads all parts of one kind that a space holds, in a listing of its own; gives whether it could. */
export async function* listParts(
  listing: PartListing,
  kind: PartKind,
  call: CallContext,
): AsyncGenerator<SpaceEvent, boolean> {
  const { client, siteLists, place, archived, cursor, isWhole } = listing;
  const search = { ...listing, space: place.space };
  const reader = new PartReader(listing);
  yield { type: 'listing', state: 'begin', kinds: kind.kinds };
  try {
    for await (const rows of searchSpace(search, kind, call)) {
      for (const row of rows) yield* reader.read(kind.fromHit(row, client), row);
      yield { type: 'checkpoint', cursor };
    }
    for (const content of archived) {
      const parts = readPartsOfPage(client, { kind, content }, call);
      for await (const part of parts) yield* reader.read(part);
    }
  } catch (error) {
    if (!(await isClosedWay(client, error, call))) throw error;
    yield searchRefused(kind.name, place);
    const parts = await siteLists.read(kind, undefined, call);
    if (typeof parts === 'string') {
      // Without `complete` everything that is mirrored of this kind stays.
      yield listsUnread(kind.name, place, parts);
      return false;
    }
    for (const { part, row } of parts) yield* reader.read(part, row);
  }
  const authoritative = reader.isWhole && isWhole;
  yield { type: 'listing', state: 'complete', kinds: kind.kinds, authoritative };
  return true;
}

/** Reads the parts of a space that changed in the last minutes; gives whether it could. */
export async function* readRecentParts(
  listing: PartListing,
  { minutes, since }: { minutes: number; since: string },
  call: CallContext,
): AsyncGenerator<SpaceEvent, boolean> {
  const { client, groups, siteLists, kinds, place } = listing;
  const reader = new PartReader(listing);
  let isRead = true;
  try {
    const rows = await searchChanges(groups, kinds, { space: place.space, minutes }, call);
    for (const row of rows) {
      const part = kinds
        .map((kind) => kind.fromHit(row, client))
        .find((each) => each !== undefined);
      yield* reader.read(part, row);
    }
  } catch (error) {
    if (!(await isClosedWay(client, error, call))) throw error;
    for (const kind of kinds) {
      yield searchRefused(kind.name, place);
      const parts = await siteLists.read(kind, since, call);
      if (typeof parts === 'string') {
        yield listsUnread(kind.name, place, parts);
        isRead = false;
        continue;
      }
      for (const { part, row } of parts) yield* reader.read(part, row);
    }
  }
  return isRead;
}

/** Nothing of a kind is wanted any more, so nothing is listed. */
export function* listNothing(kinds: readonly string[]): Generator<SpaceEvent> {
  yield { type: 'listing', state: 'begin', kinds };
  yield { type: 'listing', state: 'complete', kinds };
}

/** Makes events of parts, of those that lie under what is mirrored. */
class PartReader {
  readonly #listing: PartListing;
  /** Parts that were accepted: others may lie under them. */
  readonly #accepted = new Set<DocumentId>();
  /** False when a row could not be read: it may be any part of the space. */
  isWhole = true;

  constructor(listing: PartListing) {
    this.#listing = listing;
  }

  *read(part: Part | undefined, row?: unknown): Generator<SpaceEvent> {
    if (part === undefined) {
      this.isWhole = false;
      yield unreadable(row);
      return;
    }
    const { listed, known, place } = this.#listing;
    if (part.spaceId !== undefined && part.spaceId !== place.space.id) return;
    const { holder } = part;
    const isMirrored =
      listed.has(holder) || this.#accepted.has(holder) || known.revision(holder) !== undefined;
    if (!isMirrored || (isContentId(holder) && !listed.has(holder))) return;
    this.#accepted.add(part.id);
    yield { type: 'upsert', document: part.toDocument(place) };
  }
}

/** Pages and posts have bare numbers as ids. */
function isContentId(id: DocumentId): boolean {
  return /^\d+$/.test(id);
}

function unreadable(row: unknown): SpaceEvent {
  const { data } = RowId.safeParse(row);
  const name = data === undefined ? 'Something' : `Content ${data.id}`;
  const message = `${name} that the search found cannot be read: its container or version is missing.`;
  return { type: 'warning', code: 'row-unreadable', message };
}

function searchRefused(name: string, { space }: Place): SpaceEvent {
  const message = `The search for ${name} in ${space.key} was refused; they are read from the list of the whole site, which takes longer.`;
  return { type: 'warning', code: 'search-refused', message };
}

const whyUnread: Readonly<Record<Unread, string>> = {
  refused: 'the token may neither search nor list them',
  'too-long':
    'the token may not search, and the list of all that the site has is too long to be read',
};

function listsUnread(name: string, { space }: Place, why: Unread): SpaceEvent {
  const message = `The ${name} of ${space.key} could not be read: ${whyUnread[why]}. What is mirrored of them stays.`;
  return { type: 'warning', code: `${name}-refused`, message };
}
