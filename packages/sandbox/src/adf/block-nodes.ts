import { type AdfNode, node, textNode } from './adf-node.ts';
import type { BodyNames } from './body-names.ts';
import { inlineNodes } from './inline-nodes.ts';
import { macroNode, parametersOf } from './macro-nodes.ts';
import {
  childOf,
  isElement,
  type StorageElement,
  type StorageNode,
  textOf,
} from './storage-tree.ts';

type Block = (element: StorageElement, names: BodyNames) => readonly AdfNode[];

/** What stands on lines of its own; text between becomes paragraphs. */
export function blockNodes(nodes: readonly StorageNode[], names: BodyNames): AdfNode[] {
  const out: AdfNode[] = [];
  let line: StorageNode[] = [];
  const endLine = (): void => {
    if (line.some((each) => isElement(each) || each.trim() !== '')) {
      out.push(node('paragraph', {}, trimmed(inlineNodes(line, names))));
    }
    line = [];
  };
  for (const each of nodes) {
    const block = isElement(each) ? blockOf(each) : undefined;
    if (block === undefined || !isElement(each)) {
      line.push(each);
      continue;
    }
    endLine();
    out.push(...block(each, names));
  }
  endLine();
  return out;
}

function blockOf(element: StorageElement): Block | undefined {
  if (element.name !== 'ac:structured-macro') return blocks[element.name];
  const name = element.attributes['ac:name'] ?? '';
  if (name === 'status') return undefined;
  return macros[name] ?? anyMacro;
}

/** The editor keeps no white space at the ends of a line. */
function trimmed(line: readonly AdfNode[]): AdfNode[] {
  const isSpace = (each: AdfNode | undefined): boolean => each?.text?.trim() === '';
  return line.filter(
    (each, index) => !(isSpace(each) && (index === 0 || index === line.length - 1)),
  );
}

function lineNodes(nodes: readonly StorageNode[], names: BodyNames): AdfNode[] {
  return trimmed(inlineNodes(nodes, names));
}

const holding =
  (type: string, attrs: object = {}): Block =>
  ({ children }, names) => [node(type, { ...attrs }, blockNodes(children, names))];

const within: Block = ({ children }, names) => blockNodes(children, names);

/** A macro or picture in a paragraph ends it. */
const paragraph: Block = ({ children }, names) =>
  children.some((child) => isElement(child) && blockOf(child) !== undefined && !isInline(child))
    ? blockNodes(children, names)
    : [node('paragraph', {}, lineNodes(children, names))];

/** Whether a macro may stand in a line: all but those with a body. */
function isInline(element: StorageElement): boolean {
  if (element.name === 'ac:image') return childOf(element, 'ri:attachment') !== undefined;
  return (
    element.name === 'ac:structured-macro' &&
    childOf(element, 'ac:rich-text-body', 'ac:plain-text-body') === undefined
  );
}

const heading =
  (level: number): Block =>
  ({ children }, names) => [node('heading', { level }, lineNodes(children, names))];

const list =
  (type: string): Block =>
  ({ attributes, children }, names) => {
    const { start } = attributes;
    const items = children
      .filter(isElement)
      .map((item) => node('listItem', {}, blockNodes(item.children, names)));
    return [node(type, { order: start === undefined ? undefined : Number(start) }, items)];
  };

const table: Block = (element, names) => {
  const rows = rowsOf(element).map((row) => node('tableRow', {}, cellsOf(row, names)));
  return [node('table', { layout: 'default' }, rows)];
};

function rowsOf({ children }: StorageElement): StorageElement[] {
  return children
    .filter(isElement)
    .flatMap((child) => (child.name === 'tr' ? [child] : rowsOf(child)));
}

function cellsOf({ children }: StorageElement, names: BodyNames): AdfNode[] {
  const number = (value: string | undefined): number | undefined =>
    value === undefined ? undefined : Number(value);
  return children
    .filter(isElement)
    .map(({ name, attributes, children: inside }) =>
      node(
        name === 'th' ? 'tableHeader' : 'tableCell',
        { colspan: number(attributes['colspan']), rowspan: number(attributes['rowspan']) },
        blockNodes(inside, names),
      ),
    );
}

