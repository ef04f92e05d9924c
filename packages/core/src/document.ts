import type { CallContext } from './context.ts';
import type { JsonObject } from './json.ts';

/** Stable, opaque, unique within its source, at most 512 bytes. Never made from a title or path. */
export type DocumentId = string;

/** A moment as the server tells it: RFC 3339 in UTC, e.g. `2026-11-02T09:12:00Z`. */
export type Timestamp = string;

/**
 * The part of a document that can change without a new body. A field that is left out is unchanged
 * from the last time; `null` or `[]` empties it.
 */
export interface DocumentHeader {
  /** The document this one lies under. It may arrive later than its children. */
  readonly parent?: DocumentId | null;
  /** Preferred file name without ending, e.g. `PROJ-123`. Without it the title makes the name. */
  readonly slug?: string | null;
  /** Place among its siblings in indexes; ties and absences fall back to the path. */
  readonly order?: number | null;
  /** Where a person opens it. */
  readonly url?: string | null;
  /**
   * Other keys and absolute URLs that mean this document. `ctx:name/<key>` finds it by a key, a
   * link to one of the URLs becomes a link to its file.
   */
  readonly aliases?: readonly string[];
  readonly createdAt?: Timestamp | null;
  readonly updatedAt?: Timestamp | null;
  readonly author?: Person | null;
  readonly labels?: readonly string[];
  /** Further front matter. Deterministic: no fetch time, no expiring URL. */
  readonly metadata?: JsonObject;
  readonly permissions?: Permissions | null;
}

export type Placement = 'file' | 'section' | 'attachment';

/** One thing the engine mirrors. */
export interface SourceDocument extends DocumentHeader {
  readonly id: DocumentId;
  /** The service's word for what it is, e.g. `page`, `blogpost`, `comment`. */
  readonly kind: string;
  readonly title: string;
  /**
   * `file`: has a Markdown file of its own. `section`: is rendered inside its parent's file, ordered
   * by (createdAt, id). `attachment`: is listed at the end of its parent's file under its title, the
   * file name; with `content.bytes` it is downloaded into `<parent>.assets/`. Sections and
   * attachments go with the document they lie under. @default 'file'
   */
  readonly placement?: Placement;
  /** Equal revisions mean equal content. Header fields are compared apart from it. */
  readonly revision: string;
  /** The content, or a thunk that the engine runs only if the revision is new. */
  readonly content: Content | ((call: CallContext) => Promise<Content>);
}

export interface Person {
  /** The service's id; with it the present name is used wherever the engine knows it. */
  readonly id?: string;
  readonly name: string;
}

export interface Permissions {
  readonly visibility: 'public' | 'internal' | 'restricted' | 'unknown';
  readonly readers?: readonly string[];
}

/**
 * What a document says. It depends on the document's own revision alone; whatever another document
 * or a person decides is written as a `ctx:` link, which the engine binds when it writes the file:
 *
 * | link | becomes |
 * |---|---|
 * | `[text](ctx:doc/<id>)` | a relative link to the document's file |
 * | `[text](ctx:name/<key>)` | the same, for the document that declares `key` in `aliases` |
 * | `[text](ctx:att/<id>)`, `![alt](ctx:att/<id>)` | a link to the downloaded attachment, else to its URL |
 * | `[](ctx:user/<id>)` | `@` and the person's present name |
 * | a paragraph that is only `[](ctx:include/<id>#<fragment>)` | that document's fragment (or whole text) |
 * | a paragraph that is only `[](ctx:children/<id>)` | a list of links to its children; with `?heading=` under that heading, if there are any |
 * | a paragraph that is only `[](ctx:labelled/<label>,…)` | a list of links to the documents with one of these labels |
 *
 * Ids and keys are percent-encoded (`encodeURIComponent`). `?url=<encoded>` gives the absolute URL to
 * use, `?title=<encoded>` the text to show, when the target is not mirrored. An empty link text
 * becomes the target's present title. A `#fragment` at the end is kept.
 *
 * `ctx:children/` takes `?depth=<levels>` or `depth=all`: whole levels, as long as the list has at most 500
 * lines; and `?by=name` for a key of `aliases`, or `?by=scope` for the top of a scope by its slug.
 * `ctx:labelled/` takes `?match=all`, and `without` (labels), `scope` (slugs), `kind`, `below=<id>`: what else must
 * hold. `?properties=<name>,…`, or `*` for all of them, makes it a table of what `metadata.properties` says. It
 * shows at most 500 documents of the same source, by title. The parts of a list are percent-encoded once
 * more than the whole.
 *
 * `ctx:include/` takes an id or an alias, the id first. `ctx:att/` takes the id of an attachment, one of its aliases, or with `?of=<key>` the file name of
 * an attachment of the document that declares that key.
 */
export interface Content {
  readonly markdown: string;
  /** What an attachment holds. Absent: it is listed and linked, never downloaded. */
  readonly bytes?: Bytes;
  /**
   * Front matter that the text itself tells, such as page properties. A field of the header's
   * `metadata` with the same name wins. `[](ctx:user/<id>)` in a string becomes `@` and the present
   * name of a person whom the text names too.
   */
  readonly metadata?: JsonObject;
  /** Named parts that other documents may include: excerpts, page properties. */
  readonly fragments?: Readonly<Record<string, string>>;
  /** What Markdown could not say, and how often. */
  readonly lossy?: readonly Lossy[];
}

export interface Lossy {
  readonly construct: string;
  readonly count: number;
}

/** The bytes of an attachment. */
export interface Bytes {
  /** In bytes. A download of another length is a failure, and what was there before stays. */
  readonly size?: number;
  /** Opens a fresh stream at each call. */
  open(call: CallContext): Promise<ReadableStream<Uint8Array>>;
}
