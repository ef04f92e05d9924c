import { notFound } from '../http/api-error.ts';
import { listParameter } from '../http/query.ts';
import type { ApiRequest, Route } from '../http/route.ts';
import type { Searchable } from '../site/search-index.ts';
import { withBase } from './links.ts';
import { childrenOf } from './v1-children.ts';
import { v1Json } from './v1-json.ts';
import { restrictionJson } from './v1-restriction-json.ts';

const scopes = ['read:confluence-content.all', 'read:content-details:confluence'];

function find({ params, site, viewer }: ApiRequest): Searchable | undefined {
  const id = params['id'] ?? '';
  const part = site.comments.find(id) ?? site.attachments.find(id);
  if (part !== undefined) return viewer.seesPart(part) ? part : undefined;
  const content = site.contents.find(id);
  return content !== undefined && viewer.sees(content) ? content : undefined;
}

/** Anything with an id, in one of these states. */
function requireItem(request: ApiRequest, statuses: readonly string[]): Searchable {
  const item = find(request);
  const status = item?.kind === 'comment' ? 'current' : (item?.status ?? '');
  if (item === undefined || !(statuses.includes('any') || statuses.includes(status))) {
    throw notFound('content', request.params['id'] ?? '');
  }
  return item;
}

function windowOf({ query }: ApiRequest): { readonly start: number; readonly limit: number } {
  const limit = Math.min(Number(query.get('limit') ?? 50), 250);
  return { start: Number(query.get('start') ?? 0), limit };
}

function expandOf({ query }: ApiRequest): string[] {
  return listParameter(query, 'expand');
}

/**
 * `content/{id}` is no longer in the reference, but it is there; without `status` it knows what is
 * current only. https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-content-restrictions/
 */
export const contentV1Routes: readonly Route[] = [
  {
    path: '/wiki/rest/api/content/{id}',
    scopes,
    answer: (request) => {
      const given = listParameter(request.query, 'status');
      const item = requireItem(request, given.length === 0 ? ['current'] : given);
      return { body: withBase(v1Json(request, item, expandOf(request)), request) };
    },
  },
  ...(['attachment', 'comment', 'page'] as const).map((name) => ({
    path: `/wiki/rest/api/content/{id}/child/${name}`,
    scopes,
    answer: (request: ApiRequest) => {
      const item = requireItem(request, ['current', 'archived']);
      const { start, limit } = windowOf(request);
      const rows = childrenOf[name](request, item.id).slice(start, start + limit);
      const results = rows.map((row) => v1Json(request, row, expandOf(request)));
      const self = `${request.baseUrl}/rest/api/content/${item.id}/child/${name}`;
      const links = { base: request.baseUrl, context: '/wiki', self };
      return { body: { results, start, limit, size: rows.length, _links: links } };
    },
  })),
  {
    path: '/wiki/rest/api/content/{id}/restriction/byOperation',
    scopes,
    answer: (request) => {
      const item = requireItem(request, ['current', 'archived']);
      const expand = expandOf(request);
      const names = ['user', 'group'] as const;
      const parts = names.filter((name) => expand.includes(`restrictions.${name}`));
      const self = `${request.baseUrl}/rest/api/content/${item.id}/restriction/byOperation`;
      const read = restrictionJson(request, item, 'read', parts);
      const update = restrictionJson(request, item, 'update', parts);
      return { body: { read, update, _links: { self, base: request.baseUrl, context: '/wiki' } } };
    },
  },
];
