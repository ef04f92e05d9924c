import { invalidParameter, notFound } from '../http/api-error.ts';
import { answerList, type Order } from '../http/paging.ts';
import type { ApiAnswer, ApiRequest, Route } from '../http/route.ts';
import type { Label } from '../site/content.ts';
import { requireContainer } from './part-list.ts';

const scopes = ['read:page:confluence'];

const sortValues: Readonly<Record<string, (label: Label) => string | number>> = {
  id: () => 0,
  'created-date': () => 0,
  name: ({ name }) => name,
};

function labelOrder({ query }: ApiRequest): Order<Label> {
  const sort = query.get('sort') ?? 'id';
  const valueOf = sortValues[sort.replace(/^-/, '')];
  if (valueOf === undefined) throw invalidParameter('sort', sort);
  return { keyOf: (label) => [valueOf(label), label.id], isDescending: sort.startsWith('-') };
}

function hasPrefix({ query }: ApiRequest, label: Label): boolean {
  const prefix = query.get('prefix');
  return prefix === null || label.prefix === prefix;
}

function answerLabels(request: ApiRequest, kind: 'page' | 'blogpost'): ApiAnswer {
  const { labels } = requireContainer(request, kind);
  const listed = labels.filter((label) => hasPrefix(request, label));
  return answerList(request, listed, labelOrder(request), ({ id, name, prefix }) => ({
    id,
    name,
    prefix,
  }));
}

/** Labels as v1 writes them, in answers and in `metadata.labels`. */
export function labelsV1Json(labels: readonly Label[], start: number, limit: number): object {
  const cut = labels.slice(start, start + limit);
  const results = cut.map((label) => ({ ...label, label: label.name }));
  return { results, start, limit, size: results.length };
}

/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-label/ and v1's content labels. */
export const labelRoutes: readonly Route[] = [
  {
    path: '/wiki/api/v2/pages/{id}/labels',
    scopes,
    answer: (request) => answerLabels(request, 'page'),
  },
  {
    path: '/wiki/api/v2/blogposts/{id}/labels',
    scopes,
    answer: (request) => answerLabels(request, 'blogpost'),
  },
  {
    path: '/wiki/rest/api/content/{id}/label',
    scopes: ['read:confluence-content.summary', 'read:label:confluence'],
    answer: (request) => {
      const { params, query, site, viewer, baseUrl, path } = request;
      const content = site.contents.find(params['id'] ?? '');
      if (content === undefined || content.status === 'trashed' || !viewer.sees(content)) {
        throw notFound('content', params['id'] ?? '');
      }
      const start = Number(query.get('start') ?? 0);
      const limit = Math.min(Number(query.get('limit') ?? 200), 200);
      const labels = content.labels.filter((label) => hasPrefix(request, label));
      const links = { base: baseUrl, context: '/wiki', self: path };
      return { body: { ...labelsV1Json(labels, start, limit), _links: links } };
    },
  },
];
