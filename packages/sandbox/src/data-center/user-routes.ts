import { ApiError } from '../http/api-error.ts';
import { withBase } from '../resources/links.ts';
import { findPerson, personJson } from './people.ts';
import type { DataCenterRoute } from './request.ts';

export const userRoutes: readonly DataCenterRoute[] = [
  {
    path: '/rest/api/user/current',
    answer: (request) => ({
      body: withBase(personJson(request.viewer.user, request.baseUrl), request),
    }),
  },
  {
    path: '/rest/api/user',
    answer: (request) => {
      const { query, site, baseUrl } = request;
      const [key, username] = [query.get('key'), query.get('username')];
      const user = findPerson(site, { key, username });
      if (user === undefined) {
        throw new ApiError(404, 'NOT_FOUND', `No user found with key : ${key ?? username}`);
      }
      return { body: withBase(personJson(user, baseUrl), request) };
    },
  },
];
