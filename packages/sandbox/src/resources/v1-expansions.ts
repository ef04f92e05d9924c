import type { ApiRequest } from '../http/route.ts';
import type { ConfluenceSite } from '../site/confluence-site.ts';
import { bodyOf } from '../site/content.ts';
import type { Searchable } from '../site/search-index.ts';
import { displayNameOf } from '../site/user.ts';
import type { Version } from '../site/version.ts';
import { labelsV1Json } from './labels.ts';
import { userV1Json } from './user-json.ts';
import { childrenOf } from './v1-children.ts';
import { requireContentOf } from './v1-container.ts';
import { readersJson } from './v1-restriction-json.ts';

type Plain = (item: Searchable) => object;
type Expansion = (request: ApiRequest, item: Searchable, plain: Plain) => object;

function personJson({ site, baseUrl }: ApiRequest, accountId: string): object {
  const user = site.people.find(accountId);
  return user === undefined
    ? { type: 'known', accountId, displayName: displayNameOf(user) }
    : userV1Json(user, baseUrl);
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

function spaceV1Json(request: ApiRequest, item: Searchable): object {
  const { site, baseUrl } = request;
  const space = site.spaces.getById(requireContentOf(request, item).spaceId);
  const { id, key, name, type, status } = space;
  const links = { webui: `/spaces/${key}`, self: `${baseUrl}/rest/api/space/${key}` };
  const fields = { id: Number(id), key, alias: key, name, type, status };
  return { ...fields, _expandable: {}, _links: links };
}

/** Of a page what it lies under, of a reply what it replies to; the outermost first. */
function ancestorsOf(site: ConfluenceSite, item: Searchable): readonly Searchable[] {
  if (item.kind === 'attachment') return [];
  if (item.kind !== 'comment') return site.contents.ancestorsOf(item);
  const parent = item.parentId === null ? undefined : site.comments.find(item.parentId);
  return parent === undefined ? [] : [...ancestorsOf(site, parent), parent];
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

function storageJson(_request: ApiRequest, item: Searchable): object {
  const value =
    item.kind === 'comment' || item.kind === 'attachment' ? bodyOfPart(item) : bodyOf(item);
  const _expandable = { content: `/rest/api/content/${item.id}` };
  const storage = { value, representation: 'storage', embeddedContent: [], _expandable };
  return { body: { storage } };
}

function bodyOfPart(item: Searchable & { kind: 'comment' | 'attachment' }): string {
  return item.kind === 'comment' ? item.body : '';
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
  ancestors: (request, item, plain) => ({ ancestors: ancestorsOf(request.site, item).map(plain) }),
  version: (request, item) => ({ version: versionV1Json(request, item.id, item.version) }),
  space: (request, item) => ({ space: spaceV1Json(request, item) }),
  container: (request, item, plain) => {
    const content = requireContentOf(request, item);
    return { container: content === item ? spaceV1Json(request, item) : plain(content) };
  },
  history: (request, item) => ({ history: historyJson(request, item) }),
  'history.lastUpdated': (request, item) => {
    const lastUpdated = versionV1Json(request, item.id, item.version);
    return { history: { ...historyJson(request, item), lastUpdated } };
  },
  'extensions.inlineProperties': anchorJson,
  'extensions.resolution': resolutionJson,
  'body.storage': storageJson,
  'metadata.labels': labelsJson,
  'restrictions.read.restrictions.user': (request, item) => readersJson(request, item, ['user']),
  'restrictions.read.restrictions.group': (request, item) => readersJson(request, item, ['group']),
  'children.page': embedded('page'),
  'children.comment': embedded('comment'),
  'children.attachment': embedded('attachment'),
};
