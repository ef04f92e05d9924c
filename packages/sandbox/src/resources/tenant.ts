import type { Route } from '../http/route.ts';

/** The id by which the gateway `api.atlassian.com/ex/confluence/{cloudId}` knows this site. */
export const cloudId = '6f1e2d3c-4b5a-4978-8a6b-5c4d3e2f1a0b';

/** Undocumented, needs no credentials; how a client learns the cloud id of a site. */
export const tenantRoutes: readonly Route[] = [
  { path: '/_edge/tenant_info', scopes: [], isPublic: true, answer: () => ({ body: { cloudId } }) },
];
