import type { Comment, Resolution } from './comment.ts';
import { uuidOf } from './id-sequence.ts';
import { markerOf, markText } from './inline-markers.ts';
import { PartStore } from './part-store.ts';
import type { SiteParts } from './site-parts.ts';
import type { Version } from './version.ts';

interface NewComment {
  /** Id of a page or blog post. */
  readonly on: string;
  /** Storage format. */
  readonly body: string;
  /** Account id. @default the account of the sandbox */
  readonly by?: string;
}

interface NewInlineComment extends NewComment {
  /** Text of the page that the comment is about. */
  readonly selection: string;
  /** `ac:ref` of a marker that is in the body already. @default a marker is put round the text */
  readonly markerRef?: string;
}

/**
 * The comments of a site. No change of a comment makes a version of its page; an edit makes one of
 * the comment, resolving and reopening do not.
 */
export class Comments extends PartStore<Comment> {
  readonly #site: SiteParts;
  /** Comments whose earlier versions are not kept any more. */
  readonly #withoutHistory = new Set<string>();

  constructor(site: SiteParts) {
    super(site.index);
    this.#site = site;
  }

  /** @returns the id of the comment */
  addFooter({ on, body, by }: NewComment): string {
    return this.#add({ on, body, by }, { location: 'footer', parentId: null, anchor: undefined });
  }

  /** Marks the text in the page, without a new version of it. @returns the id of the comment */
  addInline({ on, body, by, selection, markerRef }: NewInlineComment): string {
    const { contents, ids } = this.#site;
    const id = ids.next();
    const anchor = { selection, markerRef: markerRef ?? uuidOf(id) };
    const page = contents.get(on);
    // A body that is made when it is read belongs to a site of any size; it is not made here.
    if (typeof page.body === 'string' && !page.body.includes(markerOf(anchor.markerRef))) {
      contents.update(on, { body: markText(page.body, selection, anchor.markerRef) });
    }
    return this.#add({ on, body, by }, { id, location: 'inline', parentId: null, anchor });
  }

  /** Replies to a comment or to a reply, at any depth. @returns the id of the reply */
  reply(parentId: string, { body, by }: { body: string; by?: string }): string {
    const { containerId: on, location, anchor } = this.get(parentId);
    return this.#add({ on, body, by }, { location, parentId, anchor });
  }

  /** One of the versions of a comment: the first, or that of now. */
  versionOf(id: string, number: number): Version | undefined {
    const { version, createdAt, authorId } = this.get(id);
    if (number === version.number) return version;
    const isKept = number === 1 && !this.#withoutHistory.has(id);
    return isKept ? { number, createdAt, authorId, message: '' } : undefined;
  }

  /** Removes the earlier versions, as a retention rule does. */
  dropHistory(id: string): void {
    this.#withoutHistory.add(id);
  }

  /** Saves a new body: a new version of the comment. */
  edit(id: string, body: string, by?: string): void {
    const { number } = this.get(id).version;
    const authorId = by ?? this.#site.accountId;
    const createdAt = this.#site.clock.tick();
    this.update(id, { body, version: { number: number + 1, createdAt, authorId, message: '' } });
  }

  resolve(id: string, by?: string): void {
    this.#setStatus(id, 'resolved', by);
  }

  reopen(id: string, by?: string): void {
    this.#setStatus(id, 'reopened', by);
  }

  /** Deletes one comment for good. Replies to it move up to its parent, without new versions. */
  delete(id: string): void {
    const { parentId } = this.get(id);
    this.#site.clock.tick();
    for (const reply of this.repliesTo(id)) this.update(reply.id, { parentId });
    this.remove(id);
  }

  repliesTo(id: string): Comment[] {
    return this.of(this.get(id).containerId).filter(({ parentId }) => parentId === id);
  }

  /** The first comment of its thread, which holds the resolution of all. */
  rootOf(comment: Comment): Comment {
    const parent = comment.parentId === null ? undefined : this.find(comment.parentId);
    return parent === undefined ? comment : this.rootOf(parent);
  }

  /** The status as the API gives it: dangling when the marker is no longer in the page. */
  statusOf(comment: Comment): Resolution['status'] | 'dangling' {
    const { anchor, resolution, containerId } = this.rootOf(comment);
    const body = this.#site.contents.find(containerId)?.body;
    const isLost =
      anchor !== undefined &&
      typeof body === 'string' &&
      !body.includes(markerOf(anchor.markerRef));
    return isLost && resolution.status !== 'resolved' ? 'dangling' : resolution.status;
  }

  #setStatus(id: string, status: Resolution['status'], by: string | undefined): void {
    const root = this.rootOf(this.get(id));
    const changed = { byId: by ?? this.#site.accountId, at: this.#site.clock.tick() };
    this.update(root.id, { resolution: { status, changed } });
  }

  #add(
    { on, body, by }: { on: string; body: string; by: string | undefined },
    place: Pick<Comment, 'location' | 'parentId' | 'anchor'> & { id?: string },
  ): string {
    const { contents, ids, clock, accountId } = this.#site;
    const { id = ids.next(), ...where } = place;
    const createdAt = clock.tick();
    const authorId = by ?? accountId;
    this.put({
      ...where,
      id,
      kind: 'comment',
      containerId: contents.get(on).id,
      authorId,
      createdAt,
      version: { number: 1, createdAt, authorId, message: '' },
      body,
      resolution: { status: 'open', changed: undefined },
    });
    return id;
  }
}
