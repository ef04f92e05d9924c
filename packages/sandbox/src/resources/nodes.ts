import type { Route } from '../http/route.ts';
import type { ContentKind } from '../site/content.ts';
import { placeJson, versionJson } from './content-json.ts';
import { requireContent } from './content-list.ts';
import { contentLinks, withBase } from './links.ts';

/** Kinds that have a place in the tree and no body, with the path of each. */
const paths: readonly (readonly [path: string, kind: ContentKind])[] = [
  ['folders', 'folder'],
  ['whiteboards', 'whiteboard'],
  ['databases', 'database'],
  ['embeds', 'embed'],
];

/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-folder/ and its neighbours. */
export const nodeRoutes: readonly Route[] = paths.map(([path, kind]) => ({
  path: `/wiki/api/v2/${path}/{id}`,
  scopes: [`read:${kind}:confluence`],
  answer: (request) => {
    const node = requireContent(request, kind);
    const json = {
      ...placeJson(request.site, node),
      id: node.id,
      type: kind,
      status: node.status,
      title: node.title,
      authorId: node.authorId,
      ownerId: node.authorId,
      // The reference says ISO 8601; for folders the service answers epoch milliseconds.
      createdAt: kind === 'folder' ? Date.parse(node.createdAt) : node.createdAt,
      spaceId: node.spaceId,
      ...(node.embedUrl === undefined ? {} : { embedUrl: node.embedUrl }),
      version: versionJson(node),
      _links: contentLinks(request.site, node),
    };
    return { body: withBase(json, request) };
  },
}));
