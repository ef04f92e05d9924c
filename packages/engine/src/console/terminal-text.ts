import { stripVTControlCharacters } from 'node:util';

// Controls, line separators, and characters that reorder or hide text: none may reach a terminal.
const UNSAFE =
  /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

// What JSON leaves bare though a terminal may act on it.
const UNSAFE_IN_JSON = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

// Characters of two cells; the half-width forms of their scripts are of one.
const WIDE =
  /^(?![\uff61-\uffdc])[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Yi}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;

const PLAIN = /^[ -~]*$/;

// Made when needed: it costs as much as starting all the rest.
let segmenter: Intl.Segmenter | undefined;

/** Text from outside as one line without control, escape and bidirectional characters. */
export function cleanLine(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/[\r\n\t\u2028\u2029]+/g, ' ')
    .replace(UNSAFE, '')
    .trim();
}

/** The same for a text of several lines, whose line breaks and indents stay. */
export function cleanLines(text: string): string {
  return text
    .split('\n')
    .map(
      (line) =>
        line.slice(0, line.length - line.trimStart().length).replace(/[^ ]/g, '') + cleanLine(line),
    )
    .join('\n');
}

/** JSON whose strings, printed on a terminal, cannot act on it. Parses back to the same value. */
export function toSafeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(
    UNSAFE_IN_JSON,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Cells a text takes on a terminal. */
export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  return graphemesOf(text).reduce((sum, grapheme) => sum + graphemeWidth(grapheme), 0);
}

/** The text, cut at a whole character with `…` when it takes more cells than `columns`. */
export function cutTo(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  if (columns < 1) return '';
  let kept = '';
  let width = 0;
  for (const grapheme of graphemesOf(text)) {
    width += graphemeWidth(grapheme);
    if (width > columns - 1) break;
    kept += grapheme;
  }
  return `${kept}…`;
}

/** The text, filled with spaces to `columns` cells. */
export function padTo(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)));
}

/** Rows with aligned columns, two spaces apart: counts to the right, empty columns left out. */
export function alignColumns(rows: readonly (readonly string[])[], indent = ''): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const columns = Array.from({ length: count }, (_, index) =>
    rows.map((row) => row[index] ?? ''),
  ).filter((cells) => cells.some((cell) => cell !== ''));
  const widths = columns.map((cells) => Math.max(...cells.map(widthOf)));
  const isNumeric = columns.map((cells) => cells.slice(1).every((cell) => /^[\d,]+$/.test(cell)));
  return rows.map((_, row) => {
    const cells = columns.map((column, index) => {
      const cell = column[row] ?? '';
      const padding = ' '.repeat((widths[index] ?? 0) - widthOf(cell));
      return isNumeric[index] === true && rows.length > 1 ? padding + cell : cell + padding;
    });
    return (indent + cells.join('  ')).trimEnd();
  });
}

function graphemesOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function graphemeWidth(grapheme: string): number {
  if (/^[\p{M}\p{Cf}]+$/u.test(grapheme)) return 0;
  return WIDE.test(grapheme) || grapheme.includes('\ufe0f') ? 2 : 1;
}
