import { z } from 'zod';

import type { Route } from '../http/route.ts';
import { readPosted } from './posted-json.ts';
import { userJson } from './user-json.ts';

const scopes = ['read:user:confluence'];

const wanted = z.object({ accountIds: z.array(z.string()).min(1).max(250) });

/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-user/ */
export const usersBulkRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/wiki/api/v2/users-bulk',
    scopes,
    answer: (request) => {
      const { accountIds } = readPosted(request, wanted);
      const users = [...new Set(accountIds)].flatMap((id) => request.site.people.find(id) ?? []);
      const results = users.filter(({ isHidden }) => !isHidden).map(userJson);
      return { body: { results, _links: { base: request.baseUrl } } };
    },
  },
];
