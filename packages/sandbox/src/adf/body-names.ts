import { webui } from '../resources/links.ts';
import type { ConfluenceSite } from '../site/confluence-site.ts';
import type { Content } from '../site/content.ts';
import { displayNameOf } from '../site/user.ts';
import type { StorageElement } from './storage-tree.ts';
import { childOf } from './storage-tree.ts';

/** A file as ADF names it: by the id of the media service. */
export interface MediaName {
  readonly id: string;
  readonly collection: string;
  readonly fileName: string;
}

/** Tells what the names in a body mean at this moment, as Confluence does when it makes ADF of one. */
export class BodyNames {
  readonly #site: ConfluenceSite;
  readonly #holder: Content;
  readonly #baseUrl: string;

  /** `baseUrl` is the site's address with `/wiki`. */
  constructor(site: ConfluenceSite, holder: Content, baseUrl: string) {
    this.#site = site;
    this.#holder = holder;
    this.#baseUrl = baseUrl;
  }

  /** The address of a page, post or space, and what it is called. */
  target(resource: StorageElement): { url: string; text: string } | undefined {
    const { attributes } = resource;
    const key = attributes['ri:space-key'] ?? this.#ownKey();
    if (resource.name === 'ri:space') return { url: `${this.#baseUrl}/spaces/${key}`, text: key };
    const title = attributes['ri:content-title'];
    if (title === undefined) return undefined;
    const content = this.#find(resource.name === 'ri:blog-post' ? 'blogpost' : 'page', key, title);
    const name = encodeURIComponent(title).replaceAll('%20', '+');
    const path = content ? webui(this.#site, content) : `/display/${key}/${name}`;
    return { url: this.#baseUrl + path, text: title };
  }

  /** A file that is attached; one that is not there has an id that says so. */
  media(resource: StorageElement): MediaName {
    const fileName = resource.attributes['ri:filename'] ?? '';
    const holder = this.#holderOf(resource);
    const file = this.#site.attachments
      .of(holder.id)
      .find(({ title, status }) => title === fileName && status === 'current');
    return {
      id: file?.fileId ?? 'UNKNOWN_MEDIA_ID',
      collection: `contentId-${holder.id}`,
      fileName,
    };
  }

  person(accountId: string): string {
    return displayNameOf(this.#site.people.find(accountId));
  }

  #holderOf(resource: StorageElement): Content {
    const page = childOf(resource, 'ri:page', 'ri:blog-post');
    if (page === undefined) return this.#holder;
    const { 'ri:space-key': key = this.#ownKey(), 'ri:content-title': title = '' } =
      page.attributes;
    return this.#find(page.name === 'ri:page' ? 'page' : 'blogpost', key, title) ?? this.#holder;
  }

  #ownKey(): string {
    return this.#site.spaces.getById(this.#holder.spaceId).key;
  }

  #find(kind: 'page' | 'blogpost', key: string, title: string): Content | undefined {
    const wanted = title.toLowerCase();
    return this.#site.contents
      .all()
      .find(
        (content) =>
          content.kind === kind &&
          content.status !== 'trashed' &&
          content.title.toLowerCase() === wanted &&
          this.#site.spaces.getById(content.spaceId).key === key,
      );
  }
}
