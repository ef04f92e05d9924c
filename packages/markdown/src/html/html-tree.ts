import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

import { cleanText } from '../clean-text.ts';
import { maxDepth, type XmlElement, type XmlNode } from '../storage/xml.ts';
import { impliedEnds, voidElements } from './html-elements.ts';

/**
 * Reads HTML as browsers do: void elements, end tags that may be left out, any case. It never throws.
 * Comments are dropped; elements nested too deep are flattened.
 */
export function parseHtml(source: string, onDropped?: (count: number) => void): XmlNode[] {
  const builder = new HtmlTreeBuilder(source, onDropped);
  const tokenizer = new Tokenizer({ xmlMode: false, decodeEntities: true }, builder);
  tokenizer.write(source);
  tokenizer.end();
  return builder.root.children;
}

/** Most elements have none, and a map for each would cost memory and time. */
const noAttributes = new Map<string, string>();

interface OpenElement {
  readonly name: string;
  /** Receives the children: the element itself, or its ancestor when it lies too deep. */
  readonly target: XmlElement;
}

class HtmlTreeBuilder implements TokenizerCallbacks {
  readonly root: XmlElement = { name: '', attributes: new Map(), children: [] };
  readonly #source: string;
  readonly #onDropped: ((count: number) => void) | undefined;
  readonly #open: OpenElement[] = [];
  /** How many elements of a name are open, so that a stray end tag costs nothing. */
  readonly #openCount = new Map<string, number>();
  #tagName = '';
  #attributeName = '';
  #attributeValue = '';
  #attributes = noAttributes;

  constructor(source: string, onDropped?: (count: number) => void) {
    this.#source = source;
    this.#onDropped = onDropped;
  }

  ontext(start: number, end: number): void {
    this.#append(this.#source.slice(start, end));
  }

  ontextentity(codePoint: number): void {
    this.#append(String.fromCodePoint(codePoint));
  }

  onopentagname(start: number, end: number): void {
    this.#tagName = this.#source.slice(start, end).toLowerCase();
    this.#attributes = noAttributes;
  }

  onattribname(start: number, end: number): void {
    this.#attributeName = this.#source.slice(start, end).toLowerCase();
    this.#attributeValue = '';
  }

  onattribdata(start: number, end: number): void {
    this.#attributeValue += this.#source.slice(start, end);
  }

  onattribentity(codePoint: number): void {
    this.#attributeValue += String.fromCodePoint(codePoint);
  }

  onattribend(): void {
    if (this.#attributes.has(this.#attributeName)) return;
    if (this.#attributes === noAttributes) this.#attributes = new Map();
    this.#attributes.set(this.#attributeName, this.#clean(this.#attributeValue));
  }

  onopentagend(): void {
    const name = this.#tagName;
    const ended = impliedEnds.get(name);
    while (ended?.has(this.#open.at(-1)?.name ?? '') === true) this.#pop();
    const parent = this.#target();
    const isTooDeep = this.#open.length >= maxDepth;
    const element = { name, attributes: this.#attributes, children: [] };
    if (isTooDeep) this.#append(' ');
    else parent.children.push(element);
    if (!voidElements.has(name)) this.#push(isTooDeep ? parent : element);
  }

  /** HTML knows no `<div/>`, but foreign content has it and readers of XHTML write it. */
  onselfclosingtag(): void {
    this.onopentagend();
    if (this.#tagName.includes(':')) this.#close(this.#tagName);
  }

  onclosetag(start: number, end: number): void {
    this.#close(this.#source.slice(start, end).toLowerCase());
  }

  oncdata(start: number, end: number, endOffset: number): void {
    this.#append(this.#source.slice(start, end - endOffset));
  }

  oncomment(): void {
    // Nobody sees a comment.
  }

  ondeclaration(): void {
    // The document type says nothing to a reader.
  }

  onprocessinginstruction(): void {
    // Word and PHP leave these.
  }

  onend(): void {
    // Elements that are still open end here.
  }

  #push(target: XmlElement): void {
    this.#open.push({ name: this.#tagName, target });
    this.#openCount.set(this.#tagName, (this.#openCount.get(this.#tagName) ?? 0) + 1);
  }

  #pop(): string | undefined {
    const name = this.#open.pop()?.name;
    if (name !== undefined) this.#openCount.set(name, (this.#openCount.get(name) ?? 1) - 1);
    return name;
  }

  #close(name: string): void {
    if ((this.#openCount.get(name) ?? 0) === 0) return;
    while (this.#pop() !== name);
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
}
