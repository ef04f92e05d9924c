import type { CallContext, HttpClient, HttpClientOptions, HttpRequest } from '@context-sync/core';
import type { z } from 'zod';

import { type ListPage, readListPage, toUnreadable, walkList } from './paging.ts';
import { CurrentUser, NodeRow } from './schema.ts';

/** The kinds whose text can be read, as the paths of v2 write them. */
export type ContentKind = 'page' | 'blogpost';

/** The kinds that only have a name and a place. */
export type NodeKind = 'folder' | 'whiteboard' | 'database' | 'embed';

/** Largest page of a list, and most ids in one request, in v2. */
export const maxRows = 250;

/** With `expand` a search gives at most 200 rows: https://confluence.atlassian.com/confkb/1032258424.html */
const maxHits = 200;

const contentPath: Readonly<Record<ContentKind, string>> = {
  page: 'pages',
  blogpost: 'blogposts',
};

const nodePath: Readonly<Record<NodeKind, string>> = {
  folder: 'folders',
  whiteboard: 'whiteboards',
  database: 'databases',
  embed: 'embeds',
};

/** One page of the contents of a space, or the contents with given ids. */
export interface ContentRequest {
  readonly kind: ContentKind;
  readonly spaceId?: string;
  readonly ids?: readonly string[];
  readonly statuses: readonly string[];
  readonly withBodies: boolean;
  readonly limit: number;
  readonly cursor: string | undefined;
}

/**
 * How fast is polite. A token may start 100 GET requests a second on each endpoint of a site
 * (https://developer.atlassian.com/cloud/confluence/rate-limiting/); a fifth leaves room for others.
 */
export const limits: NonNullable<HttpClientOptions['limits']> = {
  requestsPerSecond: 20,
  concurrency: 4,
};

/** The endpoints in use. */
export class ConfluenceClient {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  currentUser(call: CallContext): Promise<CurrentUser> {
    return this.#read('the account', CurrentUser, { path: '/rest/api/user/current' }, call);
  }

  /** All spaces that the account sees, or those with the keys. */
  readSpaces(
    query: { keys?: readonly string[]; status?: string },
    call: CallContext,
  ): AsyncGenerator<readonly unknown[]> {
    const request = { path: '/api/v2/spaces', query: { ...query, limit: maxRows } };
    return walkList('the spaces', (cursor) => this.#list('the spaces', request, cursor, call));
  }

  /** Sorted by id, which no edit or move changes, so that nothing changes its place in between. */
  listContents(request: ContentRequest, call: CallContext): Promise<ListPage> {
    const { kind, spaceId, ids, statuses, withBodies, limit, cursor } = request;
    const name = contentPath[kind];
    const path = spaceId === undefined ? `/api/v2/${name}` : `/api/v2/spaces/${spaceId}/${name}`;
    const query = {
      id: ids,
      status: statuses,
      sort: 'id',
      limit,
      'body-format': withBodies ? 'storage' : undefined,
    };
    return this.#list(`the ${name}`, { path, query }, cursor, call);
  }

  /** @throws ConnectorError `not_found` when it is gone or hidden */
  getNode(kind: NodeKind, id: string, call: CallContext): Promise<NodeRow> {
    const path = `/api/v2/${nodePath[kind]}/${encodeURIComponent(id)}`;
    return this.#read(`the ${kind} ${id}`, NodeRow, { path }, call);
  }

  /** Asks the search index, which lags about a minute behind and knows nothing archived. */
  search(
    cql: string,
    expand: readonly string[],
    call: CallContext,
  ): AsyncGenerator<readonly unknown[]> {
    const query = { cql, expand: expand.join(','), limit: maxHits };
    const request = { path: '/rest/api/content/search', query };
    return walkList('a search', (cursor) => this.#list('a search', request, cursor, call));
  }

  async #list(
    name: string,
    request: HttpRequest,
    cursor: string | undefined,
    call: CallContext,
  ): Promise<ListPage> {
    const query = { ...request.query, cursor };
    return readListPage(await this.#http.json({ ...request, query }, call), name);
  }

  async #read<Schema extends z.ZodType>(
    name: string,
    schema: Schema,
    request: HttpRequest,
    call: CallContext,
  ): Promise<z.output<Schema>> {
    const { body } = await this.#http.json(request, call);
    const read = schema.safeParse(body);
    if (!read.success) throw toUnreadable(name);
    return read.data;
  }
}
