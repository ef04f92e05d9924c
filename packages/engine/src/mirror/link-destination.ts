/** Where a link destination stands in a text. */
export interface DestinationSpan {
  readonly start: number;
  readonly end: number;
  /** The `)` that ends the link. */
  readonly close: number;
}

/** Reads what follows `](`: destination, optional title, `)`. `undefined` when it is no link. */
export function readDestination(text: string, from: number): DestinationSpan | undefined {
  const begin = skipSpace(text, from);
  const span = text[begin] === '<' ? readPointed(text, begin + 1) : readBare(text, begin);
  if (span === undefined) return undefined;
  const behind = skipSpace(text, span.next);
  const afterTitle = behind > span.next ? skipSpace(text, skipTitle(text, behind)) : behind;
  return text[afterTitle] === ')'
    ? { start: span.start, end: span.end, close: afterTitle }
    : undefined;
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

function readPointed(text: string, start: number): Span | undefined {
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (character === '>') return { start, end: at, next: at + 1 };
    if (character === '\n' || character === '<') return undefined;
    if (character === '\\') at += 1;
  }
  return undefined;
}

/** CommonMark lets parsers stop here; without a limit `[a](` repeated would take quadratic time. */
const maxParentheses = 32;

function readBare(text: string, start: number): Span | undefined {
  let depth = 0;
  let at = start;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code <= 32) break;
    if (code === 92) at += 1;
    else if (code === 40) {
      depth += 1;
      if (depth > maxParentheses) return undefined;
    } else if (code === 41) {
      if (depth === 0) break;
      depth -= 1;
    }
  }
  return { start, end: at, next: at };
}

function skipTitle(text: string, at: number): number {
  const title = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/y;
  title.lastIndex = at;
  return title.test(text) ? title.lastIndex : at;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\t') at += 1;
  return at;
}

const references: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** What a destination means: backslash escapes and character references read. */
export function decodeDestination(written: string): string {
  if (!written.includes('\\') && !written.includes('&')) return written;
  return written
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(
      /&(?:(amp|lt|gt|quot)|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));/g,
      (whole, name, decimal, hex) => {
        if (typeof name === 'string') return references[name] ?? whole;
        const code =
          typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      },
    );
}

/** Writes a destination so that Markdown reads it back as it is. */
export function linkDestination(href: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters must not reach a destination
  if (!/[\s()<>\\\x00-\x1F]/.test(href)) return href;
  return href.replace(
    /[\s()<>\\]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
