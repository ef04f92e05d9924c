import { readLinks } from './body-links.ts';
import { bodyOf, compareIds, type Content, type Space } from './content.ts';

function titleKey(spaceId: string, title: string): string {
  return `${spaceId}/${title.toLowerCase()}`;
}

/** The contents of a site by id, with the questions that need more than one of them. */
export class ContentStore {
  readonly #onChange: (id: string, content: Content | undefined) => void;
  readonly #contents = new Map<string, Content>();
  readonly #pageIds = new Map<string, string>();
  readonly #lastPositions = new Map<string, number>();
  #referrers: Map<string, Set<string>> | undefined;

  constructor(onChange: (id: string, content: Content | undefined) => void) {
    this.#onChange = onChange;
  }

  all(): readonly Content[] {
    return [...this.#contents.values()];
  }

  /** Trashed and restricted content too; `undefined` when it never was or was purged. */
  find(id: string): Content | undefined {
    return this.#contents.get(id);
  }

  get(id: string): Content {
    const content = this.#contents.get(id);
    if (content === undefined) throw new Error(`The site holds nothing with the id ${id}.`);
    return content;
  }

  put(content: Content): void {
    const old = this.#contents.get(content.id);
    if (old !== undefined) this.#freeTitle(old);
    this.#contents.set(content.id, content);
    if (content.kind === 'page' && content.status !== 'trashed') {
      this.#pageIds.set(titleKey(content.spaceId, content.title), content.id);
    }
    if (this.#referrers && old?.body !== content.body) this.#index(this.#referrers, content);
    this.#onChange(content.id, content);
  }

  update(id: string, change: Partial<Content>): Content {
    const changed = { ...this.get(id), ...change };
    this.put(changed);
    return changed;
  }

  delete(id: string): void {
    this.#freeTitle(this.get(id));
    this.#contents.delete(id);
    this.#onChange(id, undefined);
  }

  /**
   * Throws when another page of the space has this title; case does not count. Archived pages keep
   * theirs reserved, folders and blog posts reserve none.
   */
  requireFreeTitle(spaceId: string, title: string, id: string): void {
    const taken = this.#pageIds.get(titleKey(spaceId, title));
    if (taken !== undefined && taken !== id) {
      throw new Error(`A page with this title already exists in the space: ${title}`);
    }
  }

  /** The page or folder that something may be put under. */
  getParent(space: Space, id: string): Content {
    const parent = this.get(id);
    const { spaceId, kind, status } = parent;
    if (spaceId !== space.id || kind === 'blogpost' || status === 'trashed') {
      throw new Error(`${id} cannot be a parent in ${space.key}.`);
    }
    return parent;
  }

  childrenOf(id: string): Content[] {
    return this.all().filter((content) => content.parentId === id);
  }

  /** From the root down to the parent. */
  ancestorsOf(content: Content): Content[] {
    const parent = content.parentId === null ? undefined : this.find(content.parentId);
    return parent === undefined ? [] : [...this.ancestorsOf(parent), parent];
  }

  subtreeOf(content: Content): Content[] {
    const below = this.childrenOf(content.id).flatMap((child) => this.subtreeOf(child));
    return [content, ...below];
  }

  /** A place behind all that were given out under this parent before. */
  nextPosition(spaceId: string, parentId: string | null): number {
    const place = parentId ?? `space ${spaceId}`;
    const position = (this.#lastPositions.get(place) ?? 0) + 1000;
    this.#lastPositions.set(place, position);
    return position;
  }

  /** Everything that may link to this title, whatever the space; case does not count. */
  referrersOf(title: string): Content[] {
    if (this.#referrers === undefined) {
      this.#referrers = new Map();
      for (const content of this.#contents.values()) this.#index(this.#referrers, content);
    }
    const ids = this.#referrers.get(title.toLowerCase()) ?? [];
    return [...ids].sort(compareIds).flatMap((id) => this.find(id) ?? []);
  }

  #freeTitle({ id, spaceId, title }: Content): void {
    const key = titleKey(spaceId, title);
    if (this.#pageIds.get(key) === id) this.#pageIds.delete(key);
  }

  #index(referrers: Map<string, Set<string>>, content: Content): void {
    for (const { title } of readLinks(bodyOf(content))) {
      const key = title.toLowerCase();
      const ids = referrers.get(key) ?? new Set();
      referrers.set(key, ids.add(content.id));
    }
  }
}
