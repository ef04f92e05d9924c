import type { ApiRequest } from '../http/route.ts';
import { sizeOf } from '../site/attachment.ts';
import type { Searchable } from '../site/search-index.ts';
import { mediaDescription } from './attachment-json.ts';
import { mergeJson } from './merge-json.ts';
import { requireContentOf } from './v1-container.ts';
import { expansions } from './v1-expansions.ts';

function titleOf(request: ApiRequest, item: Searchable): string {
  return item.kind === 'comment' ? `Re: ${requireContentOf(request, item).title}` : item.title;
}

/** What v1 shows of a kind without being asked. */
function extensionsOf({ dialect }: ApiRequest, item: Searchable): object {
  if (item.kind === 'comment') {
    const names = item.location === 'inline' ? { inlineProperties: '' } : {};
    return { location: item.location, _expandable: { ...names, resolution: '' } };
  }
  if (item.kind !== 'attachment') return item.position === null ? {} : { position: item.position };
  return {
    mediaType: item.mediaType,
    fileSize: sizeOf(item.content),
    comment: item.comment,
    mediaTypeDescription: mediaDescription(item.mediaType),
    ...dialect.fileFields(item),
  };
}

function expandableOf(request: ApiRequest, item: Searchable): object {
  const content = requireContentOf(request, item);
  const { key } = request.site.spaces.getById(content.spaceId);
  const own = `/rest/api/content/${item.id}`;
  const container = content === item ? `/rest/api/space/${key}` : `/rest/api/content/${content.id}`;
  return {
    container,
    space: `/rest/api/space/${key}`,
    history: `${own}/history`,
    restrictions: `${own}/restriction/byOperation`,
    children: `${own}/child`,
    descendants: `${own}/descendant`,
    metadata: '',
    operations: '',
    childTypes: '',
    schedulePublishDate: '',
    schedulePublishInfo: '',
    ancestors: '',
    body: '',
    version: '',
  };
}

function without(expandable: object, expand: readonly string[]): object {
  const expanded = new Set(expand.map((name) => name.trim().split('.')[0] ?? ''));
  return Object.fromEntries(Object.entries(expandable).filter(([name]) => !expanded.has(name)));
}

/** Anything with an id as v1 gives it; unknown names in `expand` change nothing. */
export function v1Json(request: ApiRequest, item: Searchable, expand: readonly string[]): object {
  const base = {
    id: item.id,
    type: item.kind,
    status: item.kind === 'comment' ? 'current' : item.status,
    title: titleOf(request, item),
    macroRenderedOutput: {},
    ...(item.kind === 'attachment' ? { metadata: { mediaType: item.mediaType } } : {}),
    extensions: extensionsOf(request, item),
    _expandable: without(expandableOf(request, item), expand),
    _links: request.dialect.links(request, item),
  };
  const plain = (other: Searchable): object => v1Json(request, other, []);
  return expand
    .map((name) => expansions[name.trim()]?.(request, item, plain) ?? {})
    .reduce(mergeJson, base);
}
