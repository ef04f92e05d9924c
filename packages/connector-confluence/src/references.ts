import { contextLink, type PageReference, type StorageReferences } from '@context-sync/markdown';

import { jiraUrl } from './jira-url.ts';
import { blogPostKey, displayUrl, encode, idUrl, pageKey } from './site-urls.ts';
import type { Place } from './to-document.ts';

/** What the links of one body mean. The engine binds them to files; see `Content` in the contract. */
export function storageReferences(pageId: string, { wikiUrl, space }: Place): StorageReferences {
  const named = ({ title, spaceKey = space.key, kind }: PageReference) => ({
    key: kind === 'blogpost' ? blogPostKey(spaceKey, title) : pageKey(spaceKey, title),
    options: { url: displayUrl(wikiUrl, spaceKey, title), title },
  });
  return {
    page: (page) => {
      const { key, options } = named(page);
      return contextLink('name', key, { ...options, ...fragment(page.anchor) });
    },
    include: (page, part) => {
      const { key, options } =
        'id' in page ? { key: page.id, options: { url: idUrl(wikiUrl, page.id) } } : named(page);
      return contextLink('include', key, { ...options, ...fragment(part) });
    },
    children: (id = pageId) => contextLink('children', id, { url: idUrl(wikiUrl, id) }),
    jira: (reference) => jiraUrl(wikiUrl, reference),
    content: ({ id, anchor }) =>
      contextLink('doc', id, { url: idUrl(wikiUrl, id), ...fragment(anchor) }),
    attachment: ({ fileName, page, contentId }) => {
      if (page === undefined) {
        const holder = contentId ?? pageId;
        const url = `${wikiUrl}/download/attachments/${holder}/${encode(fileName)}`;
        return contextLink('att', `${holder}/${fileName}`, { url, title: fileName });
      }
      const { title, spaceKey = space.key } = page;
      const url = displayUrl(wikiUrl, spaceKey, title);
      const key = `${pageKey(spaceKey, title)}/${fileName}`;
      return contextLink('att', key, { url, title: fileName });
    },
    user: ({ accountId, userKey, userName }) =>
      contextLink('user', accountId ?? userKey ?? userName ?? 'unknown'),
    space: (key) => `${wikiUrl}/spaces/${encode(key)}`,
    url: (href) => toAbsolute(wikiUrl, href),
  };
}

function fragment(anchor: string | undefined): { fragment?: string } {
  return anchor === undefined ? {} : { fragment: anchor };
}

/** Addresses in bodies are as in the page in a browser: `/wiki/…` begins at the site, not below it. */
function toAbsolute(wikiUrl: string, href: string): string {
  return URL.canParse(href, `${wikiUrl}/`) ? new URL(href, `${wikiUrl}/`).href : href;
}
