import type { ApiRequest } from '../http/route.ts';
import { bodyOf, type Content } from '../site/content.ts';
import { contentLinks } from './links.ts';

type Expansion = (request: ApiRequest, content: Content) => object;

/** The fields of v1 that are left out unless asked for with `expand`. */
const expansions: Readonly<Record<string, Expansion>> = {
  ancestors: (request, content) => ({
    ancestors: request.site.contents
      .ancestorsOf(content)
      .map((ancestor) => contentV1Json(request, ancestor, [])),
  }),
  version: ({ baseUrl, site }, { id, version }) => {
    const author = site.users.find((user) => user.accountId === version.authorId);
    return {
      version: {
        by: { type: 'known', accountId: version.authorId, displayName: author?.name ?? '' },
        when: version.createdAt,
        friendlyWhen: version.createdAt.slice(0, 10),
        message: version.message,
        number: version.number,
        minorEdit: false,
        contentTypeModified: false,
        _expandable: { collaborators: '', content: `/rest/api/content/${id}` },
        _links: { self: `${baseUrl}/rest/api/content/${id}/version/${version.number}` },
      },
    };
  },
  space: ({ baseUrl, site }, content) => {
    const { id, key, name, type, status } = site.spaces.getById(content.spaceId);
    const links = { webui: `/spaces/${key}`, self: `${baseUrl}/rest/api/space/${key}` };
    return {
      space: {
        id: Number(id),
        key,
        alias: key,
        name,
        type,
        status,
        _expandable: {},
        _links: links,
      },
    };
  },
  'body.storage': (_request, content) => ({
    body: {
      storage: {
        value: bodyOf(content),
        representation: 'storage',
        embeddedContent: [],
        _expandable: { content: `/rest/api/content/${content.id}` },
      },
    },
  }),
};

/** A page, blog post or folder as v1 gives it; unknown names in `expand` change nothing. */
export function contentV1Json(
  request: ApiRequest,
  content: Content,
  expand: readonly string[],
): object {
  const { baseUrl, site } = request;
  const expanded = expand.map((name) => expansions[name.trim()]?.(request, content) ?? {});
  const { key } = site.spaces.getById(content.spaceId);
  return {
    id: content.id,
    type: content.kind,
    status: content.status,
    title: content.title,
    macroRenderedOutput: {},
    extensions: content.position === null ? {} : { position: content.position },
    _expandable: {
      container: `/rest/api/space/${key}`,
      space: `/rest/api/space/${key}`,
      history: `/rest/api/content/${content.id}/history`,
      ancestors: '',
      body: '',
      version: '',
    },
    _links: { ...contentLinks(site, content), self: `${baseUrl}/rest/api/content/${content.id}` },
    ...Object.assign({}, ...expanded),
  };
}
