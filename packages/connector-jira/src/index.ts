import { defineConnector } from '@context-sync/core';

import { configSchema } from './config.ts';
import { JiraConnector } from './connector.ts';

export type { JiraConfig } from './config.ts';
export { JiraConnector };

export default defineConnector({
  contract: '1.0',
  type: 'jira',
  configSchema,
  secrets: ['auth.token', 'auth.cookie', 'headers.*'],
  capabilities: {
    incremental: 'timestamp',
    deletes: 'listing',
    // The list comes from a search index, which may not know of an issue yet.
    listing: { ids: 'cheap', stable: false },
    fetch: true,
    attachments: true,
    hierarchy: true,
  },
  cursorVersion: 1,
  renderVersion: 1,
  configEffects: {
    baseUrl: 'identity',
    deployment: 'identity',
    // Whose view it is, the identity of `check` tells.
    auth: 'none',
    gateway: 'none',
    headers: 'none',
    projects: 'scope',
    jql: 'scope',
    // The cursor knows whether the last list was cut.
    maxIssues: 'none',
  },
  kinds: {
    issue: { flat: true, inOneScope: true },
    comment: { heading: 'Comments' },
  },
  index: {
    groupBy: 'status',
    // To do, in progress, done.
    groupOrder: '-statusCategory',
    sortBy: '-updated',
    columns: ['issueType', 'priority'],
  },
  connector: JiraConnector,
});
