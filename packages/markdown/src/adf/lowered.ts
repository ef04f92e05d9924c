import type { XmlElement, XmlNode } from '../storage/xml.ts';
import type { AdfNode } from './node.ts';

/** What a node becomes in the storage format, with the places that its content goes into. */
export interface Lowered {
  readonly nodes: readonly XmlNode[];
  /** None: content, which the node should not have, comes after it. */
  readonly holes: readonly Hole[];
}

interface Hole {
  readonly into: XmlElement;
  readonly content: readonly unknown[];
  /** How many elements of `Lowered.nodes` are around the content, `into` among them. */
  readonly levels: number;
}

/** Lowers one kind of node. */
export type Lowering = (node: AdfNode, parent?: AdfNode) => Lowered;

/** Makes an element; attributes without a value are left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
  children: XmlNode[] = [],
): XmlElement {
  const kept = new Map<string, string>();
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) kept.set(key, value);
  }
  return { name, attributes: kept, children };
}

export function leaf(...nodes: XmlNode[]): Lowered {
  return { nodes, holes: [] };
}

/** Elements one inside the other, the innermost of which holds the content. */
export function nest(
  content: readonly unknown[],
  outer: XmlElement,
  ...rest: XmlElement[]
): Lowered {
  let into = outer;
  for (const inner of rest) {
    into.children.push(inner);
    into = inner;
  }
  return { nodes: [outer], holes: [{ into, content, levels: rest.length + 1 }] };
}

/** Gives the lowering of a node that is one element with the same content. */
export function container(name: string): Lowering {
  return ({ content }) => nest(content, element(name));
}

/** A macro without a body. */
export function macro(
  name: string,
  parameters: Readonly<Record<string, string | undefined>>,
): XmlElement {
  const written = Object.entries(parameters).flatMap(([key, value]) =>
    value === undefined ? [] : [parameter(key, value)],
  );
  return element('ac:structured-macro', { 'ac:name': name }, written);
}

export function parameter(name: string, value: string): XmlElement {
  return element('ac:parameter', { 'ac:name': name }, [value]);
}
