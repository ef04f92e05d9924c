import type { DocumentId } from '@context-sync/core';

import type { NodeKind } from './requests.ts';

/** The id of a document: those of pages, posts and attachments as they are, others with their kind. */
export function documentId(kind: string, id: string): DocumentId {
  return isNodeKind(kind) || kind.endsWith('-comment') ? `${kind}:${id}` : id;
}

/** What {@link documentId} put together; the prefix is '' for pages, posts and attachments. */
export function splitDocumentId(id: DocumentId): { prefix: string; id: string } {
  const colon = id.indexOf(':');
  return { prefix: id.slice(0, Math.max(colon, 0)), id: id.slice(colon + 1) };
}

const nodeKinds: ReadonlySet<string> = new Set(['folder', 'whiteboard', 'database', 'embed']);

export function isNodeKind(kind: string): kind is NodeKind {
  return nodeKinds.has(kind);
}

/** Kind and content id of a node's document id; `undefined` for other documents. */
export function parseNodeId(id: DocumentId): { kind: NodeKind; id: string } | undefined {
  const { prefix, id: contentId } = splitDocumentId(id);
  return isNodeKind(prefix) ? { kind: prefix, id: contentId } : undefined;
}

/** The key under which a page is found by space and title, which ignore case. */
export function pageKey(spaceKey: string, title: string): string {
  return `${spaceKey}:${title.trim()}`.normalize('NFC').toLowerCase();
}

/** Blog posts may carry the title of a page, so they have keys of their own. */
export function blogPostKey(spaceKey: string, title: string): string {
  return `blog:${pageKey(spaceKey, title)}`;
}

/** The key under which an attachment is found by the id that the media service gave its file. */
export function fileKey(fileId: string): string {
  return `file:${fileId.toLowerCase()}`;
}

/** The address that finds a page by its title; `+` stands for a space. */
export function displayUrl(wikiUrl: string, spaceKey: string, title: string): string {
  return `${wikiUrl}/display/${encode(spaceKey)}/${encode(title).replaceAll('%20', '+')}`;
}

/** Percent-encodes any text: `encodeURIComponent` throws at half a surrogate pair. */
export function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

/** The address that finds a page or blog post by its id, whatever its title and space. */
export function idUrl(wikiUrl: string, id: string): string {
  return `${wikiUrl}/pages/viewpage.action?pageId=${encode(id)}`;
}

/** An address that an answer gives below the wiki, e.g. `/spaces/ENG/pages/1/Home`. */
export function webUrl(wikiUrl: string, webui: string | null | undefined, id: string): string {
  return webui?.startsWith('/') ? `${wikiUrl}${webui}` : idUrl(wikiUrl, id);
}

/** The path forms that hold an id, below `/wiki`; the last one is the short link of "Share". */
const pathForms: readonly (readonly [
  RegExp,
  (match: RegExpExecArray) => DocumentId | undefined,
])[] = [
  [/^\/spaces\/[^/]+\/pages\/(?:edit-v2\/)?(\d+)(?:\/|$)/, ([, id]) => id],
  [/^\/spaces\/[^/]+\/blog\/(?:edit-v2\/|\d{4}\/\d\d\/\d\d\/)?(\d{5,})(?:\/|$)/, ([, id]) => id],
  [
    /^\/spaces\/[^/]+\/(folder|whiteboard|database|embed)\/(\d+)(?:\/|$)/,
    ([, kind = '', id = '']) => documentId(kind, id),
  ],
  [/^\/pages\/(\d+)(?:\/|$)/, ([, id]) => id],
  [/^\/x\/([A-Za-z0-9_-]+)\/?$/, ([, code = '']) => decodeTinyCode(code)],
];

/**
 * The document that an address of the site means, or `undefined`. Addresses by title have no id in
 * them: pages declare those in `aliases`.
 */
export function resolveSiteUrl(wikiUrl: string, url: URL): DocumentId | undefined {
  const base = new URL(wikiUrl);
  if (url.host !== base.host || !/^https?:$/.test(url.protocol)) return undefined;
  const context = base.pathname.replace(/\/$/, '');
  if (!url.pathname.startsWith(`${context}/`)) return undefined;
  const path = url.pathname.slice(context.length);
  if (path === '/pages/viewpage.action') {
    const pageId = url.searchParams.get('pageId');
    return pageId !== null && /^\d+$/.test(pageId) ? pageId : undefined;
  }
  for (const [form, toId] of pathForms) {
    const match = form.exec(path);
    if (match !== null) return toId(match);
  }
  return undefined;
}

/**
 * The id behind `/x/CODE`: its bytes, lowest first, in base64 with `_` for `+`, `-` for `/`, and
 * without the zeros at the end.
 * https://support.atlassian.com/confluence/kb/how-to-programmatically-generate-the-tiny-link-of-a-confluence-page/
 */
function decodeTinyCode(code: string): DocumentId | undefined {
  if (code.length > 11) return undefined;
  const base64 = code.replaceAll('_', '+').replaceAll('-', '/').padEnd(11, 'A');
  const bytes = Uint8Array.from(atob(`${base64}=`), (char) => char.charCodeAt(0));
  const id = new DataView(bytes.buffer).getBigUint64(0, true);
  return id === 0n ? undefined : String(id);
}
