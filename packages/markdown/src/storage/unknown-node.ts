import { readMacro } from './macro.ts';
import type { ElementHandler } from './reader.ts';
import { visibleBlock } from './visible-macro.ts';

/** `adf:node`: a node of the editor that no storage format has, shown as an unknown macro is. */
export const convertUnknownNode: ElementHandler = (element, reader) => {
  const node = readMacro(element);
  reader.lost(`node ${node.name}`);
  return visibleBlock(`Node: ${node.name}`, node, reader);
};
