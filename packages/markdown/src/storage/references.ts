import type { Content, Lossy } from '@context-sync/core';

/** How the caller names what a body refers to; each gives a link destination: a `ctx:` link or a URL. */
export interface StorageReferences {
  page(reference: PageReference): string;
  /** A page or blog post by its id (`ri:content-entity`). */
  content(reference: ContentReference): string;
  attachment(reference: AttachmentReference): string;
  /** A file of an ADF document; absent, or `undefined`: what the document calls it stays as text. */
  media?(reference: MediaReference): MediaFile | undefined;
  user(reference: UserReference): string;
  /** `undefined` leaves the space's key as text. */
  space(key: string): string | undefined;
  /** Gives the absolute URL for a `href` or `src` as written. Never asked for `#anchor` alone. */
  url(href: string): string;
  /** A link that stands for the text of a page, or for a named part of it. Absent: a link to the page. */
  include?(reference: PageReference | ContentReference, fragment?: string): string;
  /** A link that stands for a list of what lies below something, down to a level. */
  children?(of: ListRoot, depth: number | 'all'): string;
  /** A link that stands for the pages with certain labels. */
  labelled?(reference: LabelledReference): string;
  /** Where Jira shows an issue or a search. `undefined` leaves the key as code. */
  jira?(reference: JiraReference): string | undefined;
}

export interface ContentReference {
  readonly id: string;
  readonly anchor?: string;
}

/** The page being read, the space it is in, or another page. */
export type ListRoot = 'self' | 'space' | ContentReference | PageReference;

/** Pages with labels, as a list or as a table of their properties. */
export interface LabelledReference {
  /** One of them is enough, unless `all`. */
  readonly labels: readonly string[];
  readonly all: boolean;
  readonly without: readonly string[];
  /** Keys, `undefined` for the space being read; none: every space. */
  readonly spaces: readonly (string | undefined)[];
  /** None: all. */
  readonly kinds: readonly string[];
  /** A page that they lie below; without an id the one being read. */
  readonly below?: { readonly id?: string };
  /** Columns of a table, none: all there are; absent: a list. */
  readonly properties?: readonly string[];
}

/** One issue, or those that a query finds. */
export interface JiraReference {
  readonly key?: string;
  readonly jql?: string;
  /** What the wiki calls the Jira; absent or `System Jira`: the one that it belongs to. */
  readonly server?: string;
}

export interface PageReference {
  readonly title: string;
  /** Absent: the space of the page that is being read. */
  readonly spaceKey?: string;
  readonly kind: 'page' | 'blogpost';
  readonly anchor?: string;
  /** Day of a blog post as written, e.g. `2012/01/30`. */
  readonly postingDay?: string;
}

export interface AttachmentReference {
  readonly fileName: string;
  /** The page that holds the file, if it is not the one that is being read. */
  readonly page?: { readonly title: string; readonly spaceKey?: string };
  /** The same, when the body names it by id. */
  readonly contentId?: string;
}

/** ADF knows files by the id of the media service, which a list of attachments calls `fileId`. */
export interface MediaReference {
  readonly fileId: string;
  readonly collection?: string;
  readonly fileName?: string;
  /** What the document shows in its place; for a file of Confluence and of Jira mostly its name. */
  readonly alt?: string;
}

/** Where a file of an ADF document is found. */
export interface MediaFile {
  readonly url: string;
  /** Shown where the document does not name the file. */
  readonly fileName?: string;
}

/** Cloud writes the account id, Data Center the user key, old bodies the name. */
export interface UserReference {
  readonly accountId?: string;
  readonly userKey?: string;
  readonly userName?: string;
  /** What an ADF document calls the person. */
  readonly displayName?: string;
}

/** A body as Markdown, in the parts that `Content` asks for. */
export interface ConvertedBody {
  /** Ends with one line feed, or is empty. */
  readonly markdown: string;
  readonly fragments: NonNullable<Content['fragments']>;
  /** Absent without page properties. */
  readonly metadata?: { readonly properties: Readonly<Record<string, string>> };
  /** What Markdown could not say, ordered by name. */
  readonly lossy: readonly Lossy[];
}
