import type { Project } from '../site/issue.ts';
import { askerOf, type JiraRequest, seesProject } from './jira-request.ts';
import { type JiraRoute, readUser, readWork } from './jira-route.ts';
import { userJson } from './user-json.ts';

export function projectRow(
  { baseUrl }: JiraRequest,
  { id, key, name, isArchived }: Project,
): object {
  return {
    expand: 'description,lead,issueTypes,url,projectKeys,permissions,insight',
    self: `${baseUrl}/rest/api/3/project/${id}`,
    id,
    key,
    name,
    projectTypeKey: 'software',
    simplified: false,
    style: 'classic',
    isPrivate: false,
    ...(isArchived ? { archived: true } : {}),
    properties: {},
  };
}

const mostProjects = 100;

function projects(request: JiraRequest): object {
  const { query, site, baseUrl, tampering } = request;
  const keys = query.getAll('keys').map((key) => key.toUpperCase());
  const statuses = query.has('status') ? query.getAll('status') : ['live'];
  const all = site
    .projects()
    .filter((project) => seesProject(request, project))
    .filter(({ key }) => keys.length === 0 || keys.includes(key))
    .filter(({ isArchived }) => statuses.includes(isArchived ? 'archived' : 'live'))
    .toSorted((left, right) => (left.key < right.key ? -1 : 1));
  const startAt = Number(query.get('startAt') ?? 0);
  const asked = Number(query.get('maxResults') ?? 50);
  // A number over 100 falls back to the default, as the reference says.
  const maxResults = Math.min(asked > mostProjects ? 50 : asked, tampering.rows ?? Infinity);
  const shown = all.slice(startAt, startAt + maxResults);
  const self = `${baseUrl}/rest/api/3/project/search?${query.toString()}`;
  const isLast = startAt + shown.length >= all.length;
  const values = shown.map((project) => projectRow(request, project));
  return { self, maxResults, startAt, total: all.length, isLast, values };
}

function users(request: JiraRequest): object {
  const { query, site, baseUrl } = request;
  const asked = query.getAll('accountId');
  const known = asked.filter((id) => site.people.find(id)?.isHidden === false);
  const startAt = Number(query.get('startAt') ?? 0);
  const maxResults = Math.min(Number(query.get('maxResults') ?? 10), 200);
  const shown = known.slice(startAt, startAt + maxResults);
  const isLast = startAt + shown.length >= known.length;
  const values = shown.map((id) => userJson(request, id));
  const self = `${baseUrl}/rest/api/3/user/bulk?${query.toString()}`;
  return { self, maxResults, startAt, total: known.length, isLast, values };
}

export function fields({ site }: Pick<JiraRequest, 'site'>): object[] {
  return site.fields.map(({ id, name, type, items, custom }) => {
    const of = items === undefined ? {} : { items };
    const number = Number(id.replace('customfield_', ''));
    const kind = custom === undefined ? { system: id } : { custom, customId: number };
    return {
      id,
      key: id,
      name,
      custom: custom !== undefined,
      orderable: true,
      navigable: true,
      searchable: true,
      clauseNames: custom === undefined ? [id] : [`cf[${number}]`, name],
      schema: { type, ...of, ...kind },
    };
  });
}

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/ */
export const siteRoutes: readonly JiraRoute[] = [
  {
    path: '/rest/api/3/myself',
    scopes: readUser,
    answer: (request) => {
      const id = askerOf(request);
      const { email: emailAddress } = request.site.people.get(id);
      return { body: { ...userJson(request, id), emailAddress, locale: 'en_GB' } };
    },
  },
  {
    path: '/rest/api/3/serverInfo',
    scopes: readWork,
    isPublic: true,
    answer: ({ baseUrl, site }) => ({
      body: {
        baseUrl,
        version: '1001.0.0-SNAPSHOT',
        versionNumbers: [1001, 0, 0],
        deploymentType: 'Cloud',
        buildNumber: 100_290,
        serverTime: site.clock.now().replace('Z', '+0000'),
        serverTitle: 'Jira',
      },
    }),
  },
  {
    path: '/rest/api/3/project/search',
    scopes: readWork,
    answer: (request) => ({ body: projects(request) }),
  },
  {
    path: '/rest/api/3/user/bulk',
    scopes: readUser,
    answer: (request) => ({ body: users(request) }),
  },
  {
    path: '/rest/api/3/field',
    scopes: readWork,
    answer: (request) => ({ body: fields(request) }),
  },
];
