import type { Route } from './http/route.ts';
import { attachmentRoutes } from './resources/attachments.ts';
import { blogPostRoutes } from './resources/blog-posts.ts';
import { childrenRoutes } from './resources/children.ts';
import { commentRoutes } from './resources/comments.ts';
import { contentTypeRoutes } from './resources/content-types.ts';
import { contentV1Routes } from './resources/content-v1.ts';
import { currentUserRoutes } from './resources/current-user.ts';
import { descendantRoutes } from './resources/descendants.ts';
import { downloadRoutes } from './resources/download.ts';
import { labelRoutes } from './resources/labels.ts';
import { nodeRoutes } from './resources/nodes.ts';
import { pageRoutes } from './resources/pages.ts';
import { searchRoutes } from './resources/search.ts';
import { spaceRoutes } from './resources/spaces.ts';
import { tenantRoutes } from './resources/tenant.ts';
import { usersBulkRoutes } from './resources/users-bulk.ts';

/**
 * Every endpoint of the sandbox; the first that fits answers. A new resource is a file in
 * `resources/` and a line here.
 */
export const routes: readonly Route[] = [
  ...spaceRoutes,
  ...pageRoutes,
  ...blogPostRoutes,
  ...nodeRoutes,
  ...childrenRoutes,
  ...descendantRoutes,
  ...commentRoutes,
  ...attachmentRoutes,
  ...downloadRoutes,
  ...labelRoutes,
  ...currentUserRoutes,
  ...usersBulkRoutes,
  ...contentTypeRoutes,
  ...searchRoutes,
  ...contentV1Routes,
  ...tenantRoutes,
];
