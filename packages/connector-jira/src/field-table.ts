import type { JiraConfig } from './config.ts';
import type { Field } from './schema.ts';

/** A custom field that is read, by its id and present name. */
interface NamedField {
  readonly id: string;
  readonly name: string;
}

/** What of the fields of a site is read, and how. */
export interface FieldTable {
  /** Ids of all fields to ask for. */
  readonly ids: readonly string[];
  /** Custom fields that hold formatted text: sections of their own, in the order of their names. */
  readonly texts: readonly NamedField[];
  /** Custom fields for the front matter. */
  readonly facts: readonly NamedField[];
  readonly sprints: readonly string[];
  readonly storyPoints: readonly string[];
  /** Equal for tables that read the same. */
  readonly print: string;
}

const systemFields: readonly string[] = [
  'summary',
  'description',
  'environment',
  'issuetype',
  'project',
  'status',
  'priority',
  'resolution',
  'assignee',
  'reporter',
  'labels',
  'components',
  'fixVersions',
  'duedate',
  'created',
  'updated',
  'archiveddate',
  'security',
  'parent',
  'issuelinks',
  'attachment',
];

/** Kinds of custom fields, as the service names them. */
const kinds = {
  text: /:textarea$/,
  sprint: /:gh-sprint$/,
  storyPoints: /:jsw-story-points$/,
};

/** Before team-managed projects had a kind for them, story points were a number of this name. */
const storyPointsName = /^story points?$/i;

/** Chooses the fields to read from those that the site has. */
export function makeFieldTable(
  fields: readonly Field[],
  config: Pick<JiraConfig, 'comments' | 'worklogs' | 'fields'>,
): FieldTable {
  const ofKind = (kind: RegExp): Field[] =>
    fields.filter(({ schema }) => kind.test(schema?.custom ?? ''));
  const texts = ofKind(kinds.text);
  const sprints = ofKind(kinds.sprint).map(({ id }) => id);
  const storyPoints = fields
    .filter(
      ({ name, schema }) =>
        kinds.storyPoints.test(schema?.custom ?? '') ||
        (schema?.type === 'number' && storyPointsName.test(name)),
    )
    .map(({ id }) => id);
  const wanted = new Set(config.fields.map((name) => name.toLowerCase()));
  const facts = fields.filter(
    ({ id, name }) => wanted.has(id.toLowerCase()) || wanted.has(name.toLowerCase()),
  );
  const ids = [
    ...systemFields,
    ...(config.comments ? ['comment'] : []),
    ...(config.worklogs ? ['worklog'] : []),
    ...[...texts, ...facts].map(({ id }) => id),
    ...sprints,
    ...storyPoints,
  ];
  const table = {
    texts: toNamed(texts),
    facts: toNamed(facts),
    sprints: sprints.toSorted(),
    storyPoints: storyPoints.toSorted(),
  };
  return { ids: [...new Set(ids)], ...table, print: JSON.stringify(table) };
}

function toNamed(fields: readonly Field[]): NamedField[] {
  return fields
    .map(({ id, name }) => ({ id, name }))
    .toSorted((left, right) =>
      Buffer.compare(Buffer.from(left.name + left.id), Buffer.from(right.name + right.id)),
    );
}
