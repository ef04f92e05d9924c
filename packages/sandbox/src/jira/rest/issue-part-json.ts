import { sizeOf } from '../../site/attachment.ts';
import type { HistoryEntry, Issue, IssueComment, IssueFile, Worklog } from '../site/issue.ts';
import type { JiraRequest } from './jira-request.ts';
import { timeFor } from './jira-time.ts';
import { userJson } from './user-json.ts';

export function commentJson(
  request: JiraRequest,
  { id: issueId }: Issue,
  comment: IssueComment,
): object {
  const { id, authorId, body, createdAt, updatedAt, visibility, isPublic } = comment;
  return {
    self: `${request.baseUrl}/rest/api/3/issue/${issueId}/comment/${id}`,
    id,
    author: userJson(request, authorId),
    body,
    updateAuthor: userJson(request, authorId),
    created: timeFor(request, createdAt),
    updated: timeFor(request, updatedAt),
    ...(visibility === undefined
      ? {}
      : { visibility: { ...visibility, identifier: visibility.value } }),
    jsdPublic: isPublic,
  };
}

export function worklogJson(request: JiraRequest, issueId: string, worklog: Worklog): object {
  const { id, authorId, comment, createdAt, updatedAt, startedAt, seconds } = worklog;
  return {
    self: `${request.baseUrl}/rest/api/3/issue/${issueId}/worklog/${id}`,
    author: userJson(request, authorId),
    updateAuthor: userJson(request, authorId),
    ...(comment === undefined ? {} : { comment }),
    created: timeFor(request, createdAt),
    updated: timeFor(request, updatedAt),
    started: timeFor(request, startedAt),
    timeSpent: `${Math.round(seconds / 60)}m`,
    timeSpentSeconds: seconds,
    id,
    issueId,
  };
}

export function fileJson(request: JiraRequest, file: IssueFile): object {
  const { id, title, authorId, createdAt, content, mediaType } = file;
  return {
    self: `${request.baseUrl}/rest/api/3/attachment/${id}`,
    id,
    filename: title,
    author: userJson(request, authorId),
    created: timeFor(request, createdAt),
    size: sizeOf(content),
    mimeType: mediaType,
    content: `${request.baseUrl}/rest/api/3/attachment/content/${id}`,
  };
}

export function historyJson(request: JiraRequest, entry: HistoryEntry): object {
  const { id, authorId, createdAt, items } = entry;
  return {
    id,
    author: userJson(request, authorId),
    created: timeFor(request, createdAt),
    items: items.map(({ field, from, to }) => ({
      field,
      fieldtype: 'jira',
      fieldId: field,
      from: null,
      fromString: from,
      to: null,
      toString: to,
    })),
  };
}

/** An issue holds its last changes, the newest first. */
export function changelogJson(request: JiraRequest, { history }: Issue): object {
  const shown = history.toReversed().slice(0, request.limits.embeddedChanges);
  const histories = shown.map((entry) => historyJson(request, entry));
  return { startAt: 0, maxResults: shown.length, total: history.length, histories };
}
