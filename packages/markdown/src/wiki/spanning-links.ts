import type { XmlNode } from '../storage/xml.ts';
import type { Lowering } from './lowering.ts';
import type { Piece, WikiMacro } from './macro-tree.ts';
import { readLink } from './wiki-links.ts';

/** The macros that are a part of a line. */
const inlineMacros = new Set(['anchor', 'color', 'status']);

/** What a link with macros in its text is called among them; no macro can be. */
export const spanningLink = '[';

/**
 * Makes one piece of each link whose text holds macros, because its brackets stand in different pieces
 * otherwise, and its bar could part the cells of a table.
 */
export function joinLinks(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  let rest: string | undefined;
  for (let index = 0; index < pieces.length; index += 1) {
    const piece = rest ?? pieces[index] ?? '';
    const found = typeof piece === 'string' ? findLink(piece, pieces, index) : undefined;
    rest = undefined;
    if (found === undefined) {
      joined.push(piece);
      continue;
    }
    joined.push(found.before, found.link);
    rest = found.after;
    // The piece that the link ends in comes again, with what follows the link.
    index = found.end - 1;
  }
  return joined;
}

interface FoundLink {
  readonly before: string;
  readonly link: WikiMacro;
  readonly after: string;
  /** Index of the piece with the closing bracket. */
  readonly end: number;
}

/** Each piece is looked at once: one with a bracket, or the end of a line, ends the search. */
function findLink(piece: string, pieces: readonly Piece[], index: number): FoundLink | undefined {
  const open = piece.lastIndexOf('[');
  const start = piece.slice(open + 1);
  if (open === -1 || piece[open - 1] === '\\' || /[\]\n]/.test(start)) return undefined;
  const body: Piece[] = start === '' ? [] : [start];
  for (let end = index + 1; end < pieces.length; end += 1) {
    const next = pieces[end] ?? '';
    if (typeof next !== 'string') {
      if (!inlineMacros.has(next.name)) return undefined;
      body.push(next);
      continue;
    }
    const bracket = next.search(/[[\]\n]/);
    if (bracket === -1) {
      body.push(next);
      continue;
    }
    const bar = next.slice(0, bracket).indexOf('|');
    const target = next.slice(bar, bracket);
    if (next[bracket] !== ']' || bar === -1 || linkTo(target) === undefined) return undefined;
    if (bar > 0) body.push(next.slice(0, bar));
    const link = { name: spanningLink, parameters: new Map([['', target]]), raw: undefined, body };
    return { before: piece.slice(0, open), link, after: next.slice(bracket + 1), end };
  }
  return undefined;
}

/** Any word stands for the text, which is read apart. */
function linkTo(target: string): ReturnType<typeof readLink> {
  return readLink(`text${target}`);
}

/** A link that was made one piece. */
export function lowerSpanningLink({ body, parameters }: WikiMacro, lowering: Lowering): XmlNode[] {
  const children = lowering.inline(body);
  const link = linkTo(parameters.get('') ?? '');
  return link === undefined ? children : [link.toElement(children)];
}
