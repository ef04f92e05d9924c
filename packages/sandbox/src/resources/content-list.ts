import { withForeignRow } from '../faults/tampering.ts';
import { invalidParameter, notFound } from '../http/api-error.ts';
import type { Order } from '../http/paging.ts';
import { idsParameter, wordsParameter } from '../http/query.ts';
import type { ApiRequest } from '../http/route.ts';
import type { Content, ContentKind, ContentStatus, Space } from '../site/content.ts';

type ListedStatus = ContentStatus | 'deleted';

const statuses: Readonly<Record<'page' | 'blogpost', readonly ListedStatus[]>> = {
  page: ['current', 'archived', 'deleted', 'trashed'],
  blogpost: ['current', 'deleted', 'trashed'],
};

/** What the reference says is listed when no status is asked for. */
const defaultStatuses: typeof statuses = {
  page: ['current', 'archived'],
  blogpost: ['current'],
};

const sortValues: Readonly<Record<string, (content: Content) => string | number>> = {
  id: () => 0,
  'created-date': (content) => content.createdAt,
  'modified-date': (content) => content.version.createdAt,
  title: (content) => content.title.toLowerCase(),
};

/** The order that `sort` asks for; by id when it is absent. Blog posts have no order by title. */
export function contentOrder({ query }: ApiRequest, kind: 'page' | 'blogpost'): Order<Content> {
  const sort = query.get('sort') ?? 'id';
  const field = sort.replace(/^-/, '');
  const valueOf = sortValues[field];
  if (valueOf === undefined || (kind === 'blogpost' && field === 'title')) {
    throw invalidParameter('sort', sort);
  }
  const isDescending = sort.startsWith('-');
  return { keyOf: (content) => [valueOf(content), content.id], isDescending };
}

/** The body format asked for, `null` for none. Lists know these two only. */
export function bodyFormat({ query }: ApiRequest): string | null {
  const format = query.get('body-format');
  if (format !== null && format !== 'storage' && format !== 'atlas_doc_format') {
    throw invalidParameter('body-format', format);
  }
  return format;
}

/** The pages or blog posts that the parameters of a list select, of one space or of all. */
export function selectContents(
  { query, site, viewer, tampering }: ApiRequest,
  kind: 'page' | 'blogpost',
  space?: Space,
): readonly Content[] {
  const ids = idsParameter(query, 'id', 250);
  const spaceIds = space ? new Set([space.id]) : idsParameter(query, 'space-id', 100);
  const listed = new Set(wordsParameter(query, 'status', statuses[kind], defaultStatuses[kind]));
  const title = query.get('title')?.toLowerCase();
  const subtype = query.get('subtype');
  const candidates = ids
    ? [...ids].flatMap((id) => site.contents.find(id) ?? [])
    : site.contents.all();
  const shown = (content: Content): boolean => content.kind === kind && viewer.sees(content);
  const selected = candidates.filter(
    (content) =>
      shown(content) &&
      listed.has(content.status) &&
      (spaceIds === undefined || spaceIds.has(content.spaceId)) &&
      (title === undefined || content.title.toLowerCase() === title) &&
      (subtype === null || (content.subtype ?? 'page') === subtype),
  );
  const isElsewhere = ({ spaceId }: Content): boolean => !(spaceIds?.has(spaceId) ?? false);
  return withForeignRow(tampering, selected, () =>
    site.contents
      .all()
      .filter((item) => shown(item) && item.status === 'current' && isElsewhere(item)),
  );
}

/** One content by the `{id}` of the route; 404 when it is hidden, purged or of another kind. */
export function requireContent({ params, site, viewer }: ApiRequest, kind: ContentKind): Content {
  const id = params['id'] ?? '';
  const content = site.contents.find(id);
  if (content?.kind !== kind || !viewer.sees(content)) throw notFound(kind, id);
  return content;
}

/** The space by the `{id}` of the route. */
export function requireSpace({ params, site, viewer }: ApiRequest): Space {
  const id = params['id'] ?? '';
  const space = site.spaces.findById(id);
  if (space === undefined || !viewer.seesSpace(space)) throw notFound('space', id);
  return space;
}
