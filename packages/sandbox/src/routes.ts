import type { Route } from './http/route.ts';
import { blogPostRoutes } from './resources/blog-posts.ts';
import { childrenRoutes } from './resources/children.ts';
import { currentUserRoutes } from './resources/current-user.ts';
import { folderRoutes } from './resources/folders.ts';
import { pageRoutes } from './resources/pages.ts';
import { searchRoutes } from './resources/search.ts';
import { spaceRoutes } from './resources/spaces.ts';
import { tenantRoutes } from './resources/tenant.ts';

/** Every endpoint of the sandbox. A new resource is a file in `resources/` and a line here. */
export const routes: readonly Route[] = [
  ...spaceRoutes,
  ...pageRoutes,
  ...blogPostRoutes,
  ...folderRoutes,
  ...childrenRoutes,
  ...currentUserRoutes,
  ...searchRoutes,
  ...tenantRoutes,
];
