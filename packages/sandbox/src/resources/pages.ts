import { answerList } from '../http/paging.ts';
import type { ApiRequest, Route } from '../http/route.ts';
import type { Space } from '../site/content.ts';
import { pageJson } from './content-json.ts';
import {
  bodyFormat,
  contentOrder,
  requireContent,
  requireSpace,
  selectContents,
} from './content-list.ts';
import { withBase } from './links.ts';

const scopes = ['read:page:confluence'];

function listPages(request: ApiRequest, space?: Space): ReturnType<Route['answer']> {
  const { query } = request;
  const format = bodyFormat(request);
  const isRoot = space !== undefined && query.get('depth') === 'root';
  const pages = selectContents(request, 'page', space).filter(
    (page) => !isRoot || page.parentId === null,
  );
  return answerList(request, pages, contentOrder(request, 'page'), (page) =>
    pageJson(request, page, format),
  );
}

/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-page/ */
export const pageRoutes: readonly Route[] = [
  { path: '/wiki/api/v2/pages', scopes, answer: (request) => listPages(request) },
  {
    path: '/wiki/api/v2/spaces/{id}/pages',
    scopes,
    answer: (request) => listPages(request, requireSpace(request)),
  },
  {
    path: '/wiki/api/v2/pages/{id}',
    scopes,
    answer: (request) => {
      const page = requireContent(request, 'page');
      const json = pageJson(request, page, bodyFormat(request));
      return { body: withBase(json, request) };
    },
  },
];
