import type { ApiRequest } from '../http/route.ts';
import { attachmentWebui, oldDownloadLink } from '../resources/attachment-json.ts';
import { tinyCode } from '../resources/links.ts';
import { requireContentOf } from '../resources/v1-container.ts';
import type { ConfluenceSite } from '../site/confluence-site.ts';
import type { Content } from '../site/content.ts';
import type { Searchable } from '../site/search-index.ts';

/** Titles with other characters are only found by id. */
const plainTitle = /^[\w .-]+$/;

/** Where a person opens it, below the context path. */
function webui(site: ConfluenceSite, content: Content): string {
  const { kind, id, title, spaceId, createdAt } = content;
  if (!plainTitle.test(title)) return `/pages/viewpage.action?pageId=${id}`;
  const { key } = site.spaces.getById(spaceId);
  const date = kind === 'blogpost' ? `/${createdAt.slice(0, 10).replaceAll('-', '/')}` : '';
  return `/display/${key}${date}/${title.replaceAll(' ', '+')}`;
}

/** The `_links` of one row. */
export function linksOf(request: ApiRequest, item: Searchable): Record<string, string> {
  const self = `${request.baseUrl}/rest/api/content/${item.id}`;
  if (item.kind === 'attachment') {
    return { webui: attachmentWebui(item), download: oldDownloadLink(item), self };
  }
  if (item.kind === 'comment') {
    const page = webui(request.site, requireContentOf(request, item));
    const joint = page.includes('?') ? '&' : '?';
    return { webui: `${page}${joint}focusedCommentId=${item.id}#comment-${item.id}`, self };
  }
  return {
    webui: webui(request.site, item),
    edit: `/pages/resumedraft.action?draftId=${item.id}`,
    tinyui: `/x/${tinyCode(item.id)}`,
    self,
  };
}
