import {
  type CallContext,
  ConnectorError,
  type ErrorShape,
  type Known,
  type SourceDocument,
} from '@context-sync/core';

import type { ConfluenceClient } from './client.ts';
import type { IsWanted } from './content-filter.ts';
import { makePageReader, readByIds } from './content-reader.ts';
import type { ConfluenceCursor, SpaceEvent } from './cursor.ts';
import { mapAhead, toBatches } from './map-ahead.ts';
import { walkList } from './paging.ts';
import type { ContentKind } from './requests.ts';
import { ContentRow, RowId } from './schema.ts';
import type { SpaceInventory } from './space-inventory.ts';
import { type Place, revisionOf, toContent, toDocument } from './to-document.ts';

/** One listing of a space: its pages or its blog posts. */
export interface ContentListing {
  readonly kind: ContentKind;
  readonly statuses: readonly string[];
  readonly place: Place;
  readonly known: Known;
  readonly isWanted: IsWanted;
  /** Where a run goes on that is cut off in this listing: its pages are listed again. */
  readonly cursor: ConfluenceCursor;
  /** Read all texts with the list itself; otherwise only those that changed, by their ids. */
  readonly withBodies: boolean;
  /** 0: no limit. */
  readonly maxPages: number;
  /** Told of each content as it is listed, and of what may be missing. */
  readonly inventory: SpaceInventory;
}

/** A few batches under way keep the line busy and stay far below every limit. */
const parallelBatches = 3;
const batchSize = 200;

/**
 * Reads everything of one kind that a space holds, between `begin` and `complete`. It throws before
 * `complete` whenever the list is not whole.
 */
export async function* listContents(
  client: ConfluenceClient,
  listing: ContentListing,
  call: CallContext,
): AsyncGenerator<SpaceEvent> {
  const { kind, known, place, inventory } = listing;
  yield { type: 'listing', state: 'begin', kinds: [kind] };
  const changed: string[] = [];
  const walk = new ContentWalk(client, listing);
  for await (const rows of walk.pages(call)) {
    for (const row of rows) {
      if (!('version' in row)) {
        // It has a place in the mirror, and so has what lies under it.
        inventory.isWhole = false;
        yield row;
        continue;
      }
      const before = listing.withBodies ? undefined : known.revision(row.id);
      inventory.note(kind, row, before);
      if (listing.withBodies) {
        yield toEvent(listing, row);
      } else if (before === revisionOf(row, place.space)) {
        yield { type: 'upsert', document: toUnchanged(client, listing, row) };
      } else {
        changed.push(row.id);
      }
    }
    yield* progress(listing, walk.count - changed.length);
  }
  if (!walk.isWhole) inventory.isWhole = false;
  if (walk.isCut) yield cutShort(listing);
  if (walk.hasRepeats) yield listedTwice(listing);
  yield* readChanged(client, { listing, ids: changed, done: walk.count - changed.length }, call);
  yield { type: 'listing', state: 'complete', kinds: [kind], authoritative: walk.isWhole };
}

function* progress({ cursor }: ContentListing, done: number): Generator<SpaceEvent> {
  yield { type: 'progress', done };
  yield { type: 'checkpoint', cursor };
}

/** Reads the rows of a listing, each once, and sees whether it is whole. */
class ContentWalk {
  readonly #client: ConfluenceClient;
  readonly #listing: ContentListing;
  readonly #seen = new Set<string>();
  /** The user's limit cut the list. */
  isCut = false;
  /** A row came twice: then one may be missing too. */
  hasRepeats = false;

  constructor(client: ConfluenceClient, listing: ContentListing) {
    this.#client = client;
    this.#listing = listing;
  }

  get count(): number {
    return this.#seen.size;
  }

  get isWhole(): boolean {
    return !this.isCut && !this.hasRepeats;
  }

