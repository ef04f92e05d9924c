import {
  type CallContext,
  ConnectorError,
  type HttpClient,
  type HttpRequest,
} from '@context-sync/core';
import type { z } from 'zod';

import { AnswerReader } from './answer-reader.ts';
import { type BodyFormat, representations } from './body-format.ts';
import type { ConfluenceClient, FileRequest } from './client.ts';
import { type ListPage, readListPage, toCursorRefusal, walkList } from './paging.ts';
import {
  asQuestion,
  type CommentKind,
  contentPath,
  maxDepth,
  type ContentReference,
  type ContentRequest,
  maxRows,
  type NodeKind,
  nodePath,
  partPath,
  type PartRequest,
  type SearchRequest,
} from './requests.ts';
import {
  AttachmentRow,
  CommentRow,
  ContentTypes,
  CurrentUser,
  List,
  NodeRow,
  UserRow,
  Version,
} from './schema.ts';
import { makeSearchReader } from './search-reader.ts';

/** The endpoints of Cloud in use. */
export class CloudClient implements ConfluenceClient {
  readonly hasNodes = true;
  readonly #http: HttpClient;
  readonly #format: BodyFormat;
  readonly #answers: AnswerReader;

  constructor(http: HttpClient, format: BodyFormat) {
    this.#http = http;
    this.#format = format;
    this.#answers = new AnswerReader(http);
  }

  get startedAt(): string | undefined {
    return this.#answers.startedAt;
  }

  currentUser(call: CallContext): Promise<CurrentUser> {
    return this.#answers.read('the account', CurrentUser, { path: '/rest/api/user/current' }, call);
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
      'body-format': withBodies ? representations[this.#format] : undefined,
    };
    return this.#list(`the ${name}`, { path, query }, cursor, call);
  }

  /** Comments come with their texts. */
  listParts({ list, of, limit, cursor }: PartRequest, call: CallContext): Promise<ListPage> {
    const query = {
      sort: '-modified-date',
      limit,
      'body-format': list === 'attachments' ? undefined : representations[this.#format],
    };
    return this.#list(`the ${list}`, { path: partPath(list, of), query }, cursor, call);
  }

  /** @throws ConnectorError `not_found` when the page or node is gone or hidden */
  listDescendants(
    { of, cursor }: { of: { kind: 'page' | NodeKind; id: string }; cursor: string | undefined },
    call: CallContext,
  ): Promise<ListPage> {
    const name = of.kind === 'page' ? contentPath.page : nodePath[of.kind];
    const path = `/api/v2/${name}/${encodeURIComponent(of.id)}/descendants`;
    const query = { limit: maxRows, depth: maxDepth };
    return this.#list(`what lies below ${of.id}`, { path, query }, cursor, call);
  }

  /** @throws ConnectorError `not_found` when it is gone or hidden */
  getNode(kind: NodeKind, id: string, call: CallContext): Promise<NodeRow> {
    const path = `/api/v2/${nodePath[kind]}/${encodeURIComponent(id)}`;
    return this.#answers.read(`the ${kind} ${id}`, NodeRow, { path }, call);
  }

  /** Of one that was edited the first version is asked for too: it tells who wrote it, and when. */
  async getComment(kind: CommentKind, id: string, call: CallContext): Promise<CommentRow> {
    const path = `/api/v2/${kind}s/${encodeURIComponent(id)}`;
    const query = { 'body-format': representations[this.#format] };
    const row = await this.#answers.read(`the comment ${id}`, CommentRow, { path, query }, call);
    if (row.version.number === 1) return row;
    return { ...row, firstVersion: await this.#firstVersion(path, call) };
  }

  /** `undefined` when the service no longer keeps it: the comment itself is there. */
  async #firstVersion(path: string, call: CallContext): Promise<Version | undefined> {
    const request = { path: `${path}/versions/1` };
    try {
      return await this.#answers.read('the first version of a comment', Version, request, call);
    } catch (error) {
      if (ConnectorError.is(error) && error.code === 'not_found') return undefined;
      throw error;
    }
  }

  /** @throws ConnectorError `not_found` when it is gone or hidden */
  getAttachment(id: string, call: CallContext): Promise<AttachmentRow> {
    const path = `/api/v2/attachments/${encodeURIComponent(id)}`;
    return this.#answers.read(`the attachment ${id}`, AttachmentRow, { path }, call);
  }

  /**
   * The bytes of an attachment. v2 gives an address that no token may use any more; this one leads to
   * another host, which wants no credentials:
   * https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-content---attachments/
   */
  async download(
    { holder, id }: Pick<FileRequest, 'holder' | 'id'>,
    call: CallContext,
  ): Promise<ReadableStream<Uint8Array>> {
    const names = [holder, id].map((name) => encodeURIComponent(name));
    const path = `/rest/api/content/${names.join('/child/attachment/')}/download`;
    const { body } = await this.#http.stream({ path }, call);
    return body;
  }

  /** The labels of one page, for those that the search does not know. */
  listLabels(
    { kind, id }: ContentReference,
    cursor: string | undefined,
    call: CallContext,
  ): Promise<ListPage> {
    const path = `/api/v2/${contentPath[kind]}/${encodeURIComponent(id)}/labels`;
    return this.#list(`the labels of ${id}`, { path, query: { limit: maxRows } }, cursor, call);
  }

  /** The people with these account ids, at most 250; those that the service knows. */
  async readUsers(ids: readonly string[], call: CallContext): Promise<z.output<typeof UserRow>[]> {
    const request = { path: '/api/v2/users-bulk', body: { accountIds: [...ids] } };
    const { results } = await this.#answers.read('the people', List, asQuestion(request), call);
    return results.flatMap((row) => UserRow.safeParse(row).data ?? []);
  }

  /** Of each content id its type, or `null` when it is gone or hidden; at most 100. */
  async readTypes(
    ids: readonly string[],
    call: CallContext,
  ): Promise<z.output<typeof ContentTypes>['results']> {
    const request = {
      path: '/api/v2/content/convert-ids-to-types',
      body: { contentIds: [...ids] },
    };
    return (await this.#answers.read('types of contents', ContentTypes, asQuestion(request), call))
      .results;
  }

  async findUnknown(ids: readonly string[], call: CallContext): Promise<readonly string[]> {
    const types = await this.readTypes(ids, call);
    return ids.filter((id) => types[id] === null);
  }

  /** Asks the search index, which lags about a minute behind and knows nothing archived. */
  search(request: SearchRequest, call: CallContext): AsyncGenerator<readonly unknown[]> {
    const read = this.#searchReader(request, call);
    return walkList('a search', (cursor) => read(cursor));
  }

  /** The first answer of a search, with a cursor when there is more. */
  searchOnce(request: SearchRequest, call: CallContext): Promise<ListPage> {
    return this.#searchReader(request, call)(undefined);
  }

  #searchReader(
    request: SearchRequest,
    call: CallContext,
  ): (cursor: string | undefined) => Promise<ListPage> {
    return makeSearchReader(request, this.#format, (asked, cursor) =>
      this.#list('a search', asked, cursor, call),
    );
  }

  async #list(
    name: string,
    request: HttpRequest,
    cursor: string | undefined,
    call: CallContext,
  ): Promise<ListPage> {
    const query = { ...request.query, cursor };
    try {
      return readListPage(await this.#answers.json({ ...request, query }, call), name);
    } catch (error) {
      throw cursor === undefined ? error : toCursorRefusal(error, name);
    }
  }
}
