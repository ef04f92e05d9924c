import type { HttpRequest } from '@context-sync/core';

/** A scope of a token and what of a sync needs it. */
export interface TokenScope {
  readonly scope: string;
  /** The routes that need it, by their path below `/wiki`. */
  readonly routes: RegExp;
  /** A harmless request that needs it: the scope is looked at before what is asked for. */
  readonly probe: HttpRequest;
  /** Ends "Without it …". */
  readonly without: string;
  /** A sync does without it, in a way that `without` tells. @default false */
  readonly optional?: boolean;
}

const nothing = '0';

/**
 * Scope by route, from `x-atlassian-oauth2-scopes` in the specifications of
 * https://developer.atlassian.com/cloud/confluence/rest/v2/ and v1. The first route that fits counts.
 */
export const tokenScopes: readonly TokenScope[] = [
  {
    scope: 'read:confluence-user',
    routes: /^\/rest\/api\/user\//,
    probe: { path: '/rest/api/user/current' },
    without: 'the credentials cannot be proven, and nothing is read',
  },
  {
    scope: 'read:hierarchical-content:confluence',
    routes: /^\/api\/v2\/[a-z]+\/[^/]+\/(direct-children|descendants|ancestors)$/,
    probe: { path: `/api/v2/pages/${nothing}/descendants` },
    without: '"sync --only" cannot read the pages below the one that is named',
    optional: true,
  },
  {
    scope: 'read:comment:confluence',
    routes: /^\/api\/v2\/(.+\/)?(footer|inline)-comments(\/|$)/,
    probe: { path: `/api/v2/footer-comments/${nothing}` },
    without: 'comments cannot be read',
  },
  {
    scope: 'read:attachment:confluence',
    routes: /^\/api\/v2\/(.+\/)?attachments(\/|$)/,
    probe: { path: `/api/v2/attachments/att${nothing}` },
    without: 'attachments cannot be listed',
  },
  {
    scope: 'read:page:confluence',
    routes: /^\/api\/v2\/(spaces\/[^/]+\/)?(pages|blogposts)(\/|$)/,
    probe: { path: `/api/v2/pages/${nothing}` },
    without: 'no page and no blog post is read',
  },
  {
    scope: 'read:space:confluence',
    routes: /^\/api\/v2\/spaces(\/|$)/,
    probe: { path: `/api/v2/spaces/${nothing}` },
    without: 'no space is found',
  },
  {
    scope: 'read:folder:confluence',
    routes: /^\/api\/v2\/folders\//,
    probe: { path: `/api/v2/folders/${nothing}` },
    without: 'folders that the search does not know yet cannot be read',
  },
  {
    scope: 'read:whiteboard:confluence',
    routes: /^\/api\/v2\/whiteboards\//,
    probe: { path: `/api/v2/whiteboards/${nothing}` },
    without: 'whiteboards that the search does not know yet cannot be read',
    optional: true,
  },
  {
    scope: 'read:database:confluence',
    routes: /^\/api\/v2\/databases\//,
    probe: { path: `/api/v2/databases/${nothing}` },
    without: 'databases that the search does not know yet cannot be read',
    optional: true,
  },
  {
    scope: 'read:embed:confluence',
    routes: /^\/api\/v2\/embeds\//,
    probe: { path: `/api/v2/embeds/${nothing}` },
    without: 'Smart Links in the tree that the search does not know yet cannot be read',
    optional: true,
  },
  {
    scope: 'read:content.metadata:confluence',
    routes: /^\/api\/v2\/content\//,
    probe: {
      path: '/api/v2/content/convert-ids-to-types',
      method: 'POST',
      idempotent: true,
      body: { contentIds: [nothing] },
    },
    without: 'the kind of a missing document cannot be told',
  },
  {
    scope: 'read:user:confluence',
    routes: /^\/api\/v2\/users-bulk$/,
    probe: {
      path: '/api/v2/users-bulk',
      method: 'POST',
      idempotent: true,
      body: { accountIds: [nothing] },
    },
    without: 'people keep their account ids in place of names',
    optional: true,
  },
  {
    scope: 'search:confluence',
    routes: /^\/rest\/api\/(content\/)?search$/,
    probe: { path: '/rest/api/content/search', query: { cql: 'id=0', limit: 1 } },
    without: 'folders, labels and comments are read one by one, which takes more requests',
    optional: true,
  },
  {
    scope: 'readonly:content.attachment:confluence',
    routes: /^\/rest\/api\/content\/[^/]+\/child\/attachment\//,
    probe: { path: `/rest/api/content/${nothing}/child/attachment/att${nothing}/download` },
    without: 'attachments cannot be downloaded',
    optional: true,
  },
  {
    scope: 'read:confluence-content.all',
    routes: /^\/rest\/api\/content\//,
    probe: { path: `/rest/api/content/${nothing}/restriction/byOperation` },
    without: 'it is not shown who may view a restricted page',
    optional: true,
  },
];

/** The scope that a request needs, by its path below `/wiki`. */
export function scopeOf(path: string): string | undefined {
  return tokenScopes.find(({ routes }) => routes.test(path))?.scope;
}
