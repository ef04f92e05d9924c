import type { Piece } from './macro-tree.ts';

/** One line of markup; a macro in it may hold many. */
export type Line = readonly Piece[];

export function toLines(pieces: readonly Piece[]): Line[] {
  const lines: Piece[][] = [[]];
  for (const piece of pieces) {
    const [first, ...rest] = typeof piece === 'string' ? piece.split('\n') : [piece];
    if (first !== undefined && first !== '') lines.at(-1)?.push(first);
    for (const part of rest) lines.push(part === '' ? [] : [part]);
  }
  return lines;
}

/** The text that a line begins with, up to its first macro. */
export function startOf(line: Line): string {
  const [first] = line;
  return typeof first === 'string' ? first : '';
}

/** What is left of a line after so many characters of its text. */
export function afterStart(line: Line, length: number): Line {
  const rest = startOf(line).slice(length);
  return rest === '' ? line.slice(1) : [rest, ...line.slice(1)];
}

export function isBlank(line: Line): boolean {
  return line.every((piece) => typeof piece === 'string' && piece.trim() === '');
}

/** Lines as pieces again. */
export function joinLines(lines: readonly Line[]): Piece[] {
  return lines.flatMap((line, index) => (index === 0 ? [...line] : ['\n', ...line]));
}
