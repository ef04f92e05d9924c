import {
  type CallContext,
  ConnectorError,
  type HttpClient,
  type HttpRequest,
} from '@context-sync/core';
import { z } from 'zod';

import type { ConfluenceClient, FileRequest } from './client.ts';
import { readByIds } from './content-reader.ts';
import { mapAhead } from './map-ahead.ts';
import { OffsetReader } from './offset-reader.ts';
import { type ListPage, walkList } from './paging.ts';
import {
  type CommentKind,
  type ContentReference,
  type ContentRequest,
  maxRows,
  type NodeKind,
  type PartRequest,
  type SearchRequest,
} from './requests.ts';
import {
  AttachmentRow,
  CommentRow,
  CurrentUser,
  type NodeRow,
  SpaceRow,
  UserRow,
} from './schema.ts';
import { makeSearchReader } from './search-reader.ts';
import { contentPath, ServerContents } from './server-contents.ts';
import {
  attachmentExpansions,
  commentExpansions,
  toAttachmentRow,
  toCommentRow,
  toDescendantRow,
  toSpaceRow,
  toUserRow,
} from './server-rows.ts';
import { encode } from './site-urls.ts';

/** What is read one by one, at once. */
const parallelReads = 4;

function notThere(name: string): ConnectorError {
  return new ConnectorError('not_found', `Data Center has no such thing as ${name}.`, {
    status: 404,
  });
}

function translated<Schema extends z.ZodType>(
  toV2: (row: unknown) => unknown,
  schema: Schema,
): z.ZodPipe<z.ZodTransform<unknown, unknown>, Schema> {
  return z.transform(toV2).pipe(schema);
}

/** The endpoints of Data Center in use: v1 alone. */
export class DataCenterClient implements ConfluenceClient {
  readonly hasNodes = false;
  readonly #http: HttpClient;
  readonly #keys = new Map<string, string>();
  readonly #answers: OffsetReader;
  readonly #contents: ServerContents;

  constructor(http: HttpClient) {
    this.#http = http;
    this.#answers = new OffsetReader(http);
    this.#contents = new ServerContents(this.#answers);
  }

  get startedAt(): string | undefined {
    return this.#answers.startedAt;
  }

  async currentUser(call: CallContext): Promise<CurrentUser> {
    const path = '/rest/api/user/current';
    return this.#answers.read('the account', translated(toUserRow, CurrentUser), { path }, call);
  }

  async *readSpaces(
    { keys, status }: { keys?: readonly string[]; status?: string },
    call: CallContext,
  ): AsyncGenerator<readonly unknown[]> {
    const query = { spaceKey: keys, status, expand: 'homepage', limit: maxRows };
    yield* this.#walkSpaces(query, call);
  }

