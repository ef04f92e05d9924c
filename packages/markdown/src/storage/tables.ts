import type { PhrasingContent, RootContent, TableRow } from 'mdast';

import type { HtmlCell } from '../mdast/nodes.ts';
import { attribute, isElement } from './element.ts';
import type { ElementHandler, StorageReader } from './reader.ts';
import type { XmlElement } from './xml.ts';

/**
 * A GFM table when Markdown can say it: no merged cells, and nothing but paragraphs in the cells.
 * Otherwise an HTML table.
 */
export const convertTable: ElementHandler = (element, reader) => {
  const parts: TableParts = { before: [], rows: [] };
  readRows(element, parts, reader.inside({ inline: false }));
  const { before, rows } = parts;
  if (rows.length === 0) return before;
  const isSimple = rows.every((row) => row.every(isSimpleCell));
  return [...before, isSimple ? toGfm(rows) : { type: 'htmlTable', rows }];
};

interface TableParts {
  /** The caption. */
  readonly before: RootContent[];
  readonly rows: HtmlCell[][];
}

const sections = new Set(['thead', 'tbody', 'tfoot']);

function readRows(parent: XmlElement, parts: TableParts, reader: StorageReader): void {
  for (const child of parent.children) {
    if (isElement(child) && sections.has(child.name)) {
      readRows(child, parts, reader);
    } else if (isElement(child) && child.name === 'tr') {
      const row = readRow(child, parent.name === 'thead', reader);
      if (row.length > 0) parts.rows.push(row);
    } else addStray(reader.flow([child]), parts);
  }
}

/** What a broken body left between the rows makes a row of its own: it must not be lost. */
function addStray(blocks: RootContent[], { before, rows }: TableParts): void {
  if (blocks.length === 0) return;
  if (rows.length === 0) for (const block of blocks) before.push(block);
  else rows.push([plainCell(blocks)]);
}

function plainCell(children: RootContent[]): HtmlCell {
  return { header: false, columnSpan: 1, rowSpan: 1, children };
}

function readRow(row: XmlElement, inHead: boolean, reader: StorageReader): HtmlCell[] {
  const cells: HtmlCell[] = [];
  for (const child of row.children) {
    const isCell = isElement(child) && (child.name === 'td' || child.name === 'th');
    const children = reader.flow(isCell ? child.children : [child]);
    if (isCell) cells.push({ ...shapeOf(child), header: inHead || child.name === 'th', children });
    else if (children.length > 0) cells.push(plainCell(children));
  }
  return cells;
}

function shapeOf(cell: XmlElement): Pick<HtmlCell, 'columnSpan' | 'rowSpan'> {
  return {
    columnSpan: spanOf(attribute(cell, 'colspan')),
    rowSpan: spanOf(attribute(cell, 'rowspan')),
  };
}

/** HTML's own limit for a span. */
const maxSpan = 1000;

function spanOf(written: string | undefined): number {
  const span = Number.parseInt(written ?? '1', 10);
  return span >= 1 ? Math.min(span, maxSpan) : 1;
}

function isSimpleCell(cell: HtmlCell): boolean {
  const isParagraphs = cell.children.every(({ type }) => type === 'paragraph');
  return isParagraphs && cell.columnSpan === 1 && cell.rowSpan === 1;
}

function toGfm(rows: readonly (readonly HtmlCell[])[]): RootContent {
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const [first] = rows;
  const hasHeader = first?.every(({ header }) => header) ?? false;
  const body = (hasHeader ? rows.slice(1) : rows).map((row) => toGfmRow(row, columns, true));
  // GFM has no table without a header row.
  const header = toGfmRow(hasHeader ? (first ?? []) : [], columns, false);
  return { type: 'table', children: [header, ...body], data: { rows } };
}

/** Header cells of a header column are set bold, which is all that GFM can do. */
function toGfmRow(row: readonly HtmlCell[], columns: number, boldHeaders: boolean): TableRow {
  const cells = row.map((cell): PhrasingContent[] => {
    const children = lines(cell);
    const isBold = cell.header && boldHeaders && children.some(({ type }) => type !== 'strong');
    return isBold ? [{ type: 'strong', children: children.flatMap(withoutStrong) }] : children;
  });
  while (cells.length < columns) cells.push([]);
  return {
    type: 'tableRow',
    children: cells.map((children) => ({ type: 'tableCell', children })),
  };
}

function withoutStrong(node: PhrasingContent): PhrasingContent[] {
  return node.type === 'strong' ? node.children : [node];
}

/** The paragraphs of a cell, parted by line breaks. */
function lines(cell: HtmlCell): PhrasingContent[] {
  const joined: PhrasingContent[] = [];
  for (const child of cell.children) {
    if (child.type !== 'paragraph') continue;
    if (joined.length > 0) joined.push({ type: 'break' });
    for (const part of child.children) joined.push(part);
  }
  return joined;
}
