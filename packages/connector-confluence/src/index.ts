import { defineConnector } from '@context-sync/core';

import { configSchema } from './config.ts';
import { ConfluenceConnector } from './connector.ts';

export type { ConfluenceConfig } from './config.ts';
export { ConfluenceConnector };

export default defineConnector({
  contract: '1.0',
  type: 'confluence',
  configSchema,
  secrets: ['auth.token', 'auth.cookie', 'headers.*'],
  capabilities: {
    incremental: 'none',
    deletes: 'listing',
    // A page that moves between two spaces while both are listed may be in neither list.
    listing: { ids: 'cheap', stable: false },
    fetch: true,
    hierarchy: true,
  },
  cursorVersion: 1,
  renderVersion: 1,
  configEffects: {
    baseUrl: 'identity',
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
  },
  kinds: { blogpost: { folder: 'blog' } },
  connector: ConfluenceConnector,
});
