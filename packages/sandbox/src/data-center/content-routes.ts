import { contentOf } from '../cql/fields.ts';
import { withForeignRow } from '../faults/tampering.ts';
import { ApiError, notFound } from '../http/api-error.ts';
import { listParameter } from '../http/query.ts';
import type { ApiAnswer } from '../http/route.ts';
import { withBase } from '../resources/links.ts';
import { expandOf } from '../resources/search.ts';
import { v1Json } from '../resources/v1-json.ts';
import { compareIds, type Content } from '../site/content.ts';
import type { Searchable } from '../site/search-index.ts';
import { isKnown } from './contents.ts';
import type { DataCenterRequest, DataCenterRoute } from './request.ts';
import { answerWindow } from './window.ts';

const kinds = ['page', 'blogpost'] as const;

function findItem({ site }: DataCenterRequest, id: string): Searchable | undefined {
  const part = site.comments.find(id) ?? site.attachments.find(id);
  const content = site.contents.find(part?.containerId ?? id);
  return content !== undefined && isKnown(content) ? (part ?? content) : undefined;
}

function mayRead(request: DataCenterRequest, item: Searchable): boolean {
  const { site, viewer } = request;
  if (item.kind === 'comment' || item.kind === 'attachment') return viewer.seesPart(item);
  return viewer.sees(site.contents.get(item.id));
}

function statusOf(item: Searchable): string {
  return item.kind === 'comment' ? 'current' : item.status;
}

/** `any` stands for what is current and what is in the trash. */
function statusesOf({ query }: DataCenterRequest): ReadonlySet<string> {
  const given = query.has('status') ? listParameter(query, 'status') : ['current'];
  return new Set(given.includes('any') ? ['current', 'trashed'] : given);
}

/** Anything with the id of the route, in one of the states. */
export function requireItem(
  request: DataCenterRequest,
  statuses: ReadonlySet<string> = new Set(['current']),
): Searchable {
  const id = request.params['id'] ?? '';
  const item = findItem(request, id);
  if (item === undefined || !mayRead(request, item) || !statuses.has(statusOf(item))) {
    throw new ApiError(404, 'NOT_FOUND', `No content found with id: ContentId{id=${id}}`);
  }
  return item;
}

/** Rows of a list, those that may be seen. */
export function answerItems(
  request: DataCenterRequest,
  items: readonly Searchable[],
  limit?: number,
): ApiAnswer {
  const expand = expandOf(request);
  return answerWindow<Searchable>(request, items, {
    toJson: (item) => v1Json(request, item, expand),
    sees: (item) => mayRead(request, item),
    ...(limit === undefined ? {} : { limit }),
  });
}

function byId(request: DataCenterRequest, contents: readonly Content[]): readonly Content[] {
  const { site, tampering } = request;
  const sorted = contents.toSorted((left, right) => compareIds(left.id, right.id));
  return withForeignRow(tampering, sorted, () => site.contents.all().filter(isKnown));
}

/** All of a space and a kind; of every space without one. */
export function contentsOf(
  request: DataCenterRequest,
  { spaceKey, kind }: { readonly spaceKey: string | null; readonly kind: Content['kind'] },
): readonly Content[] {
  const { site, viewer } = request;
  const space = spaceKey === null ? undefined : site.spaces.find(spaceKey);
  const statuses = statusesOf(request);
  const fits = (content: Content): boolean =>
    isKnown(content) &&
    content.kind === kind &&
    statuses.has(content.status) &&
    (spaceKey === null || content.spaceId === space?.id) &&
    viewer.seesSpace(site.spaces.findById(content.spaceId));
  return byId(request, site.contents.all().filter(fits));
}

function withIds(request: DataCenterRequest, ids: readonly string[]): readonly Searchable[] {
  const statuses = statusesOf(request);
  return ids.flatMap((id) => {
    const item = findItem(request, id);
    return item !== undefined && statuses.has(statusOf(item)) ? [item] : [];
  });
}

function answerContents(request: DataCenterRequest): ApiAnswer {
  const { query, server } = request;
  if (query.has('ids') && server.knowsIds)
    return answerItems(request, withIds(request, listParameter(query, 'ids')));
  const type = query.get('type') ?? 'page';
  const kind = kinds.find((each) => each === type);
  if (kind === undefined) throw new ApiError(400, 'BAD_REQUEST', `Unsupported type: ${type}`);
  const title = query.get('title')?.toLowerCase();
  const all = contentsOf(request, { spaceKey: query.get('spaceKey'), kind });
  const rows = all.filter((row) => title === undefined || row.title.toLowerCase() === title);
  return answerItems(request, rows);
}

function answerItem(request: DataCenterRequest): ApiAnswer {
  const item = requireItem(request, statusesOf(request));
  const expand = request.query.has('expand') ? expandOf(request) : ['history', 'space', 'version'];
  return { body: withBase(v1Json(request, item, expand), request) };
}

/** The page or post that an item belongs to. */
export function requireHolder(request: DataCenterRequest): Content {
  const content = contentOf(requireItem(request), request.site);
  if (content === undefined) throw notFound('content', request.params['id'] ?? '');
  return content;
}

/** https://developer.atlassian.com/server/confluence/rest/ */
export const contentRoutes: readonly DataCenterRoute[] = [
  { path: '/rest/api/content', answer: answerContents },
  { path: '/rest/api/content/{id}', answer: answerItem },
];
