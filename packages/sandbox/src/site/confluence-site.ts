import { Attachments } from './attachments.ts';
import { Comments } from './comments.ts';
import { ContentStore } from './content-store.ts';
import type { Content, Space } from './content.ts';
import { IdSequence } from './id-sequence.ts';
import { Labels } from './labels.ts';
import { followSpaceKey, followTarget } from './link-refactoring.ts';
import { LogicalClock } from './logical-clock.ts';
import { type NewPage, type NewSpace, toContent } from './new-content.ts';
import { People } from './people.ts';
import { Restrictions } from './restrictions.ts';
import { SearchIndex } from './search-index.ts';
import { defaultAccount, defaultStart, type SiteOptions } from './site-options.ts';
import { changeSpace } from './space-change.ts';
import { SpaceStore } from './space-store.ts';
import type { NewUser, User } from './user.ts';

/**
 * A Confluence Cloud site in memory. Every change is a method and behaves as the product does: an edit
 * and a rename make a version; a move and archiving do not. Same calls, same ids, same times.
 */
export class ConfluenceSite {
  readonly clock: LogicalClock;
  /** What CQL sees. */
  readonly index: SearchIndex;
  readonly spaces = new SpaceStore();
  readonly people: People;
  readonly contents: ContentStore;
  readonly comments: Comments;
  readonly attachments: Attachments;
  readonly labels: Labels;
  readonly restrictions: Restrictions;
  readonly #ids = new IdSequence();
  readonly #accountId: string;
  readonly #spaceOf = (content: Content): Space => this.spaces.getById(content.spaceId);

  constructor(options: SiteOptions = {}) {
    this.clock = new LogicalClock(options.startsAt ?? defaultStart);
    this.index = new SearchIndex(this.clock, options.searchLagMs ?? 0);
    this.people = new People(this.clock);
    this.#accountId = this.people.add(options.account ?? defaultAccount);
    this.contents = new ContentStore((id, content) => this.index.record(id, content));
    const { clock, index, contents } = this;
    const parts = { clock, index, contents, ids: this.#ids, accountId: this.#accountId };
    this.comments = new Comments(parts);
    this.attachments = new Attachments(parts);
    this.labels = new Labels(parts);
    this.restrictions = new Restrictions(parts);
  }

  /** The person whose credentials the sandbox accepts. */
  get account(): User {
    return this.people.get(this.#accountId);
  }

  /** Lets CQL see all changes at once, however long the lag is. */
  catchUp(): void {
    this.index.catchUp();
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
  addUser(user: NewUser): string {
    return this.people.add(user);
  }

  /** @returns the id of the space */
  addSpace(space: NewSpace): string {
    if (this.spaces.find(space.key)) throw new Error(`The key ${space.key} is taken.`);
    const { homepage, ...fields } = space;
    const id = space.id ?? this.#ids.next();
    this.spaces.put({
      type: 'global',
      description: '',
      ...fields,
      id,
      status: 'current',
      homepageId: null,
      authorId: this.#accountId,
      createdAt: this.clock.tick(),
    });
    if (homepage) {
      const homepageId = this.addPage({ space: space.key, parent: null, ...homepage });
      this.spaces.update(id, { homepageId });
    }
    return id;
  }

  /** Adds a page, blog post or other node. @returns its id */
  addPage(page: NewPage): string {
    const space = this.spaces.get(page.space);
    const spaceId = space.id;
    const kind = page.kind ?? 'page';
    const id = page.id ?? this.#ids.next();
    const isPost = kind === 'blogpost';
    const parentId = isPost ? null : this.#parentIn(space, page.parent);
    const createdAt = page.createdAt ?? this.clock.tick();
    const authorId = page.author ?? this.#accountId;
    if (kind === 'page') this.contents.requireFreeTitle(spaceId, page.title, id);
    if (this.contents.find(id)) throw new Error(`The id ${id} is taken.`);
    const place = { id, spaceId, parentId, authorId, createdAt };
    const placed = page.position ?? (isPost ? 0 : this.contents.nextPosition(spaceId, parentId));
    this.contents.put(toContent(page, { ...place, position: isPost ? null : placed }));
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
    if (space.id !== content.spaceId)
      changeSpace({ contents: this.contents, spaces: this.spaces }, subtree, space);
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
    this.#delete(id);
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
      if (content.spaceId === id) this.#delete(content.id);
    }
    this.spaces.delete(id);
  }

  #delete(id: string): void {
    this.comments.forget(id);
    this.attachments.forget(id);
    this.contents.delete(id);
  }

  #nextVersion(id: string, by: string | undefined): Content['version'] {
    const { number } = this.contents.get(id).version;
    const authorId = by ?? this.#accountId;
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
}
