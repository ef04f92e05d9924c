import type { List, ListItem, RootContent } from 'mdast';

import { attribute, isElement } from './element.ts';
import type { ElementHandler, StorageReader } from './reader.ts';
import type { XmlElement, XmlNode } from './xml.ts';

/** Gives the handler of `ul` or `ol`. */
export function list(ordered: boolean): ElementHandler {
  return (element, reader) => {
    const inner = reader.insideContainer();
    const items: RootContent[][] = [];
    for (const child of element.children) addItem(items, child, inner);
    const start = ordered ? { start: startOf(element) } : {};
    return toList(
      items.map((blocks) => toItem(blocks)),
      reader,
      { ordered, ...start },
    );
  };
}

function addItem(items: RootContent[][], child: XmlNode, reader: StorageReader): void {
  if (isElement(child) && child.name === 'li') {
    items.push(reader.flow(child.children));
    return;
  }
  const stray = reader.flow([child]);
  if (stray.length === 0) return;
  const last = items.at(-1);
  const isList = isElement(child) && (child.name === 'ul' || child.name === 'ol');
  // Confluence and Word write a nested list beside its item instead of inside it.
  if (isList && last !== undefined) for (const block of stray) last.push(block);
  else items.push(stray);
}

/** Makes an item; blank lines part its blocks unless they are one paragraph and lists. */
export function toItem(given: RootContent[], checked?: boolean): ListItem {
  const [first, ...rest] = given;
  // Nested without a word, the signs of lists would be a rule: `- - -`.
  const children = first && rest.length === 0 && isEmptyList(first) ? [] : given;
  const isTight = children.every(
    ({ type }, index) => type === 'list' || (index === 0 && type === 'paragraph'),
  );
  return {
    type: 'listItem',
    spread: !isTight,
    children: children as ListItem['children'],
    ...(checked !== undefined && { checked }),
  };
}

function isEmptyList(node: RootContent): boolean {
  return (
    node.type === 'list' &&
    node.children.every(
      ({ checked, children }) => typeof checked !== 'boolean' && children.length === 0,
    )
  );
}

/** Makes a list of items, or gives their content when lists are already nested too deep. */
export function toList(
  items: ListItem[],
  reader: StorageReader,
  options: Partial<List>,
): RootContent[] {
  if (items.length === 0) return [];
  if (!reader.canNest) return items.flatMap((item) => item.children);
  return [
    { type: 'list', ...options, spread: items.some(({ spread }) => spread), children: items },
  ];
}

/** CommonMark reads at most nine digits; room is left for the items that follow. */
function startOf(element: XmlElement): number {
  const written = attribute(element, 'start') ?? '';
  return /^\d{1,8}$/.test(written) ? Number(written) : 1;
}