  async *pages(call: CallContext): AsyncGenerator<(ContentRow | SpaceEvent)[]> {
    const { kind, statuses, withBodies, place, maxPages } = this.#listing;
    const { id: spaceId, key } = place.space;
    const request = { kind, spaceId, statuses, withBodies };
    const read = makePageReader(this.#client, request, call);
    const limit = maxPages === 0 ? Infinity : maxPages;
    // One row more than the user's limit tells whether it cut anything.
    const pages = walkList(`the ${kind}s of ${key}`, (cursor) =>
      read(cursor, limit + 1 - this.count),
    );
    for await (const rows of pages) {
      const wanted = rows.flatMap((row) => this.#read(row));
      const excess = Math.max(0, this.count - limit);
      if (excess > 0) this.isCut = true;
      yield wanted.slice(0, wanted.length - excess);
      if (this.isCut) return;
    }
  }

  #read(row: unknown): (ContentRow | SpaceEvent)[] {
    const { place, statuses, isWanted } = this.#listing;
    const content = ContentRow.safeParse(row);
    if (!content.success) return [unreadable(row)];
    const { id, spaceId, status } = content.data;
    if (spaceId !== place.space.id) throw outsideSpace(place.space.key);
    const isRepeated = this.#seen.has(id);
    if (isRepeated) this.hasRepeats = true;
    if (isRepeated || !statuses.includes(status) || !isWanted(content.data)) return [];
    this.#seen.add(id);
    return [content.data];
  }
}

/** Texts by id, in the order of the list. */
async function* readChanged(
  client: ConfluenceClient,
  { listing, ids, done }: { listing: ContentListing; ids: readonly string[]; done: number },
  call: CallContext,
): AsyncGenerator<SpaceEvent> {
  const { kind, statuses } = listing;
  const batches = mapAhead(toBatches(ids, batchSize), parallelBatches, async (batch) => {
    const rows = await readByIds(client, { kind, ids: batch, statuses, withBodies: true }, call);
    const found = new Map(rows.map((row) => [row.id, row]));
    return batch.map((id) => toEvent(listing, found.get(id) ?? { id }));
  });
  let count = done;
  for await (const events of batches) {
    yield* events;
    count += events.length;
    yield* progress(listing, count);
  }
}

/** A content that was listed; it is never taken for gone in the same breath. */
function toEvent(listing: ContentListing, row: ContentRow | { readonly id: string }): SpaceEvent {
  const { kind, place } = listing;
  if (!('version' in row)) return { type: 'failure', id: row.id, error: noText(row.id) };
  // Moved between the two requests: the next run finds it where it is then.
  if (row.spaceId !== place.space.id) return { type: 'seen', ids: [row.id] };
  const document = withText(kind, row, place);
  if (document === undefined) return { type: 'failure', id: row.id, error: noText(row.id) };
  return { type: 'upsert', document };
}

/** The document of a row that carries its text; `undefined` when the text is missing. */
export function withText(
  kind: ContentKind,
  row: ContentRow,
  place: Place,
): SourceDocument | undefined {
  const { body } = row;
  if (body === undefined) return undefined;
  return toDocument(kind, row, place, async () => toContent(row.id, body, place));
}

export function noText(id: string): ErrorShape {
  return {
    code: 'transient',
    message: `Confluence listed ${id} but did not give its text: it changed meanwhile, or is too large to be sent.`,
    hint: 'It keeps its old file and is read again in the next run.',
  };
}

function toUnchanged(
  client: ConfluenceClient,
  { kind, statuses, place }: ContentListing,
  row: ContentRow,
): SourceDocument {
  return toDocument(kind, row, place, async (call) => {
    const request = { kind, ids: [row.id], statuses, withBodies: true };
    const [fresh] = await readByIds(client, request, call);
    if (fresh?.body === undefined) throw toError(noText(row.id));
    return toContent(row.id, fresh.body, place);
  });
}

function toError({ code, message, hint }: ErrorShape): ConnectorError {
  return new ConnectorError(code, message, hint === undefined ? {} : { hint });
}

function unreadable(row: unknown): SpaceEvent {
  const known = RowId.safeParse(row);
  const error: ErrorShape = {
    code: 'permanent',
    message: 'Confluence listed a content whose title, space or version cannot be read.',
  };
  return { type: 'failure', error, ...(known.success ? { id: known.data.id } : {}) };
}

function cutShort({ kind, place, maxPages }: ContentListing): SpaceEvent {
  const message = `Of the ${kind}s of ${place.space.key} no more than ${maxPages} were read, as "maxPages" says; there are others.`;
  return { type: 'warning', code: 'list-cut', message };
}

function listedTwice({ kind, place }: ContentListing): SpaceEvent {
  const message = `The list of the ${kind}s of ${place.space.key} held one of them twice, as happens when it changes while it is read. Nothing that it does not hold was removed; the next run reads it again.`;
  return { type: 'warning', code: 'listing-doubtful', message };
}

function outsideSpace(key: string): ConnectorError {
  return new ConnectorError(
    'transient',
    `The list of space ${key} held a content of another space.`,
    { hint: 'Run the same command again. Nothing was removed.' },
  );
}
