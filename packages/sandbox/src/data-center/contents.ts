import type { ConfluenceSite } from '../site/confluence-site.ts';
import type { Content } from '../site/content.ts';

/** Data Center has pages and posts, current or in the trash; nothing else, and nothing archived. */
export function isKnown({ kind, status }: Content): boolean {
  return (kind === 'page' || kind === 'blogpost') && status !== 'archived';
}

/** Folders are not there: what lies in one lies under the page above it. */
export function ancestorsOf(site: ConfluenceSite, content: Content): readonly Content[] {
  return site.contents.ancestorsOf(content).filter(isKnown);
}

/** The pages right below a page. */
export function pagesUnder(site: ConfluenceSite, id: string): readonly Content[] {
  return site.contents.childrenOf(id).flatMap((child) => {
    if (child.status === 'trashed') return [];
    return isKnown(child) ? [child] : pagesUnder(site, child.id);
  });
}
