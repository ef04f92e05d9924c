import {
  type CallContext,
  ConnectorError,
  type DocumentId,
  type FetchEvent,
} from '@context-sync/core';

import type { ConfluenceClient } from './client.ts';
import { toBatches } from './map-ahead.ts';
import { isClosedWay } from './other-way.ts';
import type { PartKind } from './parts.ts';
import { maxTypes } from './requests.ts';
import type { Place } from './to-document.ts';

/** Ids of comments and attachments, and what reads them. */
export interface PartIds {
  readonly ids: readonly DocumentId[];
  readonly kinds: readonly PartKind[];
  /** Their own place the service does not tell. */
  readonly place: Place;
}

/**
 * Reads single comments and attachments. No word on an id means that it is gone or hidden; one
 * request tells that of many.
 */
export async function* fetchParts(
  client: ConfluenceClient,
  { ids, kinds, place }: PartIds,
  call: CallContext,
): AsyncGenerator<FetchEvent> {
  const wanted = ids.flatMap((id) => {
    const kind = kinds.find((each) => each.contentId(id) !== undefined);
    const contentId = kind?.contentId(id);
    return kind === undefined || contentId === undefined ? [] : [{ id, kind, contentId }];
  });
  for (const batch of toBatches(wanted, maxTypes)) {
    const gone = await findGone(
      client,
      batch.map(({ contentId }) => contentId),
      call,
    );
    for (const { id, kind, contentId } of batch) {
      if (!gone.has(contentId)) yield* fetchPart(client, { id, kind, place }, call);
    }
  }
}

/** Those of the contents that are certainly not there; none when the service does not say. */
async function findGone(
  client: ConfluenceClient,
  ids: readonly string[],
  call: CallContext,
): Promise<ReadonlySet<string>> {
  try {
    const types = await client.readTypes(ids, call);
    return new Set(ids.filter((id) => Object.hasOwn(types, id) && types[id] === null));
  } catch (error) {
    if (!(await isClosedWay(client, error, call))) throw error;
    return new Set();
  }
}

async function* fetchPart(
  client: ConfluenceClient,
  { id, kind, place }: { id: DocumentId; kind: PartKind; place: Place },
  call: CallContext,
): AsyncGenerator<FetchEvent> {
  try {
    const found = await kind.find(id, client, call);
    if (found?.status === 'trashed') yield { type: 'delete', id, reason: 'trashed' };
    else if (found !== undefined) yield { type: 'upsert', document: found.part.toDocument(place) };
  } catch (error) {
    if (!ConnectorError.is(error)) throw error;
    if (error.code === 'not_found') return;
    if (error.code !== 'permission') throw error;
    const { code, message, hint } = error;
    yield {
      type: 'failure',
      id,
      error: { code, message, ...(hint === undefined ? {} : { hint }) },
    };
  }
}
