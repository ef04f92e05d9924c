import type { Route } from '../http/route.ts';
import { userV1Json } from './user-json.ts';

const scopes = ['read:confluence-user', 'read:content-details:confluence'];

/** https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-users/ */
export const currentUserRoutes: readonly Route[] = [
  {
    path: '/wiki/rest/api/user/current',
    scopes,
    answer: ({ viewer: { user }, baseUrl }) => {
      const { _links, ...json } = userV1Json(user, baseUrl);
      const links = { ..._links, base: baseUrl, context: '/wiki' };
      return { body: { ...json, email: user.email, timeZone: user.timeZone, _links: links } };
    },
  },
];
