import type { Readers } from './content.ts';
import type { SiteParts } from './site-parts.ts';

/** Who alone may view a page or blog post, with all below it. A change makes no version. */
export class Restrictions {
  readonly #site: SiteParts;

  constructor(site: SiteParts) {
    this.#site = site;
  }

  /**
   * Lets only these people and groups view it. The account of the sandbox stays among them, as
   * Confluence keeps whoever sets a restriction; `ConfluenceSite.restrict` hides it from the account.
   */
  setReaders(contentId: string, readers: Partial<Readers>): void {
    this.#site.clock.tick();
    const users = [...new Set([this.#site.accountId, ...(readers.users ?? [])])];
    this.#site.contents.update(contentId, { readers: { users, groups: readers.groups ?? [] } });
  }

  clear(contentId: string): void {
    this.#site.clock.tick();
    this.#site.contents.update(contentId, { readers: undefined });
  }
}
