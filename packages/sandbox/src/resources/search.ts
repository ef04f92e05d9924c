import { parseCql } from '../cql.ts';
import { ApiError } from '../http/api-error.ts';
import { cutPage, type Page } from '../http/paging.ts';
import type { ApiAnswer, ApiRequest, Route } from '../http/route.ts';
import type { Content } from '../site/content.ts';
import { contentV1Json } from './content-v1-json.ts';
import { webui } from './links.ts';

/** The index knows no archived page and nothing in the trash, whatever the query says. */
function findContents({ query, site }: ApiRequest): readonly Content[] {
  const cql = query.get('cql') ?? '';
  if (cql === '') throw new ApiError(400, 'BAD_REQUEST', 'cql is required');
  const matches = parseCql(cql);
  const withArchived = query.get('includeArchivedSpaces') === 'true';
  return site.contents.all().filter((content) => {
    const space = site.spaces.getById(content.spaceId);
    const isIndexed = content.status === 'current' && (withArchived || space.status === 'current');
    return isIndexed && site.contents.isVisible(content) && matches(content, site);
  });
}

/** The limit is a wish here: more than 250 is cut, not refused, and `start` does nothing. */
function readLimit({ query }: ApiRequest): number {
  const limit = Number(query.get('limit') ?? 25);
  return Number.isInteger(limit) && limit > 0 ? Math.min(limit, 250) : 25;
}

function answerSearch(
  request: ApiRequest,
  keptParameters: readonly string[],
  toBody: (page: Page<Content>, found: readonly Content[]) => object,
): ApiAnswer {
  const { path, query, baseUrl, tampering } = request;
  const limit = readLimit(request);
  const found = findContents(request);
  const order = { keyOf: ({ id }: Content) => [0, id] as const, isDescending: false };
  const page = cutPage(found, order, { cursor: query.get('cursor'), limit, tampering });
  const self = `${baseUrl.replace(/\/wiki$/, '')}${path}?${query.toString()}`;
  const links: Record<string, string> = { base: baseUrl, context: '/wiki', self };
  if (page.cursor !== undefined) {
    const next = new URLSearchParams({ next: 'true', cursor: page.cursor });
    for (const name of keptParameters) {
      for (const value of query.getAll(name)) next.append(name, value);
    }
    links['next'] = `${path.replace('/wiki', '')}?${next.toString()}&start=${limit}`;
  }
  const size = page.rows.length;
  return { body: { ...toBody(page, found), start: 0, limit, size, _links: links } };
}

function searchRow(request: ApiRequest, content: Content): object {
  const { site } = request;
  const space = site.spaces.getById(content.spaceId);
  return {
    content: contentV1Json(request, content, []),
    title: content.title.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'),
    excerpt: '',
    url: webui(site, content),
    resultGlobalContainer: { title: space.name, displayUrl: `/spaces/${space.key}` },
    breadcrumbs: [],
    entityType: 'content',
    iconCssClass: `aui-icon content-type-${content.kind}`,
    lastModified: content.version.createdAt,
    friendlyLastModified: content.version.createdAt.slice(0, 10),
    score: 0,
  };
}

/**
 * https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-search/ and `content/search`.
 * `next` lacks `/wiki`, and of `/search` it keeps only the query and the limit.
 */
export const searchRoutes: readonly Route[] = [
  {
    path: '/wiki/rest/api/content/search',
    answer: (request) => {
      const expand = request.query.getAll('expand').flatMap((value) => value.split(','));
      return answerSearch(request, ['cql', 'limit', 'expand'], ({ rows }) => ({
        results: rows.map((content) => contentV1Json(request, content, expand)),
      }));
    },
  },
  {
    path: '/wiki/rest/api/search',
    answer: (request) =>
      answerSearch(request, ['cql', 'limit'], ({ rows }, found) => ({
        results: rows.map((content) => searchRow(request, content)),
        totalSize: found.length,
        cqlQuery: request.query.get('cql'),
        searchDuration: 12,
        archivedResultCount: 0,
      })),
  },
];
