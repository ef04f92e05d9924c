import { buildElement } from '../storage/build-element.ts';
import type { XmlElement, XmlNode } from '../storage/xml.ts';
import { afterStart, joinLines, type Line, startOf } from './lines.ts';
import type { Lowering } from './lowering.ts';

const marker = /^\s*([*#-]+)\s+/;

/** Items nested deeper are kept at this level. */
const maxListDepth = 20;

/** Whether a line can begin a list. Two dashes and more are a dash there. */
export function isListItem(line: Line): boolean {
  const markers = marker.exec(startOf(line))?.[1];
  return markers !== undefined && !markers.startsWith('--');
}

interface Item {
  readonly markers: string;
  readonly lines: Line[];
}

/** Reads lines of which the first is an item: `*`, `-` and `#`, one for each level. */
export function readList(lines: readonly Line[], lowering: Lowering): XmlNode[] {
  const items: Item[] = [];
  for (const line of lines) {
    const found = marker.exec(startOf(line));
    const content = found === null ? line : afterStart(line, found[0].length);
    if (found === null) items.at(-1)?.lines.push(line);
    else items.push({ markers: found[1] ?? '', lines: [content] });
  }
  return nest(items, lowering);
}

interface OpenList {
  readonly depth: number;
  readonly list: XmlElement;
}

function nest(items: readonly Item[], lowering: Lowering): XmlNode[] {
  const lists: XmlElement[] = [];
  const open: OpenList[] = [];
  for (const { lines, markers } of items) {
    const name = markers.endsWith('#') ? 'ol' : 'ul';
    while ((open.at(-1)?.depth ?? 0) > markers.length) open.pop();
    const isSibling = open.at(-1)?.depth === markers.length;
    if (isSibling && open.at(-1)?.list.name !== name) open.pop();
    const last = open.at(-1);
    const isFull = open.length >= maxListDepth;
    if (last === undefined || (last.depth < markers.length && !isFull)) {
      const list = buildElement(name, {});
      if (last === undefined) lists.push(list);
      else (lastItem(last.list) ?? last.list).children.push(list);
      open.push({ depth: markers.length, list });
    }
    const content = lowering.blocks(joinLines(lines));
    open.at(-1)?.list.children.push(buildElement('li', {}, content));
  }
  return lists;
}

function lastItem(list: XmlElement): XmlElement | undefined {
  const last = list.children.at(-1);
  return typeof last === 'object' ? last : undefined;
}
