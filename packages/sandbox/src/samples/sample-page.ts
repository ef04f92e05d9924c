import type { ConfluenceSite } from '../site/confluence-site.ts';
import type { ContentKind } from '../site/content.ts';

/** A page of the sample company with the pages under it. */
export interface SamplePage {
  readonly title: string;
  /** @default 'page' */
  readonly kind?: ContentKind;
  /** Storage format. */
  readonly body?: string;
  /** Account id. */
  readonly author?: string;
  readonly children?: readonly SamplePage[];
}

export interface SampleSpace {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly homepage: { readonly title: string; readonly body: string };
  readonly pages: readonly SamplePage[];
}

const workday = 9 * 3_600_000;

/** Adds pages with all below them, about two a day, as people write them. */
export function addPages(
  site: ConfluenceSite,
  space: string,
  pages: readonly SamplePage[],
  parent?: string,
): void {
  for (const { children = [], ...page } of pages) {
    site.clock.advance(workday);
    const id = site.addPage({ ...page, space, ...(parent === undefined ? {} : { parent }) });
    addPages(site, space, children, id);
  }
}
