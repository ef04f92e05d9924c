import type { Attachment, FileContent } from './attachment.ts';
import { uuidOf } from './id-sequence.ts';
import { PartStore } from './part-store.ts';
import type { SiteParts } from './site-parts.ts';

interface NewFile {
  /** Text, bytes, or a number of bytes that are made when they are read. */
  readonly content: string | FileContent;
  /** @default 'application/octet-stream' */
  readonly mediaType?: string;
  readonly comment?: string;
  /** Account id. @default the account of the sandbox */
  readonly by?: string;
}

interface NewAttachment extends NewFile {
  /** Id of a page or blog post. */
  readonly on: string;
  readonly name: string;
}

function toContent(content: NewFile['content']): FileContent {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

/** The attachments of a site. No change of one makes a version of its page. */
export class Attachments extends PartStore<Attachment> {
  readonly #site: SiteParts;
  readonly #versions = new Map<string, Attachment[]>();
  readonly #files = new Map<string, Attachment>();

  constructor(site: SiteParts) {
    super(site.index);
    this.#site = site;
  }

  /** @returns the id of the attachment */
  add({ on, name, content, mediaType, comment, by }: NewAttachment): string {
    const { contents, ids, clock, accountId } = this.#site;
    if (this.of(on).some(({ title, status }) => title === name && status === 'current')) {
      throw new Error(`${on} has an attachment named ${name}; replace that one.`);
    }
    const number = ids.next();
    const createdAt = clock.tick();
    const authorId = by ?? accountId;
    this.#save({
      id: `att${number}`,
      kind: 'attachment',
      containerId: contents.get(on).id,
      title: name,
      status: 'current',
      mediaType: mediaType ?? 'application/octet-stream',
      comment: comment ?? '',
      fileId: uuidOf(number, 1),
      content: toContent(content),
      authorId,
      createdAt,
      version: { number: 1, createdAt, authorId, message: comment ?? '' },
    });
    return `att${number}`;
  }

  /** Uploads another file under the same name and id: a new version with its own media file. */
  replace(id: string, { content, mediaType, comment, by }: NewFile): void {
    const old = this.get(id);
    const number = old.version.number + 1;
    const authorId = by ?? this.#site.accountId;
    const createdAt = this.#site.clock.tick();
    this.#save({
      ...old,
      mediaType: mediaType ?? old.mediaType,
      comment: comment ?? '',
      fileId: uuidOf(id, number),
      content: toContent(content),
      version: { number, createdAt, authorId, message: comment ?? '' },
    });
  }

  /** Gives it another name, which is a property: no new version. */
  rename(id: string, name: string): void {
    this.#site.clock.tick();
    this.update(id, { title: name });
  }

  /** Puts it in the trash. */
  delete(id: string): void {
    this.#site.clock.tick();
    this.update(id, { status: 'trashed' });
  }

  restore(id: string): void {
    this.#site.clock.tick();
    this.update(id, { status: 'current' });
  }

  purge(id: string): void {
    this.#site.clock.tick();
    this.remove(id);
  }

  /** The attachment as it was saved with this version; `undefined` when there is none. */
  findVersion(id: string, number: number): Attachment | undefined {
    return this.#versions.get(id)?.find(({ version }) => version.number === number);
  }

  /** What the media server keeps of one version; it forgets nothing. */
  findFile(fileId: string): Attachment | undefined {
    return this.#files.get(fileId);
  }

  #save(attachment: Attachment): void {
    const earlier = this.#versions.get(attachment.id) ?? [];
    this.#versions.set(attachment.id, [...earlier, attachment]);
    this.#files.set(attachment.fileId, attachment);
    this.put(attachment);
  }
}
