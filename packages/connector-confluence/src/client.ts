import type { CallContext } from '@context-sync/core';
import type { z } from 'zod';

import type { ListPage } from './paging.ts';
import type {
  CommentKind,
  ContentReference,
  ContentRequest,
  NodeKind,
  PartRequest,
  SearchRequest,
} from './requests.ts';
import type {
  AttachmentRow,
  CommentRow,
  ContentTypes,
  CurrentUser,
  NodeRow,
  UserRow,
} from './schema.ts';

/** A file by what both deployments know it by. */
export interface FileRequest {
  readonly holder: string;
  readonly id: string;
  readonly fileName: string;
  readonly version: number;
}

/**
 * What can be asked of Confluence, Cloud or Data Center. Rows come in the shape of Cloud's v2, those
 * of a search in that of v1.
 */
export interface ConfluenceClient {
  /** The moment of the first answer by the service's clock, or `undefined` when it told none. */
  readonly startedAt: string | undefined;
  /** Whether there are folders and the like at all. */
  readonly hasNodes: boolean;
  currentUser(call: CallContext): Promise<CurrentUser>;
  /** All spaces that the account sees, or those with the keys. */
  readSpaces(
    query: { keys?: readonly string[]; status?: string },
    call: CallContext,
  ): AsyncGenerator<readonly unknown[]>;
  listContents(request: ContentRequest, call: CallContext): Promise<ListPage>;
  /** Comments come with their texts. */
  listParts(request: PartRequest, call: CallContext): Promise<ListPage>;
  /** @throws ConnectorError `not_found` when the page or node is gone or hidden */
  listDescendants(
    request: { of: { kind: 'page' | NodeKind; id: string }; cursor: string | undefined },
    call: CallContext,
  ): Promise<ListPage>;
  /** @throws ConnectorError `not_found` when it is gone or hidden */
  getNode(kind: NodeKind, id: string, call: CallContext): Promise<NodeRow>;
  /** @throws ConnectorError `not_found` when it is gone or hidden */
  getComment(kind: CommentKind, id: string, call: CallContext): Promise<CommentRow>;
  /** @throws ConnectorError `not_found` when it is gone or hidden */
  getAttachment(id: string, call: CallContext): Promise<AttachmentRow>;
  download(file: FileRequest, call: CallContext): Promise<ReadableStream<Uint8Array>>;
  /** The labels of one page or post, for those that the search does not know. */
  listLabels(
    content: ContentReference,
    cursor: string | undefined,
    call: CallContext,
  ): Promise<ListPage>;
  /** The people with these account ids, at most 250; those that the service knows. */
  readUsers(ids: readonly string[], call: CallContext): Promise<z.output<typeof UserRow>[]>;
  /**
   * Of each content id its type, or `null` when it is gone or hidden; at most 100. An id that is left
   * out was not looked for.
   */
  readTypes(
    ids: readonly string[],
    call: CallContext,
  ): Promise<z.output<typeof ContentTypes>['results']>;
  /** Those of the ids, at most 100, that are no page or folder which this account sees. */
  findUnknown(ids: readonly string[], call: CallContext): Promise<readonly string[]>;
  /** Asks the search index, which lags behind and knows nothing archived. */
  search(request: SearchRequest, call: CallContext): AsyncGenerator<readonly unknown[]>;
  /** The first answer of a search, with a cursor when there is more. */
  searchOnce(request: SearchRequest, call: CallContext): Promise<ListPage>;
}