  async *#walkSpaces(
    query: NonNullable<HttpRequest['query']>,
    call: CallContext,
  ): AsyncGenerator<readonly unknown[]> {
    const request = { path: '/rest/api/space', query };
    const read = (cursor: string | undefined): Promise<ListPage> =>
      this.#answers.list('the spaces', request, cursor, call);
    for await (const page of walkList('the spaces', read)) {
      const rows = page.map(toSpaceRow);
      for (const row of rows) {
        const { data } = SpaceRow.safeParse(row);
        if (data !== undefined) this.#keys.set(data.id, data.key);
      }
      yield rows;
    }
  }

  async listContents(request: ContentRequest, call: CallContext): Promise<ListPage> {
    const { spaceId } = request;
    const spaceKey = spaceId === undefined ? undefined : await this.#keyOf(spaceId, call);
    return this.#contents.list({ ...request, spaceKey }, call);
  }

  /** Lists of the whole site are not there. */
  async listParts({ list, of, limit, cursor }: PartRequest, call: CallContext): Promise<ListPage> {
    if (of === undefined) throw notThere(`a list of all ${list}`);
    const isFile = list === 'attachments';
    const isComment = of.kind !== 'page' && of.kind !== 'blogpost';
    const path = contentPath(of.id, isFile ? '/child/attachment' : '/child/comment');
    const expand = (isFile ? attachmentExpansions : commentExpansions).join(',');
    const location = list === 'inline-comments' ? ['inline', 'resolved'] : 'footer';
    const query = { expand, limit, location: isFile || isComment ? undefined : location };
    const page = await this.#answers.list(`the ${list}`, { path, query }, cursor, call);
    return { ...page, rows: page.rows.map(isFile ? toAttachmentRow : toCommentRow) };
  }

  async listDescendants(
    { of, cursor }: { of: { kind: 'page' | NodeKind; id: string }; cursor: string | undefined },
    call: CallContext,
  ): Promise<ListPage> {
    const request = { path: contentPath(of.id, '/descendant/page'), query: { limit: maxRows } };
    const page = await this.#answers.list(`what lies below ${of.id}`, request, cursor, call);
    return { ...page, rows: page.rows.map(toDescendantRow) };
  }

  async getNode(kind: NodeKind, id: string): Promise<NodeRow> {
    throw notThere(`the ${kind} ${id}`);
  }

  getComment(_kind: CommentKind, id: string, call: CallContext): Promise<CommentRow> {
    const query = { expand: commentExpansions.join(','), status: 'any' };
    const schema = translated(toCommentRow, CommentRow);
    return this.#answers.read(`the comment ${id}`, schema, { path: contentPath(id), query }, call);
  }

  getAttachment(id: string, call: CallContext): Promise<AttachmentRow> {
    const query = { expand: attachmentExpansions.join(','), status: 'any' };
    const schema = translated(toAttachmentRow, AttachmentRow);
    return this.#answers.read(
      `the attachment ${id}`,
      schema,
      { path: contentPath(id), query },
      call,
    );
  }

  /** A new version takes over the address of the old one, so the version is named. */
  async download(
    { holder, fileName, version }: FileRequest,
    call: CallContext,
  ): Promise<ReadableStream<Uint8Array>> {
    const path = `/download/attachments/${[holder, fileName].map(encode).join('/')}`;
    const { body } = await this.#http.stream({ path, query: { version } }, call);
    return body;
  }

  listLabels(
    { id }: ContentReference,
    cursor: string | undefined,
    call: CallContext,
  ): Promise<ListPage> {
    const request = { path: contentPath(id, '/label'), query: { limit: maxRows } };
    return this.#answers.list(`the labels of ${id}`, request, cursor, call);
  }

  /** One by one: there is no question about many. */
  async readUsers(ids: readonly string[], call: CallContext): Promise<z.output<typeof UserRow>[]> {
    const users: z.output<typeof UserRow>[] = [];
    const found = mapAhead(ids, parallelReads, (key) =>
      this.#answers.find({ path: '/rest/api/user', query: { key } }, call),
    );
    for await (const rows of found) {
      users.push(...rows.flatMap((row) => UserRow.safeParse(toUserRow(row)).data ?? []));
    }
    return users;
  }

  /** There is no question about many; each is read by its id anyway. */
  async readTypes(): Promise<Record<string, never>> {
    return {};
  }

  /** Only pages have others below them here. */
  async findUnknown(ids: readonly string[], call: CallContext): Promise<readonly string[]> {
    const request = { kind: 'page', ids, statuses: ['current'], withBodies: false } as const;
    const known = await readByIds(this, request, call);
    const found = new Set(known.map(({ id }) => id));
    return ids.filter((id) => !found.has(id));
  }

  search(request: SearchRequest, call: CallContext): AsyncGenerator<readonly unknown[]> {
    const read = this.#searchReader(request, call);
    return walkList('a search', (cursor) => read(cursor));
  }

  searchOnce(request: SearchRequest, call: CallContext): Promise<ListPage> {
    return this.#searchReader(request, call)(undefined);
  }

  #searchReader(
    request: SearchRequest,
    call: CallContext,
  ): (cursor: string | undefined) => Promise<ListPage> {
    return makeSearchReader(request, 'storage', (asked, cursor) =>
      this.#answers.list('a search', asked, cursor, call),
    );
  }

  /** Lists ask for a space by its key; documents know it by its id, which stays. */
  async #keyOf(id: string, call: CallContext): Promise<string> {
    const known = this.#keys.get(id);
    if (known !== undefined) return known;
    for await (const _ of this.#walkSpaces({ spaceId: id, limit: maxRows }, call));
    const found = this.#keys.get(id);
    if (found !== undefined) return found;
    throw new ConnectorError('scope_gone', 'Confluence does not show this space any more.', {
      hint: 'The space was deleted, or this account may not view it any more. What is mirrored of it stays.',
    });
  }
}
