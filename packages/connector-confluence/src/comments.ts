import {
  type CallContext,
  ConnectorError,
  type DocumentId,
  type SourceDocument,
} from '@context-sync/core';

import type { Body } from './body-format.ts';
import type { ConfluenceClient } from './client.ts';
import type { FoundPart, Part, PartKind } from './parts.ts';
import { type CommentKind, maxHitsWithBodies, type PartList } from './requests.ts';
import { CommentHit, CommentRow } from './schema.ts';
import { documentId, splitDocumentId, webUrl } from './site-urls.ts';
import { type Place, toContent } from './to-document.ts';

/** A comment from either interface. */
interface Comment {
  readonly kind: CommentKind;
  readonly id: string;
  readonly holder: DocumentId;
  readonly version: number;
  readonly createdAt: string | undefined;
  readonly updatedAt: string | undefined;
  readonly author: { readonly id: string; readonly name: string } | undefined;
  /** The text that an inline comment is about. */
  readonly anchor: string | undefined;
  readonly resolution: string | undefined;
  readonly body: Body | undefined;
  readonly webui: string | undefined;
}

const kinds: readonly CommentKind[] = ['footer-comment', 'inline-comment'];

/** Footer and inline comments with their replies, as sections of their page. */
export const comments: PartKind = {
  kinds,
  name: 'comments',
  type: 'comment',
  expand: [
    'space',
    'container',
    'ancestors',
    'version',
    'history',
    'body',
    'extensions.inlineProperties',
    'extensions.resolution',
  ],
  limit: maxHitsWithBodies,
  lists: ['footer-comments', 'inline-comments'],
  fromHit: (row, client) => {
    const { data: hit } = CommentHit.safeParse(row);
    if (hit === undefined) return undefined;
    const comment = fromHit(hit);
    return comment && toPart(comment, hit.space?.id, client);
  },
  fromRow: (list, row, client) => {
    const { data } = CommentRow.safeParse(row);
    const comment = data && fromRow(kindOf(list), data);
    if (data === undefined || comment === undefined) return undefined;
    // Lists do not tell when a comment that was edited was written, and by whom.
    const isPartial = data.version.number > 1 && !data.firstVersion;
    return { ...toPart(comment, undefined, client), isPartial };
  },
  find: findComment,
  contentId: (id) => parseId(id)?.id,
};

function kindOf(list: PartList): CommentKind {
  return list === 'inline-comments' ? 'inline-comment' : 'footer-comment';
}

function parseId(id: DocumentId): { kind: CommentKind; id: string } | undefined {
  const { prefix, id: contentId } = splitDocumentId(id);
  const kind = kinds.find((each) => each === prefix);
  return kind === undefined ? undefined : { kind, id: contentId };
}

async function findComment(
  id: DocumentId,
  client: ConfluenceClient,
  call: CallContext,
): Promise<FoundPart | undefined> {
  const key = parseId(id);
  if (key === undefined) return undefined;
  const row = await client.getComment(key.kind, key.id, call);
  const comment = fromRow(key.kind, row);
  if (comment === undefined) return undefined;
  const status = row.status === 'trashed' || row.status === 'deleted' ? 'trashed' : 'current';
  return { part: toPart(comment, undefined, client), status };
}

function fromHit(hit: CommentHit): Comment | undefined {
  const { extensions, history } = hit;
  const kind = extensions?.location === 'inline' ? 'inline-comment' : 'footer-comment';
  const above = hit.ancestors?.findLast(({ type }) => type === 'comment' || type === undefined);
  const container = hit.container;
  const answered = above ?? (container?.type === 'comment' ? container : undefined);
  const holder = answered === undefined ? container?.id : documentId(kind, answered.id);
  if (holder === undefined) return undefined;
  const author = history?.createdBy;
  return {
    kind,
    id: hit.id,
    holder,
    version: hit.version.number,
    createdAt: history?.createdDate ?? undefined,
    updatedAt: hit.version.when ?? undefined,
    author: author?.accountId
      ? { id: author.accountId, name: author.displayName ?? author.accountId }
      : undefined,
    anchor: extensions?.inlineProperties?.originalSelection ?? undefined,
    resolution: extensions?.resolution?.status ?? undefined,
    body: hit.body,
    webui: hit._links?.webui ?? undefined,
  };
}

function fromRow(kind: CommentKind, row: CommentRow): Comment | undefined {
  const holder = row.parentCommentId
    ? documentId(kind, row.parentCommentId)
    : (row.pageId ?? row.blogPostId);
  if (!holder) return undefined;
  const { number, createdAt: updatedAt } = row.version;
  const first = number === 1 ? row.version : row.firstVersion;
  return {
    kind,
    id: row.id,
    holder,
    version: number,
    createdAt: first?.createdAt ?? undefined,
    updatedAt: updatedAt ?? undefined,
    author: first?.authorId ? { id: first.authorId, name: first.authorId } : undefined,
    anchor: row.properties?.inlineOriginalSelection ?? undefined,
    resolution: row.resolutionStatus ?? undefined,
    body: row.body,
    webui: row._links?.webui ?? undefined,
  };
}

function toPart(comment: Comment, spaceId: string | undefined, client: ConfluenceClient): Part {
  return {
    id: documentId(comment.kind, comment.id),
    holder: comment.holder,
    ...(spaceId === undefined ? {} : { spaceId }),
    changedAt: comment.updatedAt,
    toDocument: (place) => toDocument(comment, place, client),
  };
}

function toDocument(comment: Comment, place: Place, client: ConfluenceClient): SourceDocument {
  const { kind, id, holder, createdAt, updatedAt, author, body } = comment;
  return {
    id: documentId(kind, id),
    kind,
    placement: 'section',
    title: titleOf(comment),
    // What a link without a space means depends on the space, as in a page.
    revision: `${comment.version}@${place.space.key}`,
    parent: holder,
    url: webUrl(place.wikiUrl, comment.webui, id),
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(updatedAt === undefined ? {} : { updatedAt }),
    ...(author === undefined ? {} : { author }),
    content: async (call) => {
      // The search leaves out some texts: https://jira.atlassian.com/browse/CONFCLOUD-76433
      const text = body ?? (await client.getComment(kind, id, call)).body;
      if (text === undefined) throw noText(id);
      return toContent(splitDocumentId(holder).id, text, place);
    },
  };
}

/** What the comment is about, and whether it still is. Neither makes a new version. */
function titleOf({ holder, anchor, resolution }: Comment): string {
  // A reply is about what it answers, and resolved with it.
  if (splitDocumentId(holder).prefix !== '') return '';
  const about = anchor === undefined || anchor.trim() === '' ? '' : `“${anchor.trim()}”`;
  const state = resolution === 'resolved' || resolution === 'dangling' ? `(${resolution})` : '';
  return [about, state].filter((part) => part !== '').join(' ');
}

function noText(id: string): ConnectorError {
  return new ConnectorError('transient', `Confluence did not give the text of comment ${id}.`, {
    hint: 'It is read again in the next run.',
  });
}