const taskList: Block = ({ children }, names) => {
  const items = children.filter(isElement).map((task, index) => {
    const state = textOf(childOf(task, 'ac:task-status')?.children ?? []);
    const words = childOf(task, 'ac:task-body')?.children ?? [];
    const attrs = { localId: String(index), state: state === 'complete' ? 'DONE' : 'TODO' };
    return node('taskItem', attrs, lineNodes(words, names));
  });
  return [node('taskList', { localId: 'tasks' }, items)];
};

const picture: Block = (element, names) => {
  const { 'ac:alt': alt, 'ac:width': width, 'ac:align': layout = 'center' } = element.attributes;
  const file = childOf(element, 'ri:attachment');
  const words = childOf(element, 'ac:caption');
  const caption =
    words === undefined
      ? []
      : [node('caption', {}, lineNodes(words.children.flatMap(unwrapped), names))];
  const size = width === undefined ? {} : { width: Number(width), widthType: 'pixel' };
  return [node('mediaSingle', { layout, ...size }, [media(element, file, alt, names), ...caption])];
};

function media(
  element: StorageElement,
  file: StorageElement | undefined,
  alt: string | undefined,
  names: BodyNames,
): AdfNode {
  const url = childOf(element, 'ri:url')?.attributes['ri:value'] ?? '';
  if (file === undefined) return node('media', { type: 'external', url, alt });
  const { id, collection, fileName } = names.media(file);
  return node('media', { type: 'file', id, collection, alt: alt ?? fileName });
}

function unwrapped(each: StorageNode): readonly StorageNode[] {
  return isElement(each) && each.name === 'p' ? each.children : [each];
}

/** What the storage format keeps of the editor's own nodes. */
const extension: Block = (element, names) => {
  const inner = childOf(element, 'ac:adf-node');
  const content = inner && childOf(inner, 'ac:adf-content');
  const given = (inner?.children ?? []).filter(isElement);
  const attribute = (key: string): string | undefined => {
    const found = given.find(({ attributes }) => attributes['key'] === key);
    return found && textOf(found.children);
  };
  const attrs = {
    panelType: attribute('panel-type') ?? 'custom',
    panelIconText: attribute('panel-icon-text'),
  };
  return [node('panel', attrs, blockNodes(content?.children ?? [], names))];
};

const blocks: Readonly<Record<string, Block>> = {
  'ac:adf-extension': extension,
  'ac:image': picture,
  'ac:layout': within,
  'ac:layout-cell': holding('layoutColumn', { width: 50 }),
  'ac:layout-section': holding('layoutSection'),
  'ac:task-list': taskList,
  blockquote: holding('blockquote'),
  div: within,
  h1: heading(1),
  h2: heading(2),
  h3: heading(3),
  h4: heading(4),
  h5: heading(5),
  h6: heading(6),
  hr: () => [node('rule')],
  ol: list('orderedList'),
  p: paragraph,
  pre: ({ children }) => [node('codeBlock', {}, [textNode(textOf(children), [])])],
  table,
  ul: list('bulletList'),
};

/** What a macro is in the editor, whose names are younger. */
const panel =
  (panelType: string): Block =>
  (macro, names) => {
    // The editor's panels have no title, so one with a title stays a macro.
    if (parametersOf(macro)['title'] !== undefined) return anyMacro(macro, names);
    return [node('panel', { panelType }, richBody(macro, names))];
  };

function richBody(macro: StorageElement, names: BodyNames): AdfNode[] {
  return blockNodes(childOf(macro, 'ac:rich-text-body')?.children ?? [], names);
}

const anyMacro: Block = (macro, names) =>
  childOf(macro, 'ac:rich-text-body') === undefined
    ? [macroNode('extension', macro)]
    : [macroNode('bodiedExtension', macro, richBody(macro, names))];

const macros: Readonly<Record<string, Block>> = {
  code: (macro) => {
    const { language, title } = parametersOf(macro);
    if (title !== undefined) return [macroNode('extension', macro)];
    const text = textOf(childOf(macro, 'ac:plain-text-body')?.children ?? []);
    return [node('codeBlock', { language }, text === '' ? [] : [textNode(text, [])])];
  },
  expand: (macro, names) => [
    node('expand', { title: parametersOf(macro)['title'] }, richBody(macro, names)),
  ],
  info: panel('info'),
  note: panel('warning'),
  tip: panel('success'),
  warning: panel('error'),
};
