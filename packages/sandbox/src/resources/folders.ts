import type { Route } from '../http/route.ts';
import { placeJson, versionJson } from './content-json.ts';
import { requireContent } from './content-list.ts';
import { contentLinks, withBase } from './links.ts';

/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-folder/ */
export const folderRoutes: readonly Route[] = [
  {
    path: '/wiki/api/v2/folders/{id}',
    answer: (request) => {
      const folder = requireContent(request, 'folder');
      const json = {
        ...placeJson(request.site, folder),
        id: folder.id,
        type: 'folder',
        status: folder.status,
        title: folder.title,
        authorId: folder.authorId,
        ownerId: folder.authorId,
        // The reference says ISO 8601; the service answers epoch milliseconds.
        createdAt: Date.parse(folder.createdAt),
        spaceId: folder.spaceId,
        version: versionJson(folder),
        _links: contentLinks(request.site, folder),
      };
      return { body: withBase(json, request) };
    },
  },
];
