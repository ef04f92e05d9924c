import { buildElement } from '../storage/build-element.ts';
import type { XmlNode } from '../storage/xml.ts';

interface Frame {
  readonly sign: string;
  /** What opened it, for when nothing closes it. */
  readonly source: string;
  readonly children: XmlNode[];
}

const elements: Readonly<Record<string, string>> = {
  '*': 'strong',
  _: 'em',
  '-': 'del',
  '+': 'u',
  '^': 'sup',
  '~': 'sub',
  '??': 'cite',
};

export function isMarkSign(sign: string): boolean {
  return Object.hasOwn(elements, sign);
}

/** Collects the inline content of a line. A mark that is never closed is text. */
export class MarkFrames {
  readonly #root: XmlNode[] = [];
  readonly #open: Frame[] = [];

  isOpen(sign: string): boolean {
    return this.#open.some((frame) => frame.sign === sign);
  }

  open(sign: string, source: string): void {
    this.#open.push({ sign, source, children: [] });
  }

  /** Ends a mark that is open, and makes text of those that were opened in it. */
  close(sign: string): void {
    while (this.#open.at(-1)?.sign !== sign) this.#giveUp();
    const children = this.#open.pop()?.children ?? [];
    this.add(buildElement(elements[sign] ?? 'span', {}, children));
  }

  /** Whether a mark would be empty if it was closed. */
  isEmpty(sign: string): boolean {
    return this.#open.at(-1)?.sign === sign && this.#open.at(-1)?.children.length === 0;
  }

  add(node: XmlNode): void {
    const target = this.#open.at(-1)?.children ?? this.#root;
    const last = target.at(-1);
    if (typeof node === 'string' && typeof last === 'string')
      target[target.length - 1] = last + node;
    else if (node !== '') target.push(node);
  }

  end(): XmlNode[] {
    while (this.#open.length > 0) this.#giveUp();
    return this.#root;
  }

  #giveUp(): void {
    const frame = this.#open.pop();
    if (frame === undefined) return;
    this.add(frame.source);
    for (const child of frame.children) this.add(child);
  }
}
