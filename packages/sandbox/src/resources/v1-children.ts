import type { ApiRequest } from '../http/route.ts';
import type { Searchable } from '../site/search-index.ts';

/** What hangs below an id, by the names that v1 has for it. */
export const childrenOf: Readonly<
  Record<
    'page' | 'comment' | 'attachment',
    (request: ApiRequest, id: string) => readonly Searchable[]
  >
> = {
  page: ({ site, viewer, dialect }, id) =>
    dialect.pagesUnder(site, id).filter((child) => viewer.sees(child)),
  comment: ({ site }, id) => {
    const comment = site.comments.find(id);
    if (comment !== undefined) return site.comments.repliesTo(id);
    return site.comments.of(id).filter(({ parentId }) => parentId === null);
  },
  attachment: ({ site }, id) =>
    site.attachments.of(id).filter(({ status }) => status === 'current'),
};
