/** What a space holds. Folders have no body; blog posts have no place in the tree. */
export type ContentKind = 'page' | 'blogpost' | 'folder';

export type ContentStatus = 'current' | 'archived' | 'trashed';

interface ContentVersion {
  readonly number: number;
  readonly createdAt: string;
  readonly authorId: string;
  readonly message: string;
}

/** One page, blog post or folder as it is at this moment. */
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
  readonly authorId: string;
  readonly createdAt: string;
  readonly version: ContentVersion;
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

export interface User {
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
}

/** The storage format of a page or blog post; empty for a folder. */
export function bodyOf(content: Content): string {
  return typeof content.body === 'string' ? content.body : content.body();
}

/** Orders ids as Confluence does: as numbers. */
export function compareIds(left: string, right: string): number {
  return left.length - right.length || (left < right ? -1 : Number(left > right));
}
