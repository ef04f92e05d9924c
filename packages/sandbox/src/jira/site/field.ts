/** A field of issues as `GET /field` tells it. */
export interface Field {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** For lists. */
  readonly items?: string;
  /** Key of the kind of a custom field; `undefined` for a system field. */
  readonly custom?: string;
}

const kinds = 'com.atlassian.jira.plugin.system.customfieldtypes';

/** Fields that every site has, as far as mirrors read them. */
export const systemFields: readonly Field[] = [
  { id: 'summary', name: 'Summary', type: 'string' },
  { id: 'description', name: 'Description', type: 'string' },
  { id: 'environment', name: 'Environment', type: 'string' },
  { id: 'issuetype', name: 'Issue Type', type: 'issuetype' },
  { id: 'status', name: 'Status', type: 'status' },
  { id: 'priority', name: 'Priority', type: 'priority' },
  { id: 'resolution', name: 'Resolution', type: 'resolution' },
  { id: 'assignee', name: 'Assignee', type: 'user' },
  { id: 'reporter', name: 'Reporter', type: 'user' },
  { id: 'labels', name: 'Labels', type: 'array', items: 'string' },
  { id: 'components', name: 'Components', type: 'array', items: 'component' },
  { id: 'fixVersions', name: 'Fix versions', type: 'array', items: 'version' },
  { id: 'duedate', name: 'Due date', type: 'date' },
  { id: 'parent', name: 'Parent', type: 'issuelink' },
  { id: 'subtasks', name: 'Sub-tasks', type: 'array', items: 'issuelinks' },
  { id: 'issuelinks', name: 'Linked Issues', type: 'array', items: 'issuelinks' },
  { id: 'attachment', name: 'Attachment', type: 'array', items: 'attachment' },
  { id: 'comment', name: 'Comment', type: 'comments-page' },
  { id: 'worklog', name: 'Log Work', type: 'array', items: 'worklog' },
  { id: 'created', name: 'Created', type: 'datetime' },
  { id: 'updated', name: 'Updated', type: 'datetime' },
  { id: 'project', name: 'Project', type: 'project' },
];

/** The custom fields that a new site has. */
export const customFields: readonly Field[] = [
  {
    id: 'customfield_10016',
    name: 'Story point estimate',
    type: 'number',
    custom: 'com.pyxis.greenhopper.jira:jsw-story-points',
  },
  {
    id: 'customfield_10020',
    name: 'Sprint',
    type: 'array',
    items: 'json',
    custom: 'com.pyxis.greenhopper.jira:gh-sprint',
  },
  {
    id: 'customfield_10031',
    name: 'Acceptance criteria',
    type: 'string',
    custom: `${kinds}:textarea`,
  },
  { id: 'customfield_10032', name: 'Customer', type: 'string', custom: `${kinds}:textfield` },
];
