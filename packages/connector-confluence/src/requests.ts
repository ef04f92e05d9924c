import type { HttpClientOptions, HttpRequest } from '@context-sync/core';

/** The kinds whose text can be read, as the paths of v2 write them. */
export type ContentKind = 'page' | 'blogpost';

/** The kinds that only have a name and a place. */
export type NodeKind = 'folder' | 'whiteboard' | 'database' | 'embed';

/** The kinds of comments. A reply is of the kind of what it answers. */
export type CommentKind = 'footer-comment' | 'inline-comment';

/** Lists of v2 that hold what lies under pages and posts: of one of them, or of the whole site. */
export type PartList = 'footer-comments' | 'inline-comments' | 'attachments';

/** Largest page of a list, and most ids in one request, in v2. */
export const maxRows = 250;

/** Most ids whose types are asked for at once, in v2. */
export const maxTypes = 100;

/** Levels that one list of descendants reaches down at most, in v2. */
export const maxDepth = 10;

/** With `expand` a search gives at most 200 rows: https://confluence.atlassian.com/confkb/1032258424.html */
export const maxHits = 200;

/** With texts fewer: a wish, which the service cuts further as it likes. */
export const maxHitsWithBodies = 100;

export const contentPath: Readonly<Record<ContentKind, string>> = {
  page: 'pages',
  blogpost: 'blogposts',
};

export const nodePath: Readonly<Record<NodeKind, string>> = {
  folder: 'folders',
  whiteboard: 'whiteboards',
  database: 'databases',
  embed: 'embeds',
};

/** A page or a post. */
export interface ContentReference {
  readonly kind: ContentKind;
  readonly id: string;
}

/** One page of the contents of a space, or the contents with given ids. */
export interface ContentRequest {
  readonly kind: ContentKind;
  readonly spaceId?: string;
  readonly ids?: readonly string[];
  readonly statuses: readonly string[];
  readonly withBodies: boolean;
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** A page, a post or a comment. */
export interface PartHolder {
  readonly kind: ContentKind | CommentKind;
  readonly id: string;
}

/** One page of what lies under a page or comment, or of the whole site, newest change first. */
export interface PartRequest {
  readonly list: PartList;
  readonly of?: PartHolder;
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** A question to the search index. */
export interface SearchRequest {
  readonly cql: string;
  /** `body` stands for the texts, in the format of the source. */
  readonly expand: readonly string[];
  readonly limit: number;
}

/**
 * How fast is polite. A token may start 100 GET requests a second on each endpoint of a site
 * (https://developer.atlassian.com/cloud/confluence/rate-limiting/); a fifth leaves room for others.
 */
export const limits: NonNullable<HttpClientOptions['limits']> = {
  requestsPerSecond: 20,
  concurrency: 4,
};

/** Under a comment only its replies are listed. */
export function partPath(list: PartList, of: PartRequest['of']): string {
  if (of === undefined) return `/api/v2/${list}`;
  const holder = `/api/v2/${of.kind}s/${encodeURIComponent(of.id)}`;
  return of.kind in contentPath ? `${holder}/${list}` : `${holder}/children`;
}

/** A POST that only asks, so it may be repeated. */
export function asQuestion(request: HttpRequest): HttpRequest {
  return { ...request, method: 'POST', idempotent: true };
}
