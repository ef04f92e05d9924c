import type { StorageReferences } from '@context-sync/markdown';

/**
 * Names what a body refers to when there is no mirror to look it up in: a page by its space and title, a
 * file by its name, a person with an `@`. Addresses stay as they are written.
 */
export const plainReferences: StorageReferences = {
  page: ({ title, spaceKey, anchor }) =>
    withAnchor(spaceKey === undefined ? path(title) : `${path(spaceKey)}/${path(title)}`, anchor),
  content: ({ id, anchor }) => withAnchor(path(id), anchor),
  attachment: ({ fileName, page, contentId }) =>
    [page?.title ?? contentId, fileName]
      .filter((part) => part !== undefined)
      .map(path)
      .join('/'),
  media: ({ fileName }) => (fileName === undefined ? undefined : { url: path(fileName) }),
  user: ({ accountId, displayName, userKey, userName }) =>
    `@${path(displayName ?? userName ?? accountId ?? userKey ?? 'unknown')}`,
  space: (key) => path(key),
  url: (href) => href,
};

/** What would make of a name an address on the web, another folder or a place in a page. */
function path(name: string): string {
  return name.replaceAll(/[%:/\\?#]/g, (sign) => encodeURIComponent(sign));
}

function withAnchor(target: string, anchor: string | undefined): string {
  return anchor === undefined ? target : `${target}#${anchor}`;
}
