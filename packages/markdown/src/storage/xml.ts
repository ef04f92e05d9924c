import { decodeHTMLStrict } from 'entities';
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

import { cleanText } from '../clean-text.ts';

/** An element by its qualified name; Confluence writes the prefixes `ac`, `ri` and `fab` fixed. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlNode[];
}

/** Text nodes and CDATA sections are strings, with entities decoded. */
export type XmlNode = XmlElement | string;

/** Elements nested deeper are flattened: their text joins the element at this level. */
export const maxDepth = 200;

const tagName = /^[\p{L}_][\p{L}\p{M}\p{N}_.:-]*$/u;

/**
 * Reads a storage body. It never throws: end tags that match nothing are ignored, elements that are
 * not closed end with their parent, and what only looks like a tag stays as text. Invisible characters
 * are dropped and reported, before anything decides what has to be escaped.
 */
export function parseXml(source: string, onDropped?: (count: number) => void): XmlNode[] {
  const builder = new TreeBuilder(source, onDropped);
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: false }, builder);
  tokenizer.write(source);
  tokenizer.end();
  return builder.root.children;
}

interface OpenElement {
  readonly name: string;
  /** Receives the children: the element itself, or its ancestor when it lies too deep. */
  readonly target: XmlElement;
}

class TreeBuilder implements TokenizerCallbacks {
  readonly root: XmlElement = { name: '', attributes: new Map(), children: [] };
  readonly #source: string;
  readonly #onDropped: ((count: number) => void) | undefined;
  readonly #open: OpenElement[] = [];
  /** How many elements of a name are open, so that a stray end tag costs nothing. */
  readonly #openCount = new Map<string, number>();
  /** Everything before this offset is in the tree, or is markup. */
  #consumed = 0;
  #tagStart = 0;
  #tagName = '';
  #attributeName = '';
  #attributeValue = '';
  #attributes = new Map<string, string>();

  constructor(source: string, onDropped?: (count: number) => void) {
    this.#source = source;
    this.#onDropped = onDropped;
  }

  ontext(_start: number, end: number): void {
    this.#appendUpTo(end);
  }

  ontextentity(): void {
    // Entities are decoded with the text around them.
  }

  oncdata(start: number, end: number, endOffset: number): void {
    this.#appendUpTo(start - '<![CDATA['.length);
    this.#append(this.#source.slice(start, end - endOffset));
    this.#consumed = end + 1;
  }

  oncomment(start: number, end: number): void {
    this.#appendUpTo(start - '<!--'.length);
    // A comment that is never closed would swallow the rest of the body.
    if (this.#source.startsWith('-->', end - 2)) this.#consumed = end + 1;
  }

  ondeclaration(start: number, end: number): void {
    this.#appendUpTo(start - '<!'.length);
    if (/^doctype\b/i.test(this.#source.slice(start, start + 8))) this.#consumed = end + 1;
  }

  onprocessinginstruction(start: number, end: number): void {
    this.#appendUpTo(start - '<?'.length);
    this.#consumed = this.#source.indexOf('>', end) + 1;
  }

  onopentagname(start: number, end: number): void {
    this.#tagStart = start - 1;
    this.#tagName = this.#source.slice(start, end).toLowerCase();
    this.#attributes = new Map();
  }

  onattribname(start: number, end: number): void {
    this.#attributeName = this.#source.slice(start, end).toLowerCase();
    this.#attributeValue = '';
  }

  onattribdata(start: number, end: number): void {
    this.#attributeValue += this.#source.slice(start, end);
  }

  onattribentity(): void {
    // Entities are decoded when the attribute ends.
  }

  onattribend(): void {
    if (this.#attributes.has(this.#attributeName)) return;
    const value = this.#clean(decodeHTMLStrict(this.#attributeValue));
    this.#attributes.set(this.#attributeName, value);
  }

  onopentagend(end: number): void {
    this.#openTag(end, false);
  }

  onselfclosingtag(end: number): void {
    this.#openTag(end, true);
  }

  onclosetag(start: number, end: number): void {
    const name = this.#source.slice(start, end).toLowerCase();
    const tagEnd = this.#source.indexOf('>', end);
    const isTag = tagEnd !== -1 && this.#source.lastIndexOf('<', tagEnd) === start - '</'.length;
    if (!isTag || !tagName.test(name)) return;
    this.#appendUpTo(start - '</'.length);
    this.#consumed = tagEnd + 1;
    if ((this.#openCount.get(name) ?? 0) === 0) return;
    for (;;) {
      const closed = this.#open.pop();
      if (closed === undefined) return;
      this.#openCount.set(closed.name, (this.#openCount.get(closed.name) ?? 1) - 1);
      if (closed.name === name) return;
    }
  }

  onend(): void {
    this.#appendUpTo(this.#source.length);
  }

  #openTag(end: number, isSelfClosing: boolean): void {
    const isTag =
      tagName.test(this.#tagName) && this.#source.lastIndexOf('<', end) === this.#tagStart;
    if (!isTag) return;
    this.#appendUpTo(this.#tagStart);
    this.#consumed = end + 1;
    const parent = this.#target();
    if (this.#open.length >= maxDepth) {
      this.#append(' ');
      if (!isSelfClosing) this.#push(parent);
      return;
    }
    const element = { name: this.#tagName, attributes: this.#attributes, children: [] };
    parent.children.push(element);
    if (!isSelfClosing) this.#push(element);
  }

  #push(target: XmlElement): void {
    this.#open.push({ name: this.#tagName, target });
    this.#openCount.set(this.#tagName, (this.#openCount.get(this.#tagName) ?? 0) + 1);
  }

  #target(): XmlElement {
    return this.#open.at(-1)?.target ?? this.root;
  }

  #append(text: string): void {
    const clean = this.#clean(text);
    const { children } = this.#target();
    const last = children.at(-1);
    if (typeof last === 'string') children[children.length - 1] = last + clean;
    else if (clean !== '') children.push(clean);
  }

  #clean(text: string): string {
    const { text: clean, dropped } = cleanText(text);
    if (dropped > 0) this.#onDropped?.(dropped);
    return clean;
  }

  /** Keeps as text what lies between the last token that made sense and the next one. */
  #appendUpTo(offset: number): void {
    if (offset <= this.#consumed) return;
    this.#append(decodeHTMLStrict(this.#source.slice(this.#consumed, offset)));
    this.#consumed = offset;
  }
}
