import { defineConnector } from '@context-sync/core';

import { configSchema } from './config.ts';
import { ConfluenceConnector } from './connector.ts';
import { renderVersion } from './render-version.ts';

export type { ConfluenceConfig } from './config.ts';
export { ConfluenceConnector };

export default defineConnector({
  contract: '1.0',
  type: 'confluence',
  configSchema,
  secrets: ['auth.token', 'auth.cookie', 'headers.*'],
  capabilities: {
    incremental: 'timestamp',
    deletes: 'listing',
    // A page that moves between two spaces while both are listed may be in neither list.
    listing: { ids: 'cheap', stable: false },
    fetch: true,
    attachments: true,
    permissions: true,
    hierarchy: true,
  },
  cursorVersion: 1,
  renderVersion,
  configEffects: {
    baseUrl: 'identity',
    deployment: 'identity',
    body: 'render',
    // Whose view it is, the identity of `check` tells.
    auth: 'none',
    gateway: 'none',
    headers: 'none',
    spaces: 'scope',
    personalSpaces: 'scope',
    includeArchived: 'scope',
    // Every run lists everything, so these need no more than the next one.
    blogPosts: 'none',
    maxPages: 'none',
    include: 'none',
    exclude: 'none',
    // The cursor knows by which of these comments and attachments were read.
    comments: 'none',
    attachments: 'none',
  },
  kinds: {
    blogpost: { folder: 'blog' },
    'footer-comment': { heading: 'Comments' },
    'inline-comment': { heading: 'Inline comments' },
  },
  connector: ConfluenceConnector,
});
