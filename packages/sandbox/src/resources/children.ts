import { answerList } from '../http/paging.ts';
import type { Route } from '../http/route.ts';
import { requireContent } from './content-list.ts';

const scopes = ['read:hierarchical-content:confluence'];

/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-children/ */
export const childrenRoutes: readonly Route[] = [
  {
    path: '/wiki/api/v2/pages/{id}/direct-children',
    scopes,
    answer: (request) => {
      const { site, viewer } = request;
      const page = requireContent(request, 'page');
      const children = site.contents
        .childrenOf(page.id)
        .filter((child) => child.status !== 'trashed' && viewer.sees(child));
      const order = { keyOf: byPosition, isDescending: false };
      return answerList(request, children, order, ({ id, status, title, kind, position }) => ({
        id,
        status,
        title,
        type: kind,
        childPosition: position,
      }));
    },
  },
];

function byPosition({ position, id }: { position: number | null; id: string }): [number, string] {
  return [position ?? 0, id];
}
