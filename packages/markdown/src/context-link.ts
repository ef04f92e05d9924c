import { cleanText } from './clean-text.ts';

/** What a late-bound link points at; see `Content` in the contract. */
export type ContextLinkKind = 'doc' | 'name' | 'att' | 'user' | 'include' | 'children' | 'labelled';

export interface ContextLinkOptions {
  /** Absolute URL to use when the target is not mirrored. */
  readonly url?: string;
  /** Text to show when the target is not mirrored. */
  readonly title?: string;
  /** For an attachment that is named by its file: a key of the document that holds it. */
  readonly of?: string;
  /** What a list asks for; the parts of a value that is a list are percent-encoded and joined by commas. */
  readonly query?: Readonly<Record<string, string>>;
  /** A place inside the target: a heading's anchor, a fragment's name. */
  readonly fragment?: string;
}

/** Gives the destination of a late-bound link, e.g. `ctx:doc/4711?title=Plan#goals`. */
export function contextLink(
  kind: ContextLinkKind,
  key: string,
  options: ContextLinkOptions = {},
): string {
  const query: string[] = [];
  if (options.url !== undefined) query.push(`url=${encode(options.url)}`);
  if (options.title !== undefined) query.push(`title=${encode(options.title)}`);
  if (options.of !== undefined) query.push(`of=${encode(options.of)}`);
  for (const [name, value] of Object.entries(options.query ?? {}))
    query.push(`${name}=${encode(value)}`);
  const search = query.length === 0 ? '' : `?${query.join('&')}`;
  const fragment = options.fragment ? `#${encode(options.fragment)}` : '';
  return `ctx:${kind}/${encode(key)}${search}${fragment}`;
}

/** Percent-encodes, also the characters that would need escaping in a Markdown destination. */
function encode(text: string): string {
  return encodeURIComponent(cleanText(text).text).replaceAll(
    /[!'()*~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
