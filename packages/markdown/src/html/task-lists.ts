import { buildElement } from '../storage/build-element.ts';
import { attribute, childElements, isElement } from '../storage/element.ts';
import type { XmlElement, XmlNode } from '../storage/xml.ts';
import { findInside, hasClass, type Lower, type LowerRule } from './lower-rule.ts';

/** Lists of which every item is a task, as Confluence, GitHub and others render them. */
export const lowerTaskList: LowerRule = (element, lower) => {
  const items = childElements(element);
  const isConfluence = hasClass(element, 'inline-task-list');
  const isTasks =
    items.length > 0 &&
    items.every((item) => item.name === 'li' && (isConfluence || boxOf(item) !== undefined));
  if (!isTasks) return undefined;
  const tasks = element.children.map((child) => (isElement(child) ? task(child, lower) : child));
  return [buildElement('ac:task-list', {}, tasks)];
};

function task(item: XmlElement, lower: Lower): XmlElement {
  const box = boxOf(item);
  const isDone = box === undefined ? hasClass(item, 'checked') : box.attributes.has('checked');
  return buildElement('ac:task', {}, [
    buildElement('ac:task-status', {}, [isDone ? 'complete' : 'incomplete']),
    buildElement('ac:task-body', {}, lower(box === undefined ? item.children : cut(item, box))),
  ]);
}

/** The box that an item begins with, at most inside a paragraph or a label. */
function boxOf(item: XmlElement): XmlElement | undefined {
  const first = item.children.find((child) => isElement(child) || child.trim() !== '');
  if (!isElement(first)) return undefined;
  if (isBox(first)) return first;
  return first.name === 'p' || first.name === 'label' ? boxOf(first) : undefined;
}

function isBox(element: XmlElement): boolean {
  return element.name === 'input' && attribute(element, 'type')?.toLowerCase() === 'checkbox';
}

function cut(parent: XmlElement, box: XmlElement): XmlNode[] {
  return parent.children.flatMap((child) => {
    if (child === box) return [];
    const holdsBox = isElement(child) && findInside(child.children, (found) => found === box);
    return holdsBox ? [{ ...child, children: cut(child, box) }] : [child];
  });
}

/** A box that makes no task. */
export const lowerCheckbox: LowerRule = (element) => {
  if (!isBox(element)) return undefined;
  return [element.attributes.has('checked') ? '☑ ' : '☐ '];
};
