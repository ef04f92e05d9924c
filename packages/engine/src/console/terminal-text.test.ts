import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  alignColumns,
  cleanLine,
  cleanLines,
  cutTo,
  padTo,
  toSafeJson,
  widthOf,
} from './terminal-text.ts';

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '\u001b[2J',
      '\u001b]0;title\u0007',
      '\u009b31m',
      '\r',
      '\n',
      '\u202e',
      '\u0000',
      '\ud800',
    ),
    fc.string({ unit: 'binary', maxLength: 1 }),
  ),
});

describe('cleanLine', () => {
  it('leaves nothing that a terminal acts on, in any text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(cleanLine(text)).not.toMatch(
          /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u,
        );
      }),
    );
  });

  it.each([
    ['\u001b]0;owned\u0007Title', 'Title'],
    ['one\r\ntwo\tthree', 'one two three'],
    ['\u001b[31mred\u001b[0m', 'red'],
    ['evil\u202etxt.exe', 'eviltxt.exe'],
    ['Übersicht 概要 👩‍💻', 'Übersicht 概要 👩‍💻'],
  ])('%j becomes %j', (text, expected) => {
    expect(cleanLine(text)).toBe(expected);
  });
});

describe('cleanLines', () => {
  it('keeps line breaks and indents', () => {
    expect(cleanLines('Looked in\n  /repo\u0007\n\tnext')).toBe('Looked in\n  /repo\nnext');
  });
});

describe('toSafeJson', () => {
  it('parses back to the same value and holds no control character', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const json = toSafeJson({ text });

        expect(JSON.parse(json)).toEqual({ text });
        expect(json).not.toMatch(/[\p{Cc}\u2028-\u202e]/u);
      }),
    );
  });
});

describe('cutTo', () => {
  it('never takes more cells than there are, and cuts no character in two', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 20 }),
        (text, columns) => {
          const cut = cutTo(text, columns);

          expect(widthOf(cut)).toBeLessThanOrEqual(Math.max(columns, 0));
          expect(text.startsWith(cut.replace(/…$/u, ''))).toBe(true);
        },
      ),
    );
  });

  it('counts wide characters as two cells', () => {
    expect(cutTo('概要概要', 5)).toBe('概要…');
    expect(padTo('概要', 6)).toBe('概要  ');
  });
});

describe('widthOf', () => {
  it.each([
    ['plain', 5],
    ['Übersicht', 9],
    ['u\u0308', 1],
    ['概要', 4],
    ['한국어', 6],
    ['ｱｲｳ', 3],
    ['👩‍💻🚲', 4],
    ['❤️', 2],
    ['', 0],
  ])('%s takes %d cells', (text, cells) => {
    expect(widthOf(text)).toBe(cells);
  });
});

describe('alignColumns', () => {
  it('aligns words to the left and counts to the right', () => {
    const rows = [
      ['KEY', 'DOCUMENTS', 'NOTE'],
      ['ENG', '1,204', 'x'],
      ['概要', '7', ''],
    ];

    expect(alignColumns(rows, '  ')).toEqual([
      '  KEY   DOCUMENTS  NOTE',
      '  ENG       1,204  x',
      '  概要          7',
    ]);
  });

  it('gives nothing for nothing', () => {
    expect(alignColumns([])).toEqual([]);
  });
});
