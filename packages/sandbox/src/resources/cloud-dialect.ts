import type { ApiRequest } from '../http/route.ts';
import type { Searchable } from '../site/search-index.ts';
import { displayNameOf } from '../site/user.ts';
import { attachmentWebui, downloadLink } from './attachment-json.ts';
import { commentWebui } from './comment-json.ts';
import { contentLinks } from './links.ts';
import { userV1Json } from './user-json.ts';
import { requireContentOf } from './v1-container.ts';
import type { V1Dialect } from './v1-dialect.ts';

function linksOf(request: ApiRequest, item: Searchable): Record<string, string> {
  const self = `${request.baseUrl}/rest/api/content/${item.id}`;
  if (item.kind === 'comment') {
    return { webui: commentWebui(request, item, requireContentOf(request, item)), self };
  }
  if (item.kind !== 'attachment') return { ...contentLinks(request.site, item), self };
  return { webui: attachmentWebui(item), self, download: downloadLink(item) };
}

/** v1 as Cloud speaks it. */
export const cloudDialect: V1Dialect = {
  person: userV1Json,
  stranger: (accountId) => ({ type: 'known', accountId, displayName: displayNameOf(undefined) }),
  storage: (body) => body,
  hasAdf: true,
  links: linksOf,
  spaceFields: ({ key }) => ({ alias: key }),
  spaceWebui: (key) => `/spaces/${key}`,
  fileFields: ({ fileId, containerId }) => ({ fileId, collectionName: `contentId-${containerId}` }),
  ancestorsOf: (site, content) => site.contents.ancestorsOf(content),
  pagesUnder: (site, id) =>
    site.contents
      .childrenOf(id)
      .filter(({ kind, status }) => kind === 'page' && status === 'current'),
};
