import type { Element, Nodes, Root } from 'hast';

/** The elements of a tree that are asked for, in the order of the text. */
export function elementsOf(root: Root, isWanted: (element: Element) => boolean): Element[] {
  const found: Element[] = [];
  const open: Nodes[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'element' && isWanted(node)) found.push(node);
    if ('children' in node) for (const child of node.children.toReversed()) open.push(child);
  }
  return found;
}

export function textOf(element: Element | Root): string {
  const parts: string[] = [];
  const open: Nodes[] = [element];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'text') parts.push(node.value);
    if ('children' in node) for (const child of node.children.toReversed()) open.push(child);
  }
  return parts.join('');
}
