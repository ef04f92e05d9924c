import { listParameter } from '../../http/query.ts';
import type { JqlContext } from '../jql/jql-fields.ts';
import { parseJql } from '../jql/parse-jql.ts';
import type { Issue } from '../site/issue.ts';
import { issueJson } from './issue-json.ts';
import { JiraError } from './jira-error.ts';
import { askerOf, type JiraRequest, seesIssue } from './jira-request.ts';
import { type JiraRoute, readWork } from './jira-route.ts';

interface SearchQuery {
  readonly jql: string;
  readonly fields: readonly string[];
  readonly expand: readonly string[];
  readonly maxResults: number;
  readonly token: string | undefined;
}

const idsAlone: ReadonlySet<string> = new Set(['id', 'key', '-id']);

function fromQuery({ query }: JiraRequest): SearchQuery {
  return {
    jql: query.get('jql') ?? '',
    fields: listParameter(query, 'fields'),
    expand: listParameter(query, 'expand'),
    maxResults: Number(query.get('maxResults') ?? 50),
    token: query.get('nextPageToken') ?? undefined,
  };
}

function fromPosted({ posted }: JiraRequest): SearchQuery {
  const { jql, fields, expand, maxResults, nextPageToken } = (posted ?? {}) as {
    jql?: string;
    fields?: string[];
    expand?: string;
    maxResults?: number;
    nextPageToken?: string;
  };
  return {
    jql: jql ?? '',
    fields: fields ?? [],
    expand: expand?.split(',') ?? [],
    maxResults: maxResults ?? 50,
    token: nextPageToken,
  };
}

/** A token holds the query that it belongs to and the last issue given. */
function readToken({ token, jql }: SearchQuery): string | undefined {
  if (token === undefined) return undefined;
  const read: unknown = JSON.parse(Buffer.from(token, 'base64url').toString() || 'null');
  const [query, last] = Array.isArray(read) ? (read as string[]) : [];
  if (query !== jql)
    throw new JiraError(400, 'The provided next page token is invalid or expired.');
  return last;
}

function writeToken(jql: string, last: string): string {
  return Buffer.from(JSON.stringify([jql, last])).toString('base64url');
}

/** What the index finds, in order. It may know more than is there, or less. */
export function findIssues(
  request: JiraRequest,
  jql: string,
  options: Pick<JqlContext, 'isServer' | 'isLenient'> = {},
): Issue[] {
  const { site } = request;
  const accountId = askerOf(request);
  const { timeZone } = site.people.get(accountId);
  const { matches, compare } = parseJql(jql, { site, accountId, timeZone, ...options });
  return site.index
    .all()
    .filter((issue) => {
      const project = site.project(issue.projectId);
      return project?.isArchived === false && seesIssue(request, issue) && matches(issue);
    })
    .toSorted((left, right) => compare(left, right) || Number(left.id) - Number(right.id));
}

function answerSearch(request: JiraRequest, query: SearchQuery): object {
  const { limits, tampering } = request;
  const { jql, fields, expand, maxResults } = query;
  if (!Number.isInteger(maxResults) || maxResults < 1) {
    throw new JiraError(400, 'The maxResults parameter must be a positive number.');
  }
  const last = readToken(query);
  const found = findIssues(request, jql);
  const start = last === undefined ? 0 : found.findIndex(({ id }) => id === last) + 1;
  const isPlain = fields.every((name) => idsAlone.has(name)) && expand.length === 0;
  const most = Math.min(maxResults, isPlain ? limits.ids : limits.rows, tampering.rows ?? Infinity);
  const given = found.slice(start, start + most);
  const end = given.at(-1);
  const isLast = start + given.length >= found.length;
  const shown = given.filter(({ id }) => !tampering.missingIds?.includes(id));
  const rows = [...shown, ...(tampering.duplicateRow ? shown.slice(0, 1) : [])];
  const asked = { fields: fields.filter((name) => !idsAlone.has(name)), expand };
  const issues = rows.map((issue) => issueJson(request, issue, asked));
  if (tampering.repeatedCursor) {
    return { issues, nextPageToken: writeToken(jql, last ?? ''), isLast: false };
  }
  if (isLast || end === undefined) return { issues, isLast: true };
  return { issues, nextPageToken: writeToken(jql, end.id), isLast: false };
}

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/ */
export const searchRoutes: readonly JiraRoute[] = [
  {
    path: '/rest/api/3/search/jql',
    scopes: readWork,
    answer: (request) => ({ body: answerSearch(request, fromQuery(request)) }),
  },
  {
    method: 'POST',
    path: '/rest/api/3/search/jql',
    scopes: readWork,
    answer: (request) => ({ body: answerSearch(request, fromPosted(request)) }),
  },
  {
    path: '/rest/api/3/search',
    scopes: readWork,
    answer: () => {
      throw new JiraError(
        410,
        'The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.',
      );
    },
  },
];
