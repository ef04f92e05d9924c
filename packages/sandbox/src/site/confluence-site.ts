import { ContentStore } from './content-store.ts';
import type { Content, Space, User } from './content.ts';
import { followSpaceKey, followTarget, keepTargets } from './link-refactoring.ts';
import { LogicalClock } from './logical-clock.ts';
import type { NewPage, NewSpace } from './new-content.ts';
import { defaultAccount, defaultStart, type SiteOptions } from './site-options.ts';
import { SpaceStore } from './space-store.ts';

/**
 * A Confluence Cloud site in memory. Every change is a method, takes effect at once and behaves as
 * the product does: an edit and a rename make a new version; a move, a restriction and archiving do
 * not. Same calls, same ids, same times.
 */
export class ConfluenceSite {
  readonly account: User;
  readonly clock: LogicalClock;
  readonly spaces = new SpaceStore();
  readonly contents = new ContentStore();
  readonly #users = new Map<string, User>();
  readonly #spaceOf = (content: Content): Space => this.spaces.getById(content.spaceId);
  #lastId = 98_304;

  constructor(options: SiteOptions = {}) {
    this.clock = new LogicalClock(options.startsAt ?? defaultStart);
    this.account = options.account ?? defaultAccount;
    this.#users.set(this.account.accountId, this.account);
  }

