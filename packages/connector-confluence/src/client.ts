import type {
  CallContext,
  HttpClient,
  HttpClientOptions,
  HttpRequest,
  HttpResponse,
} from '@context-sync/core';
import type { z } from 'zod';

import { makeShrinkingReader } from './heavy-answers.ts';
import { type ListPage, readListPage, toUnreadable, walkList } from './paging.ts';
import {
  AttachmentRow,
  CommentRow,
  ContentTypes,
  CurrentUser,
  List,
  NodeRow,
  UserRow,
} from './schema.ts';

/** The kinds whose text can be read, as the paths of v2 write them. */
export type ContentKind = 'page' | 'blogpost';

/** The kinds that only have a name and a place. */
export type NodeKind = 'folder' | 'whiteboard' | 'database' | 'embed';

/** The kinds of comments. A reply is of the kind of what it answers. */
export type CommentKind = 'footer-comment' | 'inline-comment';

/** Lists of v2 that hold what lies under pages and posts: of one of them, or of the whole site. */
export type PartList = 'footer-comments' | 'inline-comments' | 'attachments';

/** Largest page of a list, and most ids in one request, in v2. */
export const maxRows = 250;

/** With `expand` a search gives at most 200 rows: https://confluence.atlassian.com/confkb/1032258424.html */
export const maxHits = 200;

/** With texts fewer: a wish, which the service cuts further as it likes. */
export const maxHitsWithBodies = 100;

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

/** One page of what lies under a page or comment, or of the whole site, newest change first. */
export interface PartRequest {
  readonly list: PartList;
  readonly of?: { readonly kind: 'page' | CommentKind; readonly id: string };
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** A question to the search index. */
export interface SearchRequest {
  readonly cql: string;
  readonly expand: readonly string[];
  readonly limit: number;
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
  #startedAt: string | undefined;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /** The moment of the first answer by the service's clock, or `undefined` when it told none. */
  get startedAt(): string | undefined {
    return this.#startedAt;
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

  /** Comments come with their texts. */
  listParts({ list, of, limit, cursor }: PartRequest, call: CallContext): Promise<ListPage> {
    const query = {
      sort: '-modified-date',
      limit,
      'body-format': list === 'attachments' ? undefined : 'storage',
    };
    return this.#list(`the ${list}`, { path: partPath(list, of), query }, cursor, call);
  }

  /** @throws ConnectorError `not_found` when it is gone or hidden */
  getNode(kind: NodeKind, id: string, call: CallContext): Promise<NodeRow> {
    const path = `/api/v2/${nodePath[kind]}/${encodeURIComponent(id)}`;
    return this.#read(`the ${kind} ${id}`, NodeRow, { path }, call);
  }

  /** @throws ConnectorError `not_found` when it is gone or hidden */
  getComment(kind: CommentKind, id: string, call: CallContext): Promise<CommentRow> {
    const path = `/api/v2/${kind}s/${encodeURIComponent(id)}`;
    const query = { 'body-format': 'storage' };
    return this.#read(`the comment ${id}`, CommentRow, { path, query }, call);
  }

  /** @throws ConnectorError `not_found` when it is gone or hidden */
  getAttachment(id: string, call: CallContext): Promise<AttachmentRow> {
    const path = `/api/v2/attachments/${encodeURIComponent(id)}`;
    return this.#read(`the attachment ${id}`, AttachmentRow, { path }, call);
  }

  /**
   * The bytes of an attachment. v2 gives an address that no token may use any more; this one leads to
   * another host, which wants no credentials:
   * https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-content---attachments/
   */
  async download(
    { holder, id }: { holder: string; id: string },
    call: CallContext,
  ): Promise<ReadableStream<Uint8Array>> {
    const names = [holder, id].map((name) => encodeURIComponent(name));
    const path = `/rest/api/content/${names.join('/child/attachment/')}/download`;
    const { body } = await this.#http.stream({ path }, call);
    return body;
  }

  /** The people with these account ids, at most 250; those that the service knows. */
  async readUsers(ids: readonly string[], call: CallContext): Promise<z.output<typeof UserRow>[]> {
    const request = { path: '/api/v2/users-bulk', body: { accountIds: [...ids] } };
    const { results } = await this.#read('the people', List, asQuestion(request), call);
    return results.flatMap((row) => UserRow.safeParse(row).data ?? []);
  }

  /** Of each content id its type, or `null` when it is gone or hidden; at most 250. */
  async readTypes(
    ids: readonly string[],
    call: CallContext,
  ): Promise<z.output<typeof ContentTypes>['results']> {
    const request = {
      path: '/api/v2/content/convert-ids-to-types',
      body: { contentIds: [...ids] },
    };
    return (await this.#read('types of contents', ContentTypes, asQuestion(request), call)).results;
  }

  /** Asks the search index, which lags about a minute behind and knows nothing archived. */
  search(request: SearchRequest, call: CallContext): AsyncGenerator<readonly unknown[]> {
    const { cql, expand, limit: most } = request;
    const expansions = expand.length === 0 ? undefined : expand.join(',');
    const read = makeShrinkingReader({
      most,
      read: (limit, cursor) => {
        const query = { cql, expand: expansions, limit };
        return this.#list('a search', { path: '/rest/api/content/search', query }, cursor, call);
      },
    });
    return walkList('a search', (cursor) => read(cursor));
  }

  async #list(
    name: string,
    request: HttpRequest,
    cursor: string | undefined,
    call: CallContext,
  ): Promise<ListPage> {
    const query = { ...request.query, cursor };
    return readListPage(await this.#json({ ...request, query }, call), name);
  }

  async #read<Schema extends z.ZodType>(
    name: string,
    schema: Schema,
    request: HttpRequest,
    call: CallContext,
  ): Promise<z.output<Schema>> {
    const { body } = await this.#json(request, call);
    const read = schema.safeParse(body);
    if (!read.success) throw toUnreadable(name);
    return read.data;
  }

  async #json(request: HttpRequest, call: CallContext): Promise<HttpResponse> {
    const response = await this.#http.json(request, call);
    const time = Date.parse(response.headers['date'] ?? '');
    if (!Number.isNaN(time)) this.#startedAt ??= new Date(time).toISOString();
    return response;
  }
}

/** Under a comment only its replies are listed. */
function partPath(list: PartList, of: PartRequest['of']): string {
  if (of === undefined) return `/api/v2/${list}`;
  const holder = `/api/v2/${of.kind}s/${encodeURIComponent(of.id)}`;
  return of.kind === 'page' ? `${holder}/${list}` : `${holder}/children`;
}

/** A POST that only asks, so it may be repeated. */
function asQuestion(request: HttpRequest): HttpRequest {
  return { ...request, method: 'POST', idempotent: true };
}
