import { text } from '../mdast/nodes.ts';
import { attribute, textOf } from './element.ts';
import type { ElementHandler } from './reader.ts';

/** `<time>`: what it says, or its date as written, e.g. `2026-11-02`. */
export const convertTime: ElementHandler = (element, reader) => {
  if (textOf(element.children).trim() !== '') return reader.mixed(element.children);
  return [text(attribute(element, 'datetime') ?? '')];
};
