import type { Route } from '../http/route.ts';
import { userV1Json } from './user-json.ts';

/** https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-users/ */
export const currentUserRoutes: readonly Route[] = [
  {
    path: '/wiki/rest/api/user/current',
    answer: ({ viewer: { user }, baseUrl }) => {
      const { _links, ...json } = userV1Json(user, baseUrl);
      const links = { ..._links, base: baseUrl, context: '/wiki' };
      return { body: { ...json, email: user.email, timeZone: user.timeZone, _links: links } };
    },
  },
];
