import type { JsonObject } from '@context-sync/core';

import type { FieldTable } from './field-table.ts';
import type { IssueFields } from './schema.ts';

/** How Data Center writes a sprint, e.g. `com.atlassian.greenhopper…Sprint@1b[id=4,name=Winter,…]`. */
const sprintName = /^com\.atlassian\.greenhopper\..*\bname=([^,\]]*)/;

/** A value of any field as text, or a list of them; `undefined` for none. */
function toFact(value: unknown): string | number | boolean | string[] | undefined {
  if (typeof value === 'string') return sprintName.exec(value)?.[1] ?? value;
  if (typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) return nameOf(value);
  const texts = value.map((each) => toFact(each)).filter((each) => each !== undefined);
  return texts.length === 0 ? undefined : texts.map(String);
}

/** Options, people, versions and the like are known by one of these. */
const nameFields = ['value', 'displayName', 'name', 'key', 'title'] as const;

function nameOf(value: object): string | undefined {
  const fields = value as Readonly<Record<string, unknown>>;
  const names = nameFields.map((name) => fields[name]).filter((name) => typeof name === 'string');
  const child = fields['child'];
  const below = typeof child === 'object' && child !== null ? nameOf(child) : undefined;
  const [name] = names;
  return name === undefined || below === undefined ? name : `${name} › ${below}`;
}

/** The front matter that the fields of an issue tell. */
export function toFacts(key: string, fields: IssueFields, table: FieldTable): JsonObject {
  const sprints = table.sprints.flatMap((id) => toFact(fields[id]) ?? []).map(String);
  const points = table.storyPoints
    .map((id) => toFact(fields[id]))
    .find((each) => each !== undefined);
  const own: Readonly<Record<string, ReturnType<typeof toFact>>> = {
    key,
    project: fields.project.key,
    issueType: fields.issuetype?.name,
    status: fields.status?.name,
    statusCategory: fields.status?.statusCategory?.name,
    priority: fields.priority?.name,
    resolution: fields.resolution?.name,
    components: toFact(fields.components),
    fixVersions: toFact(fields.fixVersions),
    due: fields.duedate ?? undefined,
    sprint: sprints.length === 0 ? undefined : sprints,
    storyPoints: points,
  };
  const chosen = table.facts.map(({ id, name }) => [name, toFact(fields[id])] as const);
  // The issue's own come last: a field that is called like one of them does not hide it.
  const all = [...chosen, ...Object.entries(own)].filter(([, value]) => value !== undefined);
  return Object.fromEntries(all) as JsonObject;
}
