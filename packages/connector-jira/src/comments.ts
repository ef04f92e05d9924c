import type { CallContext, SourceDocument } from '@context-sync/core';

import type { JiraClient } from './client.ts';
import type { Comment, IssueRow } from './schema.ts';
import { browseUrl, documentId } from './site-urls.ts';
import { toUtc, utcOr } from './times.ts';
import { toText } from './to-content.ts';

/**
 * All comments of an issue. The issue holds 20 at most; when there are more, all are asked for, since
 * nothing tells which ones are missing.
 */
export async function readComments(
  client: JiraClient,
  { id, fields: { comment } }: IssueRow,
  call: CallContext,
): Promise<readonly Comment[]> {
  if (comment && comment.comments.length >= comment.total) return comment.comments;
  return client.readComments(id, call);
}

/** A comment as a section of its issue. */
export function toCommentDocument(
  comment: Comment,
  { id: issueId, key, fields }: IssueRow,
  siteUrl: string,
): SourceDocument {
  const { id, author, body, created, updated } = comment;
  return {
    id: documentId.comment(issueId, id),
    kind: 'comment',
    placement: 'section',
    title: titleOf(comment, fields.project.projectTypeKey === 'service_desk'),
    revision: utcOr(updated),
    parent: issueId,
    url: `${browseUrl(siteUrl, key)}?focusedCommentId=${id}`,
    createdAt: toUtc(created) ?? null,
    updatedAt: toUtc(updated) ?? null,
    author: author ?? null,
    content: async () => toText(body, { siteUrl, issueId }),
  };
}

/** Who may see it, where that is not everybody who sees the issue. */
function titleOf({ visibility, jsdPublic }: Comment, isServiceDesk: boolean): string {
  const shownTo = isServiceDesk && jsdPublic !== false ? 'public' : '';
  const isInternal = jsdPublic === false ? 'internal' : shownTo;
  const readers = visibility?.value
    ? `visible to the ${visibility.type ?? 'group'} ${visibility.value}`
    : '';
  return [isInternal, readers].filter((part) => part !== '').join(', ');
}
