import type { Issue } from '../site/issue.ts';
import {
  issueTypes,
  linkTypes,
  named,
  priorities,
  statusCategories,
  statuses,
} from '../site/vocabulary.ts';
import { changelogJson, commentJson, fileJson, worklogJson } from './issue-part-json.ts';
import { type JiraRequest, seesIssue, visibleComments } from './jira-request.ts';
import { timeFor } from './jira-time.ts';
import { userJson } from './user-json.ts';

function statusJson({ baseUrl }: JiraRequest, name: string): object {
  const { id, category } = named(statuses, name);
  const { id: number, ...rest } = statusCategories[category];
  const statusCategory = {
    self: `${baseUrl}/rest/api/3/statuscategory/${number}`,
    id: number,
    key: category,
    ...rest,
  };
  const self = `${baseUrl}/rest/api/3/status/${id}`;
  return { self, description: '', iconUrl: `${baseUrl}/`, name, id, statusCategory };
}

function typeJson({ baseUrl }: JiraRequest, name: string): object {
  const { id, level } = named(issueTypes, name);
  return {
    self: `${baseUrl}/rest/api/3/issuetype/${id}`,
    id,
    description: '',
    iconUrl: `${baseUrl}/`,
    name,
    subtask: level === -1,
    hierarchyLevel: level,
  };
}

function priorityJson({ baseUrl }: JiraRequest, name: string): object {
  const id = String(priorities.findIndex((each) => each === name) + 1);
  return { self: `${baseUrl}/rest/api/3/priority/${id}`, iconUrl: `${baseUrl}/`, name, id };
}

function projectJson({ baseUrl, site }: JiraRequest, id: string): object {
  const { key = '', name = '' } = site.project(id) ?? {};
  const self = `${baseUrl}/rest/api/3/project/${id}`;
  return { self, id, key, name, projectTypeKey: 'software', simplified: false, avatarUrls: {} };
}

/** An issue as it stands in another one. */
function shortJson(request: JiraRequest, issue: Issue): object {
  const { id, key, summary, status, priority, type } = issue;
  return {
    id,
    key,
    self: `${request.baseUrl}/rest/api/3/issue/${id}`,
    fields: {
      summary,
      status: statusJson(request, status),
      priority: priorityJson(request, priority),
      issuetype: typeJson(request, type),
    },
  };
}

function linksJson(request: JiraRequest, { id: own }: Issue): object[] {
  const { site, baseUrl } = request;
  return site.links.flatMap(({ id, type, from, to }) => {
    if (from !== own && to !== own) return [];
    const other = site.issues.find(from === own ? to : from);
    if (other === undefined || !seesIssue(request, other)) return [];
    const side = from === own ? 'outwardIssue' : 'inwardIssue';
    const { id: typeId, ...words } = named(linkTypes, type);
    const self = `${baseUrl}/rest/api/3/issueLink/${id}`;
    const typeSelf = `${baseUrl}/rest/api/3/issueLinkType/${typeId}`;
    const linkType = { id: typeId, ...words, self: typeSelf };
    return [{ id, self, type: linkType, [side]: shortJson(request, other) }];
  });
}

/** Components and versions are known by their names alone. */
function namedJson(request: JiraRequest, kind: string, names: readonly string[]): object[] {
  return names.map((name, index) => {
    const id = String(20_000 + index);
    const self = `${request.baseUrl}/rest/api/3/${kind}/${id}`;
    return kind === 'version'
      ? { self, id, name, archived: false, released: false }
      : { self, id, name };
  });
}

type FieldOf = (request: JiraRequest, issue: Issue) => unknown;

const fieldsOf: Readonly<Record<string, FieldOf>> = {
  summary: (_, { summary }) => summary,
  description: (_, { description }) => description,
  environment: () => null,
  issuetype: (request, { type }) => typeJson(request, type),
  project: (request, { projectId }) => projectJson(request, projectId),
  status: (request, { status }) => statusJson(request, status),
  priority: (request, { priority }) => priorityJson(request, priority),
  resolution: (request, { resolution }) =>
    resolution === null
      ? null
      : {
          self: `${request.baseUrl}/rest/api/3/resolution/10000`,
          id: '10000',
          description: '',
          name: resolution,
        },
  assignee: (request, { assigneeId }) =>
    assigneeId === null ? null : userJson(request, assigneeId),
  reporter: (request, { reporterId }) => userJson(request, reporterId),
  labels: (_, { labels }) => labels,
  components: (request, { components }) => namedJson(request, 'component', components),
  fixVersions: (request, { fixVersions }) => namedJson(request, 'version', fixVersions),
  duedate: (_, { dueDate }) => dueDate,
  created: (request, { createdAt }) => timeFor(request, createdAt),
  updated: (request, { updatedAt }) => timeFor(request, updatedAt),
  parent: (request, { parentId }) => {
    const parent = parentId === null ? undefined : request.site.issues.find(parentId);
    return parent !== undefined && seesIssue(request, parent)
      ? shortJson(request, parent)
      : undefined;
  },
  subtasks: (request, { id }) =>
    request.site.issues
      .all()
      .filter(({ parentId, type }) => parentId === id && type === 'Subtask')
      .map((child) => shortJson(request, child)),
  issuelinks: linksJson,
  attachment: (request, { files }) => files.map((file) => fileJson(request, file)),
  comment: (request, issue) => {
    const comments = visibleComments(request, issue);
    const shown = comments.slice(0, request.limits.embeddedComments);
    const self = `${request.baseUrl}/rest/api/3/issue/${issue.id}/comment`;
    return {
      comments: shown.map((comment) => commentJson(request, issue, comment)),
      self,
      maxResults: shown.length,
      total: comments.length,
      startAt: 0,
    };
  },
  worklog: (request, { id, worklogs }) => {
    const { embeddedWorklogs } = request.limits;
    const shown = worklogs
      .slice(0, embeddedWorklogs)
      .map((entry) => worklogJson(request, id, entry));
    return { startAt: 0, maxResults: embeddedWorklogs, total: worklogs.length, worklogs: shown };
  },
};

/** What bulk requests leave out unless it is asked for by name or with `*all`. */
const notNavigable = new Set(['comment', 'worklog', 'attachment']);

/** An issue with the fields that are asked for; the service leaves out what it does not know. */
export function issueJson(
  request: JiraRequest,
  issue: Issue,
  asked: { readonly fields: readonly string[]; readonly expand: readonly string[] },
): object {
  const { id, key } = issue;
  const all = [...Object.keys(fieldsOf), ...Object.keys(issue.custom)];
  const names = all.filter(
    (name) =>
      !asked.fields.includes(`-${name}`) &&
      (asked.fields.includes('*all') ||
        asked.fields.includes(name) ||
        (asked.fields.includes('*navigable') && !notNavigable.has(name))),
  );
  const fields = Object.fromEntries(
    names.map((name) => [name, fieldsOf[name]?.(request, issue) ?? issue.custom[name] ?? null]),
  );
  if (fields['parent'] === null) delete fields['parent'];
  return {
    expand: 'renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations',
    id,
    self: `${request.baseUrl}/rest/api/3/issue/${id}`,
    key,
    ...(asked.expand.includes('changelog') ? { changelog: changelogJson(request, issue) } : {}),
    ...(names.length === 0 ? {} : { fields }),
  };
}
