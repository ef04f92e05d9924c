import type { PhrasingContent, RootContent } from 'mdast';

import type { LossCounter } from '../lossy.ts';
import { toFlow, toPhrasing } from '../mdast/flow.ts';
import type { Mixed } from '../mdast/nodes.ts';
import { writeMarkdown } from '../mdast/to-markdown.ts';
import type { PageProperties } from './page-properties.ts';
import type { StorageReferences } from './references.ts';
import type { XmlElement, XmlNode } from './xml.ts';

/** Converts one kind of element. */
export type ElementHandler = (element: XmlElement, reader: StorageReader) => Mixed[];

/** What all readers of one body share. */
export interface Conversion {
  readonly references: StorageReferences;
  readonly lossy: LossCounter;
  readonly fragments: Map<string, string>;
  readonly properties: PageProperties;
  /** Finds the handler of an element; elements without one are seen through. */
  handlerOf(element: XmlElement): ElementHandler | undefined;
}

/** Where in the body a reader is. */
interface Place {
  /** Inside a link, which can hold no other link. */
  readonly inLink: boolean;
  /** Inside a paragraph or another line of text. */
  readonly inline: boolean;
  /** Inside page properties; what is nested in them is part of their text. */
  readonly inProperties: boolean;
  /** The marks around; a second one of a kind adds nothing. */
  readonly marks: ReadonlySet<string>;
  /** Lists, items and quotes around: each one is a prefix on every line inside. */
  readonly containers: number;
}

const start: Place = {
  inLink: false,
  inline: false,
  inProperties: false,
  marks: new Set(),
  containers: 0,
};

/**
 * Lists, items and quotes nested deeper lose their frame, because each level repeats its prefix on
 * every line and makes the output grow with the square of the depth.
 */
const maxContainers = 32;

/** Converts the nodes of a storage body, from one place in it. */
export class StorageReader {
  readonly #conversion: Conversion;
  readonly #place: Place;

  constructor(conversion: Conversion, place: Place = start) {
    this.#conversion = conversion;
    this.#place = place;
  }

  get references(): StorageReferences {
    return this.#conversion.references;
  }

  get inLink(): boolean {
    return this.#place.inLink;
  }

  get inline(): boolean {
    return this.#place.inline;
  }

  get canNest(): boolean {
    return this.#place.containers < maxContainers;
  }

  hasMark(mark: string): boolean {
    return this.#place.marks.has(mark);
  }

  /** A reader for what lies inside the place described. */
  inside(place: Partial<Omit<Place, 'marks' | 'containers'>> & { mark?: string }): StorageReader {
    const { mark, ...rest } = place;
    const marks = mark === undefined ? this.#place.marks : new Set([...this.#place.marks, mark]);
    return new StorageReader(this.#conversion, { ...this.#place, ...rest, marks });
  }

  /** A reader for what lies inside a list item or quote. */
  insideContainer(): StorageReader {
    const containers = this.#place.containers + 1;
    return new StorageReader(this.#conversion, { ...this.#place, inline: false, containers });
  }

  /** Converts nodes to whatever they are: inline content, blocks, or both. */
  mixed(nodes: readonly XmlNode[]): Mixed[] {
    const out: Mixed[] = [];
    for (const node of nodes) {
      if (typeof node === 'string') out.push({ type: 'text', value: node });
      else for (const part of this.#element(node)) out.push(part);
    }
    return out;
  }

  /** Converts nodes to blocks. */
  flow(nodes: readonly XmlNode[]): RootContent[] {
    return toFlow(this.mixed(nodes));
  }

  /** Converts nodes to inline content, whatever blocks they hold. */
  phrasing(nodes: readonly XmlNode[]): PhrasingContent[] {
    return toPhrasing(this.inside({ inline: true }).mixed(nodes));
  }

  /** Counts something that Markdown cannot say. */
  lost(construct: string): void {
    this.#conversion.lossy.add(construct);
  }

  /** Keeps blocks under a name that other documents may include; the first of a name wins. */
  keepFragment(name: string, blocks: RootContent[]): void {
    const { fragments } = this.#conversion;
    if (!fragments.has(name)) fragments.set(name, writeMarkdown(blocks));
  }

  /** Keeps what the tables among blocks tell of the page. */
  keepProperties(blocks: readonly RootContent[]): void {
    if (!this.#place.inProperties) this.#conversion.properties.read(blocks);
  }

  #element(element: XmlElement): Mixed[] {
    const handler = this.#conversion.handlerOf(element);
    return handler === undefined ? this.mixed(element.children) : handler(element, this);
  }
}
