import type { RootContent } from 'mdast';

import type { HtmlCell } from '../mdast/nodes.ts';
import { joinTexts, plainText } from '../mdast/plain-text.ts';

/** A row of a table, each cell as plain text. */
interface Row {
  readonly texts: readonly string[];
  readonly headers: readonly boolean[];
}

/** What a place in a table holds, for how many more rows. */
interface Place {
  readonly text: string;
  readonly header: boolean;
  left: number;
}

/** A table with more rows or columns is content that somebody reads, not properties. */
const maxSide = 100;

/** The properties of a page, each with all it says, in the order of the page. */
export class PageProperties {
  readonly #values = new Map<string, Set<string>>();
  /** The property that a row without a name goes on with. */
  #last: string | undefined;

  /** Reads the tables among blocks, as the page properties macro does. */
  read(blocks: readonly RootContent[]): void {
    for (const rows of tablesIn(blocks)) {
      this.#last = undefined;
      const properties = hasHeaderRow(rows) ? columns(rows) : rows.map(({ texts }) => texts);
      for (const [name, ...values] of properties) this.#add(name ?? '', values);
    }
  }

  /** By name; `undefined` when there are none. */
  all(): Readonly<Record<string, string>> | undefined {
    if (this.#values.size === 0) return undefined;
    const entries = [...this.#values].map(
      ([name, values]) => [name, joinTexts([...values])] as const,
    );
    return Object.fromEntries(entries);
  }

  /** A name that comes again keeps each value; a row without a name goes on with the one above. */
  #add(written: string, values: readonly string[]): void {
    const name = written === '' ? this.#last : written;
    if (name === undefined) return;
    this.#last = name;
    const known = this.#values.get(name) ?? new Set();
    for (const value of values) known.add(value);
    this.#values.set(name, known);
  }
}

/** The tables of blocks, also those inside panels and folded parts; not those inside cells. */
function* tablesIn(blocks: readonly RootContent[]): Generator<Row[]> {
  for (const block of blocks) {
    const cells = block.type === 'htmlTable' ? block.rows : undefined;
    const rows = block.type === 'table' ? block.data?.rows : cells;
    if (rows !== undefined && isSmall(rows)) yield toRows(rows);
    else if ('children' in block) yield* tablesIn(block.children);
  }
}

function isSmall(rows: readonly (readonly HtmlCell[])[]): boolean {
  return rows.length <= maxSide && rows.every(({ length }) => length <= maxSide);
}

/** Merged cells stand in each place that they cover, so that every row has its name. */
function toRows(rows: readonly (readonly HtmlCell[])[]): Row[] {
  const open: Place[] = [];
  return rows.map((cells) => {
    const row: Place[] = [];
    for (const cell of cells) {
      takeMerged(row, open);
      const { header, rowSpan } = cell;
      open[row.length] = { text: plainText(cell.children), header, left: rowSpan };
      takeMerged(row, open);
    }
    takeMerged(row, open);
    return { texts: row.map(({ text }) => text), headers: row.map(({ header }) => header) };
  });
}

/** Adds what the next places of a row hold, as long as that is known. */
function takeMerged(row: Place[], open: Place[]): void {
  for (let place = open[row.length]; place !== undefined && place.left > 0;) {
    place.left -= 1;
    row.push(place);
    place = open[row.length];
  }
}

/** A first row of names alone, above rows that do not begin with one. */
function hasHeaderRow([first, ...rest]: readonly Row[]): boolean {
  return (
    first !== undefined &&
    first.headers.every(Boolean) &&
    rest.some(({ headers }) => headers[0] !== true)
  );
}

function columns(rows: readonly Row[]): string[][] {
  const width = rows.reduce((most, { texts }) => Math.max(most, texts.length), 0);
  return Array.from({ length: width }, (_, column) => rows.map(({ texts }) => texts[column] ?? ''));
}
