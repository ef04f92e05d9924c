import { cleanText } from '../clean-text.ts';
import type { LossCounter } from '../lossy.ts';
import { maxDepth, type XmlElement, type XmlNode } from '../storage/xml.ts';
import { element } from './lowered.ts';
import { loweringOf } from './lowerings.ts';
import { type Wrapper, wrappersOf } from './marks.ts';
import { type AdfNode, type Clean, readNode } from './node.ts';

/**
 * Lowers ADF nodes to the elements of the storage format. It never throws and keeps every text: nodes
 * below the level that `parseXml` flattens are flattened too, in linear time and without recursion.
 */
export function lower(content: readonly unknown[], lossy: LossCounter): XmlNode[] {
  const clean: Clean = (text) => {
    const { text: kept, dropped } = cleanText(text);
    lossy.add('invisible character', dropped);
    return kept;
  };
  const root = element('');
  const open = [new Frame(content, root, 0, undefined)];
  for (let frame = open.at(-1); frame !== undefined; frame = open.at(-1)) {
    const next = frame.next();
    if (next === undefined) open.pop();
    else for (const inside of lowerOne(next.value, frame, clean, lossy)) open.push(inside);
  }
  return root.children;
}

/** Lowers one node into its frame; gives the frames of its content, the last of which comes first. */
function lowerOne(value: unknown, frame: Frame, clean: Clean, lossy: LossCounter): Frame[] {
  const node = readNode(value, clean);
  if (node === undefined) {
    if (typeof value === 'string') append(frame.target([]), clean(value));
    return [];
  }
  const { wrappers, unknown } = wrappersOf(node.marks);
  for (const type of unknown) lossy.add(`mark ${type}`);
  const { nodes, holes } = loweringOf(node.type)(node, frame.parent);
  const isLeaf = holes.length === 0;
  if (frame.depth >= maxDepth && !isLeaf) {
    append(frame.element, ' ');
    return [frame.flattened(holes.flatMap((hole) => hole.content))];
  }
  // A mark is an element too, so what is nested too deep has none.
  const target = frame.target(frame.depth < maxDepth ? wrappers : []);
  for (const each of nodes) append(target, each);
  if (isLeaf) return node.content.length === 0 ? [] : [frame.flattened(node.content)];
  return holes
    .map(({ into, content, levels }) => frame.inside(into, content, levels, node))
    .toReversed();
}

/** Content that is being lowered, and where it goes. */
class Frame {
  readonly element: XmlElement;
  readonly depth: number;
  readonly parent: AdfNode | undefined;
  readonly #content: readonly unknown[];
  #index = 0;
  /** The marks that are open around the last node, so that neighbours share them. */
  #marks: { readonly key: string; readonly element: XmlElement }[] = [];

  constructor(
    content: readonly unknown[],
    into: XmlElement,
    depth: number,
    parent: AdfNode | undefined,
  ) {
    this.element = into;
    this.depth = depth;
    this.parent = parent;
    this.#content = content;
  }

  next(): { readonly value: unknown } | undefined {
    if (this.#index >= this.#content.length) return undefined;
    this.#index += 1;
    return { value: this.#content[this.#index - 1] };
  }

  /** The element that a node with these marks goes into: marks are kept open as long as they last. */
  target(wrappers: readonly Wrapper[]): XmlElement {
    const wanted = new Map(wrappers.map((wrapper) => [wrapper.key, wrapper]));
    const ended = this.#marks.findIndex(({ key }) => !wanted.has(key));
    if (ended !== -1) this.#marks.length = ended;
    for (const { key } of this.#marks) wanted.delete(key);
    for (const wrapper of wanted.values()) {
      const mark = wrapper.create();
      append(this.#innermost(), mark);
      this.#marks.push({ key: wrapper.key, element: mark });
    }
    return this.#innermost();
  }

  inside(into: XmlElement, content: readonly unknown[], levels: number, parent: AdfNode): Frame {
    return new Frame(content, into, this.depth + this.#marks.length + levels, parent);
  }

  /** Content whose own element is left out. */
  flattened(content: readonly unknown[]): Frame {
    return new Frame(content, this.#innermost(), this.depth + this.#marks.length, this.parent);
  }

  #innermost(): XmlElement {
    return this.#marks.at(-1)?.element ?? this.element;
  }
}

function append({ children }: XmlElement, node: XmlNode): void {
  const last = children.at(-1);
  if (typeof last === 'string' && typeof node === 'string') {
    children[children.length - 1] = last + node;
  } else if (node !== '') children.push(node);
}
