import type { RootContent } from 'mdast';

import { paragraph } from '../mdast/nodes.ts';
import { findChild, isElement, textOf } from './element.ts';
import { toItem, toList } from './lists.ts';
import type { ElementHandler, StorageReader } from './reader.ts';
import type { XmlElement } from './xml.ts';

interface Task {
  readonly done: boolean;
  readonly blocks: RootContent[];
}

/** `ac:task-list`: a GitHub task list. */
export const convertTaskList: ElementHandler = (element, reader) => {
  const inner = reader.insideContainer();
  const tasks: Task[] = [];
  const before: RootContent[] = [];
  for (const child of element.children) {
    if (isElement(child) && child.name === 'ac:task') tasks.push(readTask(child, inner));
    // A nested list lies beside its task and belongs into it.
    else for (const block of inner.flow([child])) (tasks.at(-1)?.blocks ?? before).push(block);
  }
  return [...before, ...toTaskList(tasks, reader)];
};

/** A task outside of a list is a list of one. */
export const convertTask: ElementHandler = (element, reader) =>
  toTaskList([readTask(element, reader.insideContainer())], reader);

function toTaskList(tasks: readonly Task[], reader: StorageReader): RootContent[] {
  const items = tasks.map(({ blocks, done }) => toItem(blocks, done));
  return toList(items, reader, { ordered: false });
}

function readTask(task: XmlElement, reader: StorageReader): Task {
  const status = findChild(task, 'ac:task-status');
  const done = status !== undefined && textOf(status.children).trim() === 'complete';
  const content = task.children.filter(
    (child) => !isElement(child) || !bookkeeping.has(child.name),
  );
  const blocks = reader.flow(content);
  // The box belongs to a paragraph, so a task that starts with another block gets an empty one.
  if (blocks[0]?.type !== 'paragraph') blocks.unshift(paragraph());
  return { done, blocks };
}

const bookkeeping = new Set(['ac:task-id', 'ac:task-uuid', 'ac:task-status']);
