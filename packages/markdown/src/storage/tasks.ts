import type { ListItem, RootContent } from 'mdast';

import { paragraph } from '../mdast/nodes.ts';
import { childElements, findChild, textOf } from './element.ts';
import { toItem, toList } from './lists.ts';
import type { ElementHandler, StorageReader } from './reader.ts';
import type { XmlElement } from './xml.ts';

/** `ac:task-list`: a GitHub task list. */
export const convertTaskList: ElementHandler = (element, reader) => {
  const inner = reader.insideContainer();
  const items: ListItem[] = [];
  for (const child of childElements(element)) {
    if (child.name === 'ac:task') items.push(toTask(child, inner));
    else addStray(items, inner.flow([child]));
  }
  return toList(items, reader, { ordered: false });
};

/** A task outside of a list is a list of one. */
export const convertTask: ElementHandler = (element, reader) =>
  toList([toTask(element, reader.insideContainer())], reader, { ordered: false });

function toTask(task: XmlElement, reader: StorageReader): ListItem {
  const status = findChild(task, 'ac:task-status');
  const done = status !== undefined && textOf(status.children).trim() === 'complete';
  const content = task.children.filter(
    (child) => typeof child === 'string' || !bookkeeping.has(child.name),
  );
  const children = reader.flow(content);
  // The box belongs to a paragraph, so a task that starts with another block gets an empty one.
  if (children[0]?.type !== 'paragraph') children.unshift(paragraph());
  return toItem(children, done);
}

const bookkeeping = new Set(['ac:task-id', 'ac:task-uuid', 'ac:task-status']);

/** Nested lists lie beside their task; they belong into it. */
function addStray(items: ListItem[], stray: RootContent[]): void {
  const last = items.pop();
  if (last === undefined) items.push(toItem(stray));
  else items.push(toItem([...last.children, ...stray], last.checked ?? undefined));
}