  get users(): readonly User[] {
    return [...this.#users.values()];
  }

  /** The id of the page, blog post or folder with exactly this title, not one in the trash. */
  idOf(spaceKey: string, title: string): string {
    const { id } = this.spaces.get(spaceKey);
    const content = this.contents
      .all()
      .find((item) => item.spaceId === id && item.title === title && item.status !== 'trashed');
    if (content === undefined) throw new Error(`${spaceKey} has nothing titled "${title}".`);
    return content.id;
  }

  /** @returns the account id */
  addUser(user: { name: string; email?: string; accountId?: string }): string {
    const number = String(this.#users.size + 1).padStart(12, '0');
    const accountId = user.accountId ?? `712020:5b0c7d1e-44aa-4c1b-8f0e-${number}`;
    this.#users.set(accountId, { name: user.name, email: user.email ?? '', accountId });
    return accountId;
  }

  /** @returns the id of the space */
  addSpace(space: NewSpace): string {
    if (this.spaces.find(space.key)) throw new Error(`The key ${space.key} is taken.`);
    const { homepage, ...fields } = space;
    const id = space.id ?? this.#nextId();
    this.spaces.put({
      type: 'global',
      description: '',
      ...fields,
      id,
      status: 'current',
      homepageId: null,
      authorId: this.account.accountId,
      createdAt: this.clock.tick(),
    });
    if (homepage) {
      const homepageId = this.addPage({ space: space.key, parent: null, ...homepage });
      this.spaces.update(id, { homepageId });
    }
    return id;
  }

  /** Adds a page, blog post or folder. @returns its id */
  addPage(page: NewPage): string {
    const space = this.spaces.get(page.space);
    const kind = page.kind ?? 'page';
    const id = page.id ?? this.#nextId();
    const parentId = kind === 'blogpost' ? null : this.#parentIn(space, page.parent);
    const createdAt = page.createdAt ?? this.clock.tick();
    const authorId = page.author ?? this.account.accountId;
    if (kind === 'page') this.contents.requireFreeTitle(space.id, page.title, id);
    if (this.contents.find(id)) throw new Error(`The id ${id} is taken.`);
    this.contents.put({
      id,
      kind,
      spaceId: space.id,
      title: page.title,
      status: 'current',
      parentId,
      position:
        kind === 'blogpost'
          ? null
          : (page.position ?? this.contents.nextPosition(space.id, parentId)),
      restricted: false,
      authorId,
      createdAt,
      version: { number: 1, createdAt, ...page.version, authorId, message: '' },
      body: page.body ?? '',
    });
    return id;
  }

  /** Saves a new body: a new version. */
  edit(id: string, body: string, by?: string): void {
    this.contents.update(id, { body, version: this.#nextVersion(id, by) });
  }

  /** Saves a new title: a new version. Links to it follow, without new versions of their pages. */
  rename(id: string, title: string, by?: string): void {
    const before = this.contents.get(id);
    if (before.kind === 'page') this.contents.requireFreeTitle(before.spaceId, title, id);
    this.contents.update(id, { title, version: this.#nextVersion(id, by) });
    followTarget(this.contents, before, this.#spaceOf);
  }

  /** Moves a page or folder with all below it: under another one (`null`: root), or to a space. */
  move(id: string, to: { readonly parent: string | null } | { readonly space: string }): void {
    const content = this.contents.get(id);
    const parent = 'parent' in to ? to.parent : undefined;
    const space = 'space' in to ? this.spaces.get(to.space) : this.#spaceUnder(parent, content);
    const parentId = this.#parentIn(space, parent);
    const subtree = this.contents.subtreeOf(content);
    if (subtree.some((item) => item.id === parentId)) {
      throw new Error(`${id} cannot lie under itself.`);
    }
    this.clock.tick();
    if (space.id !== content.spaceId) this.#changeSpace(subtree, space);
    const position = this.contents.nextPosition(space.id, parentId);
    this.contents.update(id, { parentId, position });
  }

  /** Puts it before or behind its siblings; a smaller number comes first. */
  setPosition(id: string, position: number): void {
    this.clock.tick();
    this.contents.update(id, { position });
  }

  /** Puts it in the trash. What lies under it moves up to its parent, as in Confluence. */
  trash(id: string): void {
    this.#liftChildren(this.contents.get(id));
    this.contents.update(id, { status: 'trashed', parentId: null, position: null });
  }

  /** Takes it out of the trash, to the root of its space: its old place is forgotten. */
  restore(id: string): void {
    const { spaceId, kind, title } = this.contents.get(id);
    if (kind === 'page') this.contents.requireFreeTitle(spaceId, title, id);
    this.clock.tick();
    const position = kind === 'blogpost' ? null : this.contents.nextPosition(spaceId, null);
    this.contents.update(id, { status: 'current', position });
  }

  /** Deletes it for good. What lies under it moves up. */
  purge(id: string): void {
    this.#liftChildren(this.contents.get(id));
    this.contents.delete(id);
  }

  /** Hides it and everything below it from the account of the sandbox. */
  restrict(id: string): void {
    this.clock.tick();
    this.contents.update(id, { restricted: true });
  }

  unrestrict(id: string): void {
    this.clock.tick();
    this.contents.update(id, { restricted: false });
  }

  /** Archives one page. It keeps its parent and its title; what lies under it moves up. */
  archive(id: string): void {
    this.#liftChildren(this.contents.get(id));
    this.contents.update(id, { status: 'archived' });
  }

  unarchive(id: string): void {
    this.clock.tick();
    this.contents.update(id, { status: 'current' });
  }

  archiveSpace(key: string): void {
    this.spaces.update(this.spaces.get(key).id, { status: 'archived' });
  }

  unarchiveSpace(key: string): void {
    this.spaces.update(this.spaces.get(key).id, { status: 'current' });
  }

  renameSpace(key: string, name: string): void {
    this.spaces.update(this.spaces.get(key).id, { name });
  }

  /** Gives the space another key. Links that name the old key follow. */
  renameSpaceKey(key: string, newKey: string): void {
    const { id, key: oldKey } = this.spaces.get(key);
    this.spaces.update(id, { key: newKey });
    followSpaceKey(this.contents, oldKey, newKey);
  }

  /** Deletes a space and all it holds; to the API it looks the same when access is taken away. */
  removeSpace(key: string): void {
    const { id } = this.spaces.get(key);
    for (const content of this.contents.all()) {
      if (content.spaceId === id) this.contents.delete(content.id);
    }
    this.spaces.delete(id);
  }

  #nextId(): string {
    this.#lastId += 37;
    return String(this.#lastId);
  }

  #nextVersion(id: string, by: string | undefined): Content['version'] {
    const { number } = this.contents.get(id).version;
    const authorId = by ?? this.account.accountId;
    return { number: number + 1, createdAt: this.clock.tick(), authorId, message: '' };
  }

  #spaceUnder(parent: string | null | undefined, moved: Content): Space {
    return this.#spaceOf(typeof parent === 'string' ? this.contents.get(parent) : moved);
  }

  #parentIn(space: Space, parent: string | null | undefined): string | null {
    if (parent === undefined) return space.homepageId;
    return parent === null ? null : this.contents.getParent(space, parent).id;
  }

  #liftChildren(content: Content): void {
    this.clock.tick();
    for (const child of this.contents.childrenOf(content.id)) {
      this.contents.update(child.id, { parentId: content.parentId });
    }
  }

  #changeSpace(subtree: readonly Content[], space: Space): void {
    for (const before of subtree) {
      if (before.kind === 'page') this.contents.requireFreeTitle(space.id, before.title, before.id);
    }
    // Links must name their old space before it changes, also those between two moved pages.
    for (const { id, spaceId } of subtree) {
      keepTargets(this.contents, id, this.spaces.getById(spaceId), space);
    }
    for (const { id } of subtree) this.contents.update(id, { spaceId: space.id });
    for (const before of subtree) followTarget(this.contents, before, this.#spaceOf);
  }
}
