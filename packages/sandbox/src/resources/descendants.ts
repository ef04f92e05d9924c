import { invalidParameter } from '../http/api-error.ts';
import { answerList } from '../http/paging.ts';
import type { ApiAnswer, ApiRequest, Route } from '../http/route.ts';
import type { Content } from '../site/content.ts';
import { requireContent } from './content-list.ts';

const scopes = ['read:hierarchical-content:confluence'];

interface Descendant {
  readonly content: Content;
  readonly depth: number;
}

function readDepth({ query }: ApiRequest): number {
  const value = query.get('depth') ?? '2';
  const depth = Number(value);
  if (!Number.isInteger(depth) || depth < 1 || depth > 10) throw invalidParameter('depth', value);
  return depth;
}

function* below(request: ApiRequest, id: string, left: number, depth = 1): Generator<Descendant> {
  if (left === 0) return;
  for (const content of request.site.contents.childrenOf(id)) {
    if (content.status === 'trashed' || !request.viewer.sees(content)) continue;
    yield { content, depth };
    yield* below(request, content.id, left - 1, depth + 1);
  }
}

function answerDescendants(request: ApiRequest, kind: Content['kind']): ApiAnswer {
  const rows = [...below(request, requireContent(request, kind).id, readDepth(request))];
  const keyOf = ({ content, depth }: Descendant): [number, string] => [depth, content.id];
  return answerList(request, rows, { keyOf, isDescending: false }, ({ content, depth }) => ({
    id: content.id,
    status: content.status,
    title: content.title,
    type: content.kind,
    parentId: content.parentId,
    depth,
    childPosition: content.position,
  }));
}

const holders: readonly (readonly [path: string, kind: Content['kind']])[] = [
  ['pages', 'page'],
  ['folders', 'folder'],
  ['whiteboards', 'whiteboard'],
  ['databases', 'database'],
  ['embeds', 'embed'],
];

/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-descendants/ */
export const descendantRoutes: readonly Route[] = holders.map(([path, kind]) => ({
  path: `/wiki/api/v2/${path}/{id}/descendants`,
  scopes,
  answer: (request) => answerDescendants(request, kind),
}));
