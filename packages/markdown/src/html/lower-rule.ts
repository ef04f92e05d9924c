import { attribute, isElement } from '../storage/element.ts';
import type { XmlElement, XmlNode } from '../storage/xml.ts';

/** Brings nodes to the storage format. */
export type Lower = (nodes: readonly XmlNode[]) => XmlNode[];

/** Gives what stands for an element, or `undefined` when the rule is not for it. */
export type LowerRule = (element: XmlElement, lower: Lower) => readonly XmlNode[] | undefined;

export function hasClass(element: XmlElement, name: string): boolean {
  return classesOf(element).includes(name);
}

export function classesOf(element: XmlElement): readonly string[] {
  return attribute(element, 'class')?.split(/\s+/) ?? [];
}

/** The first element inside for which the question is answered with yes, in the order of the page. */
export function findInside(
  nodes: readonly XmlNode[],
  isWanted: (element: XmlElement) => boolean,
): XmlElement | undefined {
  for (const node of nodes) {
    if (!isElement(node)) continue;
    const found = isWanted(node) ? node : findInside(node.children, isWanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The nodes without the elements for which the question is answered with yes. */
export function without(
  nodes: readonly XmlNode[],
  isUnwanted: (element: XmlElement) => boolean,
): XmlNode[] {
  return nodes.filter((node) => !isElement(node) || !isUnwanted(node));
}
