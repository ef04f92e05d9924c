import type { XmlElement, XmlNode } from './xml.ts';

export function isElement(node: XmlNode | undefined): node is XmlElement {
  return typeof node === 'object';
}

/** The first child element with one of the names. */
export function findChild(element: XmlElement, ...names: string[]): XmlElement | undefined {
  return element.children.find(
    (child): child is XmlElement => isElement(child) && names.includes(child.name),
  );
}

export function childElements(element: XmlElement): XmlElement[] {
  return element.children.filter(isElement);
}

/** An attribute that says something. */
export function attribute(element: XmlElement, name: string): string | undefined {
  return element.attributes.get(name) || undefined;
}

/** All text inside, as it is written; a `br` is a line feed. */
export function textOf(nodes: readonly XmlNode[]): string {
  return nodes.map((node) => (isElement(node) ? elementText(node) : node)).join('');
}

function elementText(element: XmlElement): string {
  return element.name === 'br' ? '\n' : textOf(element.children);
}
