import type { Version } from './version.ts';

/** What a space holds. Only pages and blog posts have a body; blog posts have no place in the tree. */
export type ContentKind = 'page' | 'blogpost' | 'folder' | 'whiteboard' | 'database' | 'embed';

export type ContentStatus = 'current' | 'archived' | 'trashed';

export interface Label {
  readonly id: string;
  readonly name: string;
  readonly prefix: 'global' | 'my' | 'team';
}

/** People by account id and groups by name. */
export interface Readers {
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

/** One page, blog post or other node as it is at this moment. */
export interface Content {
  readonly id: string;
  readonly kind: ContentKind;
  readonly spaceId: string;
  readonly title: string;
  readonly status: ContentStatus;
  /** `null` at the root of the space, in the trash, and for every blog post. */
  readonly parentId: string | null;
  readonly position: number | null;
  /** Hidden from the account of the sandbox, with everything below it. */
  readonly restricted: boolean;
  /** Who alone may view it, with everything below it; `undefined` for all. */
  readonly readers: Readers | undefined;
  readonly labels: readonly Label[];
  /** A live doc is a page without drafts. */
  readonly subtype: 'live' | undefined;
  /** What an embed shows. */
  readonly embedUrl: string | undefined;
  readonly authorId: string;
  readonly createdAt: string;
  readonly version: Version;
  /** Storage format, or a thunk that makes it when it is read, so that big sites stay small. */
  readonly body: string | (() => string);
}

export interface Space {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly type: 'global' | 'personal' | 'collaboration' | 'knowledge_base';
  readonly status: 'current' | 'archived';
  readonly description: string;
  readonly homepageId: string | null;
  readonly authorId: string;
  readonly createdAt: string;
}

/** The storage format of a page or blog post; empty for what has none. */
export function bodyOf(content: Content): string {
  return typeof content.body === 'string' ? content.body : content.body();
}

/** Orders ids as Confluence does: as numbers. */
export function compareIds(left: string, right: string): number {
  return left.length - right.length || (left < right ? -1 : Number(left > right));
}
