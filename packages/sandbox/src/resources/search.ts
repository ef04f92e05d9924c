import { contentOf, type CqlContext } from '../cql/fields.ts';
import { type ParsedCql, parseCql } from '../cql/parse-cql.ts';
import { withForeignRow } from '../faults/tampering.ts';
import { ApiError } from '../http/api-error.ts';
import { cutPage, type Order, type Page } from '../http/paging.ts';
import type { ApiAnswer, ApiRequest, Route } from '../http/route.ts';
import { mostRows } from '../http/search-limits.ts';
import type { Searchable } from '../site/search-index.ts';
import { requireContentOf } from './v1-container.ts';
import { v1Json } from './v1-json.ts';

const scopes = ['search:confluence', 'read:content-details:confluence'];

/** What a query finds, and in which order. */
export function searchIndex(
  request: ApiRequest,
  context: Omit<CqlContext, 'site'>,
): { readonly found: readonly Searchable[]; readonly order: Order<Searchable> } {
  const { query, site, tampering } = request;
  const cql = query.get('cql') ?? '';
  if (cql === '') throw new ApiError(400, 'BAD_REQUEST', 'cql is required');
  const parsed = parseCql(cql, { site, ...context });
  const all = site.index.all();
  const asked = all.filter((item) => parsed.matches(item) && isFound(request, item));
  const found = withForeignRow(tampering, asked, () =>
    all.filter((item) => isFound(request, item)),
  );
  return { found, order: toOrder(parsed) };
}

/**
 * The index knows no archived page, nothing in the trash and no part of either, whatever the query
 * says. What one may see is decided by the site as it is, not as the index has it.
 */
function isFound({ query, site, viewer }: ApiRequest, item: Searchable): boolean {
  const content = contentOf(item, site);
  const space = site.spaces.findById(content?.spaceId ?? '');
  if (content === undefined || space === undefined || content.status !== 'current') return false;
  if (item.kind === 'attachment' && item.status !== 'current') return false;
  const withArchived = query.get('includeArchivedSpaces') === 'true';
  const isOpen = withArchived || space.status === 'current';
  return isOpen && viewer.sees(site.contents.find(content.id) ?? content);
}

function toOrder({ order }: ParsedCql): Order<Searchable> {
  const valueOf = order?.field ?? ((): string => '');
  return { keyOf: (item) => [valueOf(item), item.id], isDescending: order?.isDescending ?? false };
}

export function expandOf({ query }: ApiRequest): string[] {
  return query.getAll('expand').flatMap((value) => value.split(','));
}

/** The limit is a wish here: what is too much is cut, not refused. */
function readLimit(request: ApiRequest): number {
  const most = mostRows(request.searchLimits, expandOf(request));
  const limit = Number(request.query.get('limit') ?? 25);
  return Math.min(Number.isInteger(limit) && limit > 0 ? limit : 25, most);
}

/** `start` does nothing. */
function answerSearch(
  request: ApiRequest,
  keptParameters: readonly string[],
  toBody: (page: Page<Searchable>, found: readonly Searchable[]) => object,
): ApiAnswer {
  const { path, query, baseUrl, tampering, viewer } = request;
  const limit = readLimit(request);
  const { found, order } = searchIndex(request, { timeZone: viewer.user.timeZone });
  const cut = { cursor: query.get('cursor'), limit, tampering };
  const page = cutPage(found, order, cut);
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

function escapeTitle(title: string): string {
  return title.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

export function searchRow(request: ApiRequest, item: Searchable): object {
  const { site, dialect } = request;
  const content = requireContentOf(request, item);
  const space = site.spaces.getById(content.spaceId);
  const prefix = item.kind === 'comment' ? 'Re: ' : '';
  return {
    content: v1Json(request, item, []),
    title: escapeTitle(item.kind === 'attachment' ? item.title : prefix + content.title),
    excerpt: '',
    url: dialect.links(request, content)['webui'],
    resultGlobalContainer: { title: space.name, displayUrl: dialect.spaceWebui(space.key) },
    breadcrumbs: [],
    entityType: 'content',
    iconCssClass: `aui-icon content-type-${item.kind}`,
    lastModified: item.version.createdAt,
    friendlyLastModified: item.version.createdAt.slice(0, 10),
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
    scopes,
    answer: (request) =>
      answerSearch(request, ['cql', 'limit', 'expand'], ({ rows }) => ({
        results: rows.map((item) => v1Json(request, item, expandOf(request))),
      })),
  },
  {
    path: '/wiki/rest/api/search',
    scopes,
    answer: (request) =>
      answerSearch(request, ['cql', 'limit'], ({ rows }, found) => ({
        results: rows.map((item) => searchRow(request, item)),
        totalSize: found.length,
        cqlQuery: request.query.get('cql'),
        searchDuration: 12,
        archivedResultCount: 0,
      })),
  },
];
