import { listParameter } from '../../http/query.ts';
import { makeMediaLink } from '../../media/media-link.ts';
import type { Issue } from '../site/issue.ts';
import { issueJson } from './issue-json.ts';
import { commentJson, historyJson, worklogJson } from './issue-part-json.ts';
import { JiraError, noIssue } from './jira-error.ts';
import { type JiraRequest, seesIssue, visibleComments } from './jira-request.ts';
import { type JiraRoute, readWork } from './jira-route.ts';

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/ */
const mostBulkIssues = 100;

function bulkFetch(request: JiraRequest): object {
  const { site, posted } = request;
  const {
    issueIdsOrKeys,
    fields = ['*navigable'],
    expand = [],
  } = (posted ?? {}) as {
    issueIdsOrKeys?: string[];
    fields?: string[];
    expand?: string[];
  };
  if (issueIdsOrKeys === undefined || issueIdsOrKeys.length === 0) {
    throw new JiraError(400, 'The issueIdsOrKeys parameter must not be empty.');
  }
  if (issueIdsOrKeys.length > mostBulkIssues) {
    throw new JiraError(400, `The maximum number of issues is ${mostBulkIssues}.`);
  }
  const found = new Map(
    issueIdsOrKeys.flatMap((idOrKey) => {
      const issue = site.findIssue(idOrKey);
      return issue !== undefined && seesIssue(request, issue) ? [[issue.id, issue] as const] : [];
    }),
  );
  const issues = [...found.values()]
    .toSorted((left, right) => Number(left.id) - Number(right.id))
    .map((issue) => issueJson(request, issue, { fields, expand }));
  return { issues, issueErrors: [] };
}

export function requireIssue(request: JiraRequest): Issue {
  const issue = request.site.findIssue(request.params['id'] ?? '');
  if (issue === undefined || !seesIssue(request, issue)) throw noIssue();
  return issue;
}

/** A part of a list by `startAt` and `maxResults`; the server's own limit holds too. */
function cut<Item>(
  { query }: JiraRequest,
  items: readonly Item[],
  limits: { readonly usual: number; readonly most: number },
): { page: { startAt: number; maxResults: number; total: number }; shown: readonly Item[] } {
  const startAt = Number(query.get('startAt') ?? 0);
  const maxResults = Math.min(Number(query.get('maxResults') ?? limits.usual), limits.most);
  const shown = items.slice(startAt, startAt + maxResults);
  return { page: { startAt, maxResults, total: items.length }, shown };
}

export function comments(request: JiraRequest): object {
  const issue = requireIssue(request);
  const limits = { usual: 100, most: request.limits.comments };
  const { page, shown } = cut(request, visibleComments(request, issue), limits);
  return { ...page, comments: shown.map((comment) => commentJson(request, issue, comment)) };
}

export function worklogs(request: JiraRequest): object {
  const issue = requireIssue(request);
  const { page, shown } = cut(request, issue.worklogs, { usual: 5000, most: 5000 });
  return { ...page, worklogs: shown.map((entry) => worklogJson(request, issue.id, entry)) };
}

function changelog(request: JiraRequest): object {
  const { history } = requireIssue(request);
  const { page, shown } = cut(request, history, { usual: 100, most: 100 });
  const isLast = page.startAt + shown.length >= page.total;
  return { ...page, isLast, values: shown.map((entry) => historyJson(request, entry)) };
}

export function remoteLinks(request: JiraRequest): object {
  const { id: issueId, remoteLinks: links } = requireIssue(request);
  return links.map(({ id, url, title, relationship }) => ({
    id: Number(id),
    self: `${request.baseUrl}/rest/api/3/issue/${issueId}/remotelink/${id}`,
    globalId: url,
    relationship,
    object: { url, title },
  }));
}

function download(request: JiraRequest): { status: number; headers: { location: string } } {
  const { site, mediaUrl, params } = request;
  const issue = site.issues.all().find(({ files }) => files.some(({ id }) => id === params['id']));
  const file = issue?.files.find(({ id }) => id === params['id']);
  if (issue === undefined || file === undefined || !seesIssue(request, issue)) {
    throw new JiraError(404, 'The attachment was not found.');
  }
  return { status: 303, headers: { location: makeMediaLink(mediaUrl, file, site.clock.now()) } };
}

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/ */
export const issueRoutes: readonly JiraRoute[] = [
  {
    method: 'POST',
    path: '/rest/api/3/issue/bulkfetch',
    scopes: readWork,
    answer: (request) => ({ body: bulkFetch(request) }),
  },
  {
    path: '/rest/api/3/issue/{id}',
    scopes: readWork,
    answer: (request) => {
      const { query } = request;
      const fields = query.has('fields') ? listParameter(query, 'fields') : ['*all'];
      const asked = { fields, expand: listParameter(query, 'expand') };
      return { body: issueJson(request, requireIssue(request), asked) };
    },
  },
  ...[
    { name: 'comment', answer: comments },
    { name: 'worklog', answer: worklogs },
    { name: 'changelog', answer: changelog },
    { name: 'remotelink', answer: remoteLinks },
  ].map(({ name, answer }): JiraRoute => ({
    path: `/rest/api/3/issue/{id}/${name}`,
    scopes: readWork,
    answer: (request) => ({ body: answer(request) }),
  })),
  {
    path: '/rest/api/3/attachment/content/{id}',
    scopes: readWork,
    answer: (request) => ({ body: {}, ...download(request) }),
  },
];
