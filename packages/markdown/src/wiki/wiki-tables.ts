import { buildElement } from '../storage/build-element.ts';
import type { XmlElement } from '../storage/xml.ts';
import { type Line, startOf } from './lines.ts';
import type { Lowering } from './lowering.ts';
import type { Piece } from './macro-tree.ts';
import { NextOf } from './next-of.ts';
import { readImage } from './wiki-images.ts';

export function isTableRow(line: Line): boolean {
  return startOf(line).trimStart().startsWith('|');
}

/** Reads rows: `||` before a header cell, `|` before any other. A row may go on over lines. */
export function readTable(lines: readonly Line[], lowering: Lowering): XmlElement {
  const rows: Piece[][] = [];
  for (const line of lines) {
    const last = rows.at(-1);
    if (last === undefined || isTableRow(line)) rows.push([...line]);
    else for (const piece of ['\n', ...line]) last.push(piece);
  }
  const cells = rows.map(readCells).filter((row) => row.length > 0);
  return buildElement(
    'table',
    {},
    cells.map((row) =>
      buildElement(
        'tr',
        {},
        row.map((cell) => toElement(cell, lowering)),
      ),
    ),
  );
}

interface Cell {
  readonly header: boolean;
  readonly pieces: Piece[];
}

function toElement({ header, pieces }: Cell, lowering: Lowering): XmlElement {
  return buildElement(header ? 'th' : 'td', {}, lowering.blocks(pieces));
}

function readCells(row: readonly Piece[]): Cell[] {
  const cells: Cell[] = [];
  for (const piece of row) {
    if (typeof piece === 'string') splitText(piece, cells);
    else cells.at(-1)?.pieces.push(piece);
  }
  const last = cells.at(-1);
  const isOpen = last?.pieces.every((piece) => typeof piece === 'string' && piece.trim() === '');
  if (isOpen === true) cells.pop();
  return cells;
}

function splitText(text: string, cells: Cell[]): void {
  const skip = new Skipper(text);
  let start = 0;
  const endText = (end: number): void => {
    if (end > start) cells.at(-1)?.pieces.push(text.slice(start, end));
  };
  for (let at = 0; at < text.length;) {
    if (text[at] !== '|') {
      at = skip.from(at);
      continue;
    }
    endText(at);
    const header = text[at + 1] === '|';
    at += header ? 2 : 1;
    start = at;
    cells.push({ header, pieces: [] });
  }
  endText(text.length);
}

/** Knows what holds bars that part no cells: escapes, links, images and code. */
class Skipper {
  readonly #text: string;
  readonly #closed: NextOf;
  readonly #opened: NextOf;
  readonly #codeEnd: NextOf;
  readonly #mark: NextOf;

  constructor(text: string) {
    this.#text = text;
    this.#closed = new NextOf(text, ']');
    this.#opened = new NextOf(text, '[');
    this.#codeEnd = new NextOf(text, '}}');
    this.#mark = new NextOf(text, '!');
  }

  /** Where to go on after what stands at a place. */
  from(at: number): number {
    switch (this.#text[at]) {
      case '\\':
        return at + 2;
      case '[':
        return this.#after(at, this.#opened.from(at + 1), this.#closed.from(at));
      case '{':
        return this.#text[at + 1] === '{'
          ? this.#after(at, Infinity, this.#codeEnd.from(at + 2))
          : at + 1;
      case '!': {
        const end = this.#mark.from(at + 1);
        return end !== Infinity && readImage(this.#text.slice(at + 1, end)) ? end + 1 : at + 1;
      }
      default:
        return at + 1;
    }
  }

  #after(at: number, next: number, end: number): number {
    return end === Infinity || next < end ? at + 1 : end + 1;
  }
}
