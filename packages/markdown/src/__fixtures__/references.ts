import { contextLink } from '../context-link.ts';
import type { StorageReferences } from '../storage/references.ts';

/** Names everything in a way that tests can read. */
export const references: StorageReferences = {
  page: ({ title, spaceKey = 'HOME', anchor }) =>
    contextLink('name', `${spaceKey}:${title}`, anchor === undefined ? {} : { fragment: anchor }),
  content: ({ id, anchor }) =>
    contextLink('doc', id, anchor === undefined ? {} : { fragment: anchor }),
  attachment: ({ fileName, page, contentId }) =>
    contextLink('att', [page?.title ?? contentId, fileName].filter(Boolean).join('/')),
  user: ({ accountId, userKey, userName }) =>
    contextLink('user', accountId ?? userKey ?? userName ?? ''),
  space: (key) => (key === 'GONE' ? undefined : `https://wiki.example/spaces/${key}`),
  url: (href) =>
    URL.canParse(href, 'https://wiki.example') ? new URL(href, 'https://wiki.example').href : href,
  include: (page, fragment) => {
    const key = 'id' in page ? page.id : `${page.spaceKey ?? 'HOME'}:${page.title}`;
    return contextLink('include', key, fragment === undefined ? {} : { fragment });
  },
  children: (of, depth) => {
    const query = depth === 1 ? {} : { depth: String(depth) };
    if (of === 'space') return contextLink('children', 'HOME', { query: { by: 'scope', ...query } });
    if (of === 'self' || 'id' in of)
      return contextLink('children', of === 'self' ? 'SELF' : of.id, { query });
    const key = `${of.spaceKey ?? 'HOME'}:${of.title}`;
    return contextLink('children', key, { query: { by: 'name', ...query } });
  },
  labelled: (query) => contextLink('labelled', JSON.stringify(query)),
  jira: ({ key, jql, server }) =>
    server === 'GONE' ? undefined : `https://jira.example/${key ?? encodeURIComponent(jql ?? '')}`,
};
