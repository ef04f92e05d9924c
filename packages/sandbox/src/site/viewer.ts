import type { Attachment } from './attachment.ts';
import type { Comment } from './comment.ts';
import type { ConfluenceSite } from './confluence-site.ts';
import type { Content, Space } from './content.ts';
import type { User } from './user.ts';

/** Whose eyes a request sees with. */
export interface Access {
  /** @default the account of the site */
  readonly accountId?: string;
  /** Keys of the only spaces that it may see. @default all */
  readonly spaces?: readonly string[];
  /** Ids of contents that are hidden from it, with all below them. @default none */
  readonly hiddenIds?: readonly string[];
}

/** What one person may see of a site. */
export class Viewer {
  readonly #site: ConfluenceSite;
  readonly #access: Access;

  constructor(site: ConfluenceSite, access: Access = {}) {
    this.#site = site;
    this.#access = access;
  }

  get user(): User {
    const { accountId } = this.#access;
    return accountId === undefined ? this.#site.account : this.#site.people.get(accountId);
  }

  seesSpace(space: Space | undefined): boolean {
    if (space === undefined) return false;
    const keys = this.#access.spaces?.map((key) => key.toLowerCase());
    return keys === undefined || keys.includes(space.key.toLowerCase());
  }

  /** A restriction holds for all below. */
  sees(content: Content): boolean {
    if (!this.seesSpace(this.#site.spaces.findById(content.spaceId))) return false;
    let current: Content | undefined = content;
    while (current !== undefined && this.#mayOpen(current)) {
      current = current.parentId === null ? undefined : this.#site.contents.find(current.parentId);
    }
    return current === undefined;
  }

  /** Comments and attachments are there as long as their page is, and as visible as it is. */
  seesPart(part: Comment | Attachment): boolean {
    const container = this.#site.contents.find(part.containerId);
    return container !== undefined && container.status !== 'trashed' && this.sees(container);
  }

  #mayOpen({ id, restricted, readers }: Content): boolean {
    if (restricted || this.#access.hiddenIds?.includes(id)) return false;
    if (readers === undefined) return true;
    const { accountId, groups } = this.user;
    return (
      readers.users.includes(accountId) || groups.some((group) => readers.groups.includes(group))
    );
  }
}
