import { type Handler, Parser } from 'htmlparser2';

import { cleanText } from '../clean-text.ts';
import { maxDepth, type XmlElement, type XmlNode } from '../storage/xml.ts';

/**
 * Reads HTML as browsers do: void elements, end tags that may be left out, any case. It never throws.
 * Comments are dropped; elements nested too deep are flattened.
 */
export function parseHtml(source: string, onDropped?: (count: number) => void): XmlNode[] {
  const builder = new HtmlTreeBuilder(onDropped);
  const parser = new Parser(builder, { recognizeCDATA: true });
  parser.end(source);
  return builder.root.children;
}

class HtmlTreeBuilder implements Partial<Handler> {
  readonly root: XmlElement = { name: '', attributes: new Map(), children: [] };
  readonly #onDropped: ((count: number) => void) | undefined;
  /** What receives the children, for each open element: itself, or its ancestor when it lies too deep. */
  readonly #open: XmlElement[] = [this.root];

  constructor(onDropped?: (count: number) => void) {
    this.#onDropped = onDropped;
  }

  onopentag(name: string, written: Record<string, string>): void {
    const parent = this.#target();
    if (this.#open.length > maxDepth) {
      this.ontext(' ');
      this.#open.push(parent);
      return;
    }
    const attributes = new Map<string, string>();
    for (const key in written) attributes.set(key, this.#clean(written[key] ?? ''));
    const element = { name, attributes, children: [] };
    parent.children.push(element);
    this.#open.push(element);
  }

  onclosetag(): void {
    this.#open.pop();
  }

  ontext(text: string): void {
    const clean = this.#clean(text);
    const { children } = this.#target();
    const last = children.at(-1);
    if (typeof last === 'string') children[children.length - 1] = last + clean;
    else if (clean !== '') children.push(clean);
  }

  #target(): XmlElement {
    return this.#open.at(-1) ?? this.root;
  }

  #clean(text: string): string {
    const { text: clean, dropped } = cleanText(text);
    if (dropped > 0) this.#onDropped?.(dropped);
    return clean;
  }
}
