import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { findLinks } from './markdown-links.ts';

function destinations(markdown: string): string[] {
  return findLinks(markdown).map(({ destination }) => destination);
}

describe('finding links', () => {
  it.each([
    ['[a](ctx:doc/1)', ['ctx:doc/1']],
    ['[](ctx:doc/1#part)', ['ctx:doc/1#part']],
    ['![alt](ctx:att/1%2Fa.png)', ['ctx:att/1%2Fa.png']],
    ['[![alt](ctx:att/1)](https://a.example/x)', ['ctx:att/1', 'https://a.example/x']],
    ['[a](<https://a.example/x y> "title")', ['https://a.example/x y']],
    ['[a](https://a.example/x_(y)_z)', ['https://a.example/x_(y)_z']],
    ['[a](https://a.example/x\\_y?a=1&amp;b=2)', ['https://a.example/x_y?a=1&b=2']],
    ['<https://a.example/x>', ['https://a.example/x']],
    [
      '<table><tr><td><a href="ctx:doc/1?a=1&amp;b=2">x</a></td></tr></table>',
      ['ctx:doc/1?a=1&b=2'],
    ],
    ['<img src="ctx:att/1" alt="x">', ['ctx:att/1']],
    ['[a]( \n ctx:doc/1 )', ['ctx:doc/1']],
    ['- [a](ctx:doc/1)\n  - > [b](ctx:doc/2)', ['ctx:doc/1', 'ctx:doc/2']],
  ])('%j', (markdown, expected) => {
    expect(destinations(markdown)).toEqual(expected);
  });

  it.each([
    '`[a](ctx:doc/1)`',
    '``[a](ctx:doc/1) ` ``',
    '```\n[a](ctx:doc/1)\n```',
    '~~~js\n[a](ctx:doc/1)\n~~~~',
    '> ```\n> [a](ctx:doc/1)\n> ```',
    '- ```\n  [a](ctx:doc/1)\n  ```',
    '\\[a](ctx:doc/1)',
    '[a\\](ctx:doc/1)',
    '[a](relative.md) ctx:doc/1',
    '[a](ctx:doc/1',
    '[a]\n\n(ctx:doc/1)',
  ])('%j has none', (markdown) => {
    expect(destinations(markdown)).toEqual([]);
  });

  it('goes on behind a fence, and behind a backtick without a partner', () => {
    expect(destinations('```\nx\n```\n[a](ctx:doc/1)')).toEqual(['ctx:doc/1']);
    expect(destinations('one ` tick [a](ctx:doc/1)')).toEqual(['ctx:doc/1']);
  });

  it('gives offsets that cut out what is written', () => {
    const markdown = 'See ![x](ctx:att/1 "t") and [long text](ctx:doc/2).';

    const links = findLinks(markdown);

    expect(links.map(({ start, end }) => markdown.slice(start, end))).toEqual([
      '![x](ctx:att/1 "t")',
      '[long text](ctx:doc/2)',
    ]);
    expect(links.map(({ labelStart, labelEnd }) => markdown.slice(labelStart, labelEnd))).toEqual([
      'x',
      'long text',
    ]);
    expect(
      links.map(({ destinationStart, destinationEnd }) =>
        markdown.slice(destinationStart, destinationEnd),
      ),
    ).toEqual(['ctx:att/1', 'ctx:doc/2']);
  });

  it('never throws, and its links never overlap half-way', () => {
    const piece = fc.constantFrom(
      '[',
      ']',
      '(',
      ')',
      '`',
      '``',
      '\n',
      '\n\n',
      '\\',
      '<',
      '>',
      'ctx:doc/1',
      'https://a.example/',
      '!',
      ' ',
      '"',
      'a',
      '```',
      '<a href="',
      '</a>',
      '&amp;',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const links = findLinks(pieces.join(''));
        for (const one of links) {
          for (const other of links) {
            const apart = one.end <= other.start || other.end <= one.start;
            const nested =
              (one.start <= other.start && other.end <= one.end) ||
              (other.start <= one.start && one.end <= other.end);
            expect(apart || nested).toBe(true);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  // Quadratic time would take minutes here and run into the time-out.
  it.each([
    '[',
    '`a',
    '``` ` ',
    '<a href="x" ',
    '<a ',
    '[a](',
    '[](ctx:doc/1)`',
    '![[',
    '<!--',
    '[a](<',
    '\\',
    '```\n```\n',
  ])('reads 100,000 of %j', (part) => {
    expect(findLinks(`ctx: ${part.repeat(100_000)}`)).toBeDefined();
  });
});
