import { listParameter } from '../../http/query.ts';
import { answerReply, type Reply, streamReply } from '../../http/reply.ts';
import { readChunks, sizeOf } from '../../site/attachment.ts';
import { issueJson } from '../rest/issue-json.ts';
import { comments, remoteLinks, requireIssue, worklogs } from '../rest/issue-routes.ts';
import { JiraError } from '../rest/jira-error.ts';
import { askerOf, type JiraRequest, seesIssue, seesProject } from '../rest/jira-request.ts';
import { findIssues } from '../rest/search-routes.ts';
import { fields, projectRow } from '../rest/site-routes.ts';
import { epicLink, toServerIssue, toServerJson, toServerUser } from './server-json.ts';
import { findByUsername } from './server-people.ts';

/** One endpoint of Data Center. */
export interface ServerRoute {
  readonly method?: 'POST';
  readonly path: string;
  readonly isPublic?: boolean;
  readonly reply: (request: JiraRequest) => Reply;
}

/** An endpoint that answers as Cloud does, in the words of Data Center. */
function route(
  path: string,
  answer: (request: JiraRequest) => object,
  options: Pick<ServerRoute, 'method' | 'isPublic'> = {},
): ServerRoute {
  return { ...options, path: `/rest/api/2${path}`, reply: (request) => reply(answer(request)) };
}

function reply(body: object): Reply {
  return answerReply({ body });
}

interface ServerSearch {
  readonly jql: string;
  readonly fields: readonly string[];
  readonly expand: readonly string[];
  readonly startAt: number;
  readonly maxResults: number;
  readonly validateQuery: boolean;
}

function fromQuery({ query }: JiraRequest): ServerSearch {
  return {
    jql: query.get('jql') ?? '',
    fields: query.has('fields') ? listParameter(query, 'fields') : ['*navigable'],
    expand: listParameter(query, 'expand'),
    startAt: Number(query.get('startAt') ?? 0),
    maxResults: Number(query.get('maxResults') ?? 50),
    validateQuery: query.get('validateQuery') !== 'false',
  };
}

function fromPosted({ posted }: JiraRequest): ServerSearch {
  const usual = { jql: '', fields: ['*navigable'], expand: [], startAt: 0, maxResults: 50 };
  return { ...usual, validateQuery: true, ...(posted as Partial<ServerSearch> | undefined) };
}

/** A server that checks the query knows every id in it, or refuses. */
function refuseUnknown(request: JiraRequest, { jql, validateQuery }: ServerSearch): void {
  if (!validateQuery) return;
  const [, list = ''] = /\bid in \(([^)]*)\)/i.exec(jql) ?? [];
  for (const id of list.split(',').flatMap((part) => part.trim() || [])) {
    const issue = request.site.findIssue(id);
    if (issue !== undefined && seesIssue(request, issue)) continue;
    throw new JiraError(400, `A value with ID '${id}' does not exist for the field 'id'.`);
  }
}

function search(request: JiraRequest, asked: ServerSearch): object {
  refuseUnknown(request, asked);
  const { limits, tampering } = request;
  const { jql, startAt, expand } = asked;
  const found = findIssues(request, jql, {
    isServer: true,
    isLenient: !asked.validateQuery,
  });
  const maxResults = Math.min(asked.maxResults, limits.rows, tampering.rows ?? Infinity);
  const shown = found
    .slice(startAt, startAt + maxResults)
    .filter(({ id }) => !tampering.missingIds?.includes(id));
  const rows = [...shown, ...(tampering.duplicateRow ? shown.slice(0, 1) : [])];
  const issues = rows.map((issue) => rowOf(request, issue.id, { fields: asked.fields, expand }));
  return { expand: 'schema,names', startAt, maxResults, total: found.length, issues };
}

function rowOf(
  request: JiraRequest,
  id: string,
  asked: { readonly fields: readonly string[]; readonly expand: readonly string[] },
): object {
  const issue = request.site.findIssue(id);
  if (issue === undefined) throw new Error(`The site has no issue ${id}.`);
  // What belongs to an epic is told by a field of its own, which is computed from the parent.
  const fields = asked.fields.includes(epicLink.id) ? [...asked.fields, 'parent'] : asked.fields;
  return toServerIssue(issueJson(request, issue, { ...asked, fields }), request);
}

function projects(request: JiraRequest): object {
  return request.site
    .projects()
    .filter((project) => seesProject(request, project) && !project.isArchived)
    .toSorted((left, right) => (left.key < right.key ? -1 : 1))
    .map((project) => toServerJson(projectRow(request, project), request));
}

function user(request: JiraRequest): object {
  const found = findByUsername(request.site, request.query.get('username') ?? '');
  if (found === undefined || found.isHidden) throw new JiraError(404, 'The user does not exist.');
  return toServerUser(found.accountId, request);
}

function download({ site, params, ...request }: JiraRequest): Reply {
  const issue = site.issues.all().find(({ files }) => files.some(({ id }) => id === params['id']));
  const file = issue?.files.find(({ id }) => id === params['id']);
  if (issue === undefined || file === undefined || !seesIssue({ site, params, ...request }, issue))
    throw new JiraError(404, 'The attachment was not found.');
  const { content, mediaType } = file;
  return streamReply(mediaType, { length: sizeOf(content), read: () => readChunks(content) });
}

/** The routes of v2 that a mirror asks: https://developer.atlassian.com/server/jira/platform/rest/v10003/ */
export const serverRoutes: readonly ServerRoute[] = [
  route('/myself', (request) => toServerUser(askerOf(request), request)),
  route('/serverInfo', serverInfo, { isPublic: true }),
  route('/project', projects),
  route('/field', ({ site }) => fields({ site }).concat(fieldOf(epicLink))),
  route('/user', user),
  route('/search', (request) => search(request, fromQuery(request))),
  route('/search', (request) => search(request, fromPosted(request)), { method: 'POST' }),
  route('/issue/{id}', (request) => {
    const { query } = request;
    const asked = query.has('fields') ? listParameter(query, 'fields') : ['*all'];
    const { id } = requireIssue(request);
    return rowOf(request, id, { fields: asked, expand: listParameter(query, 'expand') });
  }),
  route('/issue/{id}/comment', (request) => toServerJson(comments(request), request) as object),
  route('/issue/{id}/worklog', (request) => toServerJson(worklogs(request), request) as object),
  route(
    '/issue/{id}/remotelink',
    (request) => toServerJson(remoteLinks(request), request) as object,
  ),
  { path: '/secure/attachment/{id}/{name}', reply: download },
];

function fieldOf({ id, name, type, custom }: typeof epicLink): object {
  const kind = { type, custom, customId: Number(id.replace('customfield_', '')) };
  const names = { id, name, clauseNames: [name], custom: true };
  return { ...names, orderable: true, navigable: true, searchable: true, schema: kind };
}

function serverInfo({ baseUrl, site }: JiraRequest): object {
  return {
    baseUrl,
    version: '10.3.24',
    versionNumbers: [10, 3, 24],
    deploymentType: 'Server',
    buildNumber: 10_030_024,
    serverTime: site.clock.now().replace('Z', '+0000'),
    serverTitle: 'Jira',
  };
}
