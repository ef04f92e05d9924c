import type { ApiRequest } from '../http/route.ts';
import type { Comment } from '../site/comment.ts';
import { bodyOf, type Space } from '../site/content.ts';
import type { Searchable } from '../site/search-index.ts';
import type { Version } from '../site/version.ts';
import { adfText } from './content-json.ts';
import { labelsV1Json } from './labels.ts';
import { childrenOf } from './v1-children.ts';
import { requireContentOf } from './v1-container.ts';
import { readersJson } from './v1-restriction-json.ts';

type Plain = (item: Searchable) => object;
type Expansion = (request: ApiRequest, item: Searchable, plain: Plain) => object;

function personJson({ site, baseUrl, dialect }: ApiRequest, accountId: string): object {
  const user = site.people.find(accountId);
  return user === undefined ? dialect.stranger(accountId) : dialect.person(user, baseUrl);
}

function versionV1Json(request: ApiRequest, id: string, version: Version): object {
  const { createdAt, message, number, authorId } = version;
  return {
    by: personJson(request, authorId),
    when: createdAt,
    friendlyWhen: createdAt.slice(0, 10),
    message,
    number,
    minorEdit: false,
    contentTypeModified: false,
    _expandable: { collaborators: '', content: `/rest/api/content/${id}` },
    _links: { self: `${request.baseUrl}/rest/api/content/${id}/version/${number}` },
  };
}

function spaceOf(request: ApiRequest, item: Searchable): object {
  const { spaceId } = requireContentOf(request, item);
  return spaceV1Json(request, request.site.spaces.getById(spaceId));
}

/** A space as v1 gives it, by itself and in what lies in it. */
export function spaceV1Json({ baseUrl, dialect }: ApiRequest, space: Space): object {
  const { id, key, name, type, status } = space;
  const links = { webui: dialect.spaceWebui(key), self: `${baseUrl}/rest/api/space/${key}` };
  const fields = { id: Number(id), key, name, type, status, ...dialect.spaceFields(space) };
  return { ...fields, _expandable: {}, _links: links };
}

/** Of a page what it lies under, of a reply what it replies to; the outermost first. */
function ancestorsOf({ site, dialect }: ApiRequest, item: Searchable): readonly Searchable[] {
  if (item.kind === 'attachment') return [];
  if (item.kind !== 'comment') return dialect.ancestorsOf(site, item);
  const above: Comment[] = [];
  for (let id = item.parentId; id !== null;) {
    const parent = site.comments.find(id);
    if (parent !== undefined) above.unshift(parent);
    id = parent?.parentId ?? null;
  }
  return above;
}

function historyJson(request: ApiRequest, item: Searchable): object {
  const createdBy = personJson(request, item.authorId);
  const links = { self: `${request.baseUrl}/rest/api/content/${item.id}/history` };
  return { latest: true, createdBy, createdDate: item.createdAt, _expandable: {}, _links: links };
}

function resolutionJson(request: ApiRequest, item: Searchable): object {
  if (item.kind !== 'comment') return {};
  const { changed } = request.site.comments.rootOf(item).resolution;
  const status = request.site.comments.statusOf(item);
  const modifier = changed && {
    lastModifier: personJson(request, changed.byId),
    lastModifiedDate: changed.at,
  };
  return { extensions: { resolution: { status, ...modifier } } };
}

function anchorJson(_request: ApiRequest, item: Searchable): object {
  if (item.kind !== 'comment' || item.anchor === undefined) return {};
  const { markerRef, selection } = item.anchor;
  return { extensions: { inlineProperties: { originalSelection: selection, markerRef } } };
}

function storageOf(item: Searchable): string {
  if (item.kind === 'attachment') return '';
  return item.kind === 'comment' ? item.body : bodyOf(item);
}

function bodyJson(item: Searchable, representation: string, value: string): object {
  const _expandable = { content: `/rest/api/content/${item.id}` };
  return {
    body: { [representation]: { value, representation, embeddedContent: [], _expandable } },
  };
}

function labelsJson(_request: ApiRequest, item: Searchable): object {
  const labels = 'labels' in item ? item.labels : [];
  return { metadata: { labels: { ...labelsV1Json(labels, 0, 200), _links: {} } } };
}

/** The first page of what hangs below, as v1 embeds it. */
function embedded(name: keyof typeof childrenOf): Expansion {
  return (request, item, plain) => {
    const limit = 25;
    const results = childrenOf[name](request, item.id).slice(0, limit).map(plain);
    const links = { self: `${request.baseUrl}/rest/api/content/${item.id}/child/${name}` };
    const list = { results, start: 0, limit, size: results.length, _links: links };
    return { children: { [name]: list } };
  };
}

/** The fields of v1 that are left out unless asked for with `expand`. */
export const expansions: Readonly<Record<string, Expansion>> = {
  ancestors: (request, item, plain) => ({ ancestors: ancestorsOf(request, item).map(plain) }),
  version: (request, item) => ({ version: versionV1Json(request, item.id, item.version) }),
  space: (request, item) => ({ space: spaceOf(request, item) }),
  container: (request, item, plain) => {
    const content = requireContentOf(request, item);
    return { container: content === item ? spaceOf(request, item) : plain(content) };
  },
  history: (request, item) => ({ history: historyJson(request, item) }),
  'history.lastUpdated': (request, item) => {
    const lastUpdated = versionV1Json(request, item.id, item.version);
    return { history: { ...historyJson(request, item), lastUpdated } };
  },
  'extensions.inlineProperties': anchorJson,
  'extensions.resolution': resolutionJson,
  'body.atlas_doc_format': (request, item) => {
    if (!request.dialect.hasAdf) return {};
    const value = adfText(request, requireContentOf(request, item), storageOf(item));
    return bodyJson(item, 'atlas_doc_format', value);
  },
  'body.storage': ({ dialect }, item) =>
    bodyJson(item, 'storage', dialect.storage(storageOf(item))),
  'metadata.labels': labelsJson,
  'restrictions.read.restrictions.user': (request, item) => readersJson(request, item, ['user']),
  'restrictions.read.restrictions.group': (request, item) => readersJson(request, item, ['group']),
  'children.page': embedded('page'),
  'children.comment': embedded('comment'),
  'children.attachment': embedded('attachment'),
};
