import type { Content, ContentKind, Space } from './content.ts';

export interface NewSpace {
  readonly key: string;
  readonly name: string;
  /** @default 'global' */
  readonly type?: Space['type'];
  readonly description?: string;
  /** Makes the page that a space opens with; pages without a parent then lie under it. */
  readonly homepage?: { readonly title: string; readonly body?: string; readonly id?: string };
  readonly id?: string;
}

export interface NewPage {
  /** Key of the space. */
  readonly space: string;
  readonly title: string;
  /** @default 'page' */
  readonly kind?: ContentKind;
  /** Id of a page or folder. `null` is the root of the space. @default the homepage, if any */
  readonly parent?: string | null;
  /** Storage format, or a thunk that makes it when it is read. @default '' */
  readonly body?: string | (() => string);
  /** Account id. @default the account of the sandbox */
  readonly author?: string;
  readonly id?: string;
  /** A live doc. @default a page with drafts */
  readonly subtype?: 'live';
  /** Of an embed. */
  readonly embedUrl?: string;
  readonly position?: number;
  readonly createdAt?: string;
  readonly version?: { readonly number: number; readonly createdAt: string };
}

/** What a new content is, before anything happens to it. */
export function toContent(
  page: NewPage,
  place: Pick<Content, 'id' | 'spaceId' | 'parentId' | 'position' | 'authorId' | 'createdAt'>,
): Content {
  const { authorId, createdAt } = place;
  return {
    ...place,
    kind: page.kind ?? 'page',
    title: page.title,
    status: 'current',
    restricted: false,
    readers: undefined,
    labels: [],
    subtype: page.subtype,
    embedUrl: page.embedUrl,
    version: { number: 1, createdAt, ...page.version, authorId, message: '' },
    body: page.body ?? '',
  };
}
