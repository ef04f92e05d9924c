import { cleanText } from '@context-sync/markdown';

/** Keys under which links and the documents they mean find each other; see `schema.ts`. */
export const linkKey = {
  document: (source: number, id: string): string => `d:${source}:${id}`,
  alias: (source: number, alias: string): string => `n:${source}:${alias}`,
  url: (url: string): string => `w:${url}`,
  person: (source: number, id: string): string => `u:${source}:${id}`,
  children: (source: number, id: string): string => `c:${source}:${id}`,
  include: (source: number, id: string): string => `i:${source}:${id}`,
  attachment: (source: number, key: string): string => `a:${source}:${key}`,
  tree: (source: number): string => `t:${source}`,
  label: (source: number, label: string): string => `l:${source}:${label}`,
} as const;

/** An absolute http(s) URL in one spelling and without fragment, or `undefined`. */
export function normalizeUrl(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  url.hash = '';
  return url.href;
}

/** A `ctx:` destination, read. */
export interface ContextLink {
  readonly kind: 'doc' | 'name' | 'att' | 'user' | 'include' | 'children' | 'labelled';
  readonly key: string;
  readonly url?: string;
  readonly title?: string;
  /** Key of the document whose attachment is meant; `key` is its file name then. */
  readonly of?: string;
  /** What a list asks for; see `list-query.ts`. */
  readonly query: URLSearchParams;
  /** With its `#`, or ''. */
  readonly fragment: string;
}

const contextLink =
  /^ctx:(doc|name|att|user|include|children|labelled)\/([^?#]*)(?:\?([^#]*))?(#.*)?$/;

/** Reads a `ctx:` destination; `undefined` when it is malformed. Grammar: `Content` in core. */
export function parseContextLink(destination: string): ContextLink | undefined {
  const match = contextLink.exec(destination);
  const key = decode(match?.[2]);
  if (match === null || key === undefined || key === '') return undefined;
  const query = new URLSearchParams(match[3] ?? '');
  const url = query.get('url');
  const title = query.get('title');
  const of = query.get('of');
  return {
    kind: match[1] as ContextLink['kind'],
    key,
    ...(url === null ? {} : { url: cleanText(url).text }),
    ...(title === null ? {} : { title: cleanText(title).text }),
    ...(of === null || of === '' ? {} : { of }),
    query,
    fragment: match[4] ?? '',
  };
}

function decode(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    // Not percent-encoded by the rules of the contract: no document is meant.
    return undefined;
  }
}
