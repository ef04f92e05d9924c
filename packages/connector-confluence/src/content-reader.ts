import { type CallContext, ConnectorError } from '@context-sync/core';

import type { ConfluenceClient } from './client.ts';
import { isTimeout, isTooHeavy, makeShrinkingReader } from './heavy-answers.ts';
import { type ListPage, walkList } from './paging.ts';
import { type ContentKind, type ContentRequest, maxRows } from './requests.ts';
import { ContentRow } from './schema.ts';

/** Contents by their ids, at most 250. */
export interface IdsRequest {
  readonly kind: ContentKind;
  readonly ids: readonly string[];
  readonly statuses: readonly string[];
  readonly withBodies: boolean;
}

/**
 * Reads the contents with these ids, those that the service knows, in any order. A row without a body
 * where one was asked for has one that the service cannot send. A number that is no id is left out.
 */
export async function readByIds(
  client: ConfluenceClient,
  request: IdsRequest,
  call: CallContext,
): Promise<ContentRow[]> {
  try {
    return await readAll(client, request, call);
  } catch (error) {
    if (!isTooHeavy(error) && !isRefused(error)) throw error;
    const { ids } = request;
    if (ids.length > 1) {
      if (isTimeout(error)) {
        await readAll(client, { ...request, ids: ids.slice(0, 1), withBodies: false }, call);
      }
      const middle = Math.ceil(ids.length / 2);
      const head = await readByIds(client, { ...request, ids: ids.slice(0, middle) }, call);
      const tail = await readByIds(client, { ...request, ids: ids.slice(middle) }, call);
      return [...head, ...tail];
    }
    if (isRefused(error)) return [];
    // Without its body the row tells a body that is too heavy from a service that is down.
    if (request.withBodies) return readAll(client, { ...request, withBodies: false }, call);
    throw error;
  }
}

async function readAll(
  client: ConfluenceClient,
  request: IdsRequest,
  call: CallContext,
): Promise<ContentRow[]> {
  const asked = new Set(request.ids);
  const found = new Map<string, ContentRow>();
  const pages = walkList('contents by id', (cursor) =>
    client.listContents({ ...request, limit: maxRows, cursor }, call),
  );
  for await (const rows of pages) {
    for (const row of rows) {
      const content = ContentRow.safeParse(row);
      if (!content.success) continue;
      if (!asked.has(content.data.id)) throw filterIgnored();
      found.set(content.data.id, content.data);
    }
  }
  return [...found.values()];
}

/** A parameter that a service does not know it ignores without a word. */
function filterIgnored(): ConnectorError {
  return new ConnectorError(
    'transient',
    'Confluence answered with other contents than those asked for by id.',
    { hint: 'Run the same command again.' },
  );
}

/** Reads the pages of one listing; a text that is too heavy at last stays away. */
export function makePageReader(
  client: ConfluenceClient,
  request: Omit<ContentRequest, 'cursor' | 'limit'>,
  call: CallContext,
): (cursor: string | undefined, atMost: number) => Promise<ListPage> {
  const read = (limit: number, cursor: string | undefined): Promise<ListPage> =>
    client.listContents({ ...request, limit, cursor }, call);
  if (!request.withBodies) return (cursor, atMost) => read(Math.min(maxRows, atMost), cursor);
  const readLight = (cursor: string | undefined): Promise<ListPage> =>
    client.listContents({ ...request, withBodies: false, limit: 1, cursor }, call);
  return makeShrinkingReader({ most: maxRows, read, readLight });
}

function isRefused(error: unknown): boolean {
  return ConnectorError.is(error) && error.status === 400;
}
