import { decodeHTMLStrict } from 'entities';

import { buildElement } from '../storage/build-element.ts';
import type { XmlNode } from '../storage/xml.ts';
import type { Lowering } from './lowering.ts';
import type { Piece } from './macro-tree.ts';
import { isMarkSign, MarkFrames } from './mark-frames.ts';
import { NextOf } from './next-of.ts';
import { emoticonAt, emoticonNode } from './wiki-emoticons.ts';
import { readImage } from './wiki-images.ts';
import { readLink } from './wiki-links.ts';
import { bareAddressAt } from './wiki-urls.ts';

/** Reads one line of wiki markup, or the text of a link. */
export function readInline(
  pieces: readonly Piece[],
  lowering: Lowering,
  inLink = false,
): XmlNode[] {
  const frames = new MarkFrames();
  for (const [index, piece] of pieces.entries()) {
    const before = index === 0 ? '' : '}';
    if (typeof piece === 'string')
      new LineReader(piece, { before, frames, inLink, lowering }).read();
    else for (const node of lowering.macro(piece)) frames.add(node);
  }
  return frames.end();
}

const word = /[\p{L}\p{N}]/u;
const escaped = new Set('{}[]*_-+^~?!|(:;#');

interface Surroundings {
  /** The sign before the text, on the same line. */
  readonly before: string;
  readonly frames: MarkFrames;
  readonly inLink: boolean;
  readonly lowering: Lowering;
}

/** A reader of what a sign can begin: gives how many characters it took, 0 when they are text. */
type SignReader = (at: number) => number;

class LineReader {
  readonly #text: string;
  readonly #before: string;
  readonly #frames: MarkFrames;
  readonly #lowering: Lowering;
  readonly #inLink: boolean;
  readonly #next = new Map<string, NextOf>();
  #pending = '';

  constructor(text: string, { before, frames, inLink, lowering }: Surroundings) {
    this.#text = text;
    this.#before = before;
    this.#frames = frames;
    this.#lowering = lowering;
    this.#inLink = inLink;
  }

  read(): void {
    for (let at = 0; at < this.#text.length;) {
      const sign = this.#text[at] ?? '';
      const taken = this.#readers[sign]?.(at) ?? (isMarkSign(sign) ? this.#mark(at, sign) : 0);
      if (taken === 0) this.#pending += sign;
      at += taken || 1;
    }
    this.#flush();
  }

  readonly #readers: Readonly<Record<string, SignReader>> = {
    '\\': (at) => this.#backslash(at),
    '{': (at) => this.#brace(at),
    '[': (at) => this.#link(at),
    '!': (at) => this.#image(at),
    '?': (at) => (this.#text[at + 1] === '?' ? this.#mark(at, '??') : 0),
    '-': (at) => this.#dashes(at),
    ':': (at) => this.#emoticon(at),
    ';': (at) => this.#emoticon(at),
    '(': (at) => this.#emoticon(at),
    f: (at) => this.#address(at),
    h: (at) => this.#address(at),
    m: (at) => this.#address(at),
  };

  #backslash(at: number): number {
    const next = this.#text[at + 1] ?? '';
    if (next === '\\') return this.#add(buildElement('br', {}), 2);
    if (!escaped.has(next)) return 0;
    this.#pending += next;
    return 2;
  }

  /** `{{code}}`, and marks in braces, which may stand within a word. */
  #brace(at: number): number {
    if (this.#text[at + 1] === '{') {
      const end = this.#nextOf('}}', at + 2);
      const code = this.#text.slice(at + 2, end);
      if (end === Infinity || code.trim() === '') return 0;
      return this.#add(buildElement('code', {}, [decodeHTMLStrict(code)]), code.length + 4);
    }
    const end = this.#text.startsWith('??', at + 1) ? at + 3 : at + 2;
    const sign = this.#text.slice(at + 1, end);
    if (this.#text[end] !== '}' || !isMarkSign(sign)) return 0;
    const source = `{${sign}}`;
    this.#flush();
    if (this.#frames.isOpen(sign)) {
      // An empty mark would vanish with what stands for it.
      if (this.#frames.isEmpty(sign)) this.#frames.add(source);
      this.#frames.close(sign);
    } else this.#frames.open(sign, source);
    return source.length;
  }

  #mark(at: number, sign: string): number {
    const before = this.#text[at - 1] ?? this.#before;
    const after = this.#text[at + sign.length] ?? '';
    const isOpen = this.#frames.isOpen(sign);
    const afterWord = this.#isWord(at - 1);
    if (isOpen && before.trim() !== '' && !this.#isWord(at + sign.length)) {
      this.#flush();
      if (this.#frames.isEmpty(sign)) return 0;
      this.#frames.close(sign);
      return sign.length;
    }
    const isAtEnd = after === '' && at + sign.length >= this.#text.length;
    const opens = !isOpen && !afterWord && (after.trim() !== '' || isAtEnd) && after !== sign[0];
    if (!opens) return 0;
    this.#flush();
    this.#frames.open(sign, sign);
    return sign.length;
  }

  /** `--` and `---` between spaces are dashes; other rows of them are text. */
  #dashes(at: number): number {
    let end = at;
    while (this.#text[end] === '-') end += 1;
    const length = end - at;
    if (length === 1) return this.#mark(at, '-');
    const isFree = (this.#text[at - 1] ?? ' ') === ' ' && (this.#text[end] ?? ' ') === ' ';
    const dash = { 2: '–', 3: '—' }[length];
    this.#pending += isFree && dash !== undefined ? dash : this.#text.slice(at, end);
    return length;
  }

  #link(at: number): number {
    const end = this.#nextOf(']', at + 1);
    if (end === Infinity || this.#inLink || this.#nextOf('[', at + 1) < end) return 0;
    const link = readLink(this.#text.slice(at + 1, end));
    if (link === undefined) return 0;
    const children = link.text === undefined ? [] : readInline([link.text], this.#lowering, true);
    return this.#add(link.toElement(children), end + 1 - at);
  }

  #image(at: number): number {
    const end = this.#isWord(at - 1) ? Infinity : this.#nextOf('!', at + 1);
    const image = end === Infinity ? undefined : readImage(this.#text.slice(at + 1, end));
    return image === undefined ? 0 : this.#add(image, end + 1 - at);
  }

  #emoticon(at: number): number {
    if (this.#isWord(at - 1)) return 0;
    const sign = emoticonAt(this.#text, at);
    if (sign === undefined || this.#isWord(at + sign.length)) return 0;
    return this.#add(emoticonNode(sign), sign.length);
  }

  #address(at: number): number {
    if (this.#inLink || this.#isWord(at - 1)) return 0;
    const address = bareAddressAt(this.#text, at);
    if (address === undefined) return 0;
    const shown = address.replace(/^mailto:/i, '');
    return this.#add(buildElement('a', { href: address }, [shown]), address.length);
  }

  #isWord(at: number): boolean {
    return word.test(this.#text[at] ?? '');
  }

  #nextOf(sign: string, from: number): number {
    const known = this.#next.get(sign) ?? new NextOf(this.#text, sign);
    this.#next.set(sign, known);
    return known.from(from);
  }

  #add(node: XmlNode, taken: number): number {
    this.#flush();
    this.#frames.add(node);
    return taken;
  }

  #flush(): void {
    if (this.#pending !== '') this.#frames.add(decodeHTMLStrict(this.#pending));
    this.#pending = '';
  }
}
