import type { JiraRequest } from '../rest/jira-request.ts';
import { adfToWiki } from './adf-wiki.ts';
import { serverKeyOf, usernameOf } from './server-people.ts';

type Plain = Readonly<Record<string, unknown>>;

/** The custom field by which an issue belongs to an epic; `parent` is for subtasks alone here. */
export const epicLink = {
  id: 'customfield_10014',
  name: 'Epic Link',
  type: 'any',
  custom: 'com.pyxis.greenhopper.jira:gh-epic-link',
} as const;

/** An answer of Cloud in the words of Data Center: its users, its bodies, its addresses. */
export function toServerJson(value: unknown, request: JiraRequest): unknown {
  if (typeof value === 'string') return value.replace('/rest/api/3/', '/rest/api/2/');
  if (Array.isArray(value)) return value.map((each) => toServerJson(each, request));
  if (typeof value !== 'object' || value === null) return value;
  const plain = value as Plain;
  if (plain['type'] === 'doc') return adfToWiki(plain, request.site);
  if (typeof plain['accountId'] === 'string') return toServerUser(plain['accountId'], request);
  const entries = Object.entries(plain)
    .filter(([name]) => !cloudOnly.has(name))
    .map(([name, each]) => [name, toServerJson(each, request)] as const);
  return { ...Object.fromEntries(entries), ...download(plain, request) };
}

const cloudOnly: ReadonlySet<string> = new Set(['jsdPublic', 'hierarchyLevel', 'simplified']);

function download({ filename, id }: Plain, { baseUrl }: JiraRequest): object {
  if (typeof filename !== 'string') return {};
  const name = encodeURIComponent(filename).replaceAll('%20', '+');
  return { content: `${baseUrl}/secure/attachment/${String(id)}/${name}` };
}

/** Somebody who was deleted keeps the name alone. */
export function toServerUser(accountId: string, { site, baseUrl }: JiraRequest): object {
  const user = site.people.find(accountId);
  if (user === undefined) return { name: accountId, displayName: accountId, active: false };
  const name = usernameOf(user);
  return {
    self: `${baseUrl}/rest/api/2/user?username=${encodeURIComponent(name)}`,
    name,
    key: serverKeyOf(user),
    emailAddress: user.email,
    displayName: user.name,
    active: user.status === 'active',
    timeZone: user.timeZone,
    avatarUrls: {},
  };
}

/** An issue row; an epic above it is told by its own field. */
export function toServerIssue(row: object, request: JiraRequest): object {
  const issue = toServerJson(row, request) as Plain & { fields?: Plain };
  const { site } = request;
  const parentId = site.findIssue(String(issue['id']))?.parentId ?? null;
  const parent = parentId === null ? undefined : site.findIssue(parentId);
  if (issue.fields === undefined || parent?.type !== 'Epic') return issue;
  const { parent: _, ...fields } = issue.fields;
  return { ...issue, fields: { ...fields, [epicLink.id]: parent.key } };
}
