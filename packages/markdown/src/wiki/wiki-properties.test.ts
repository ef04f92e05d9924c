import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { references } from '../__fixtures__/references.ts';
import { trickyTexts } from '../__fixtures__/storage-trees.ts';
import { cleanText } from '../clean-text.ts';
import { wikiToMarkdown } from './wiki-to-markdown.ts';

const numRuns = Number(process.env['RUNS'] ?? 200);

const signs =
  '* _ - + ^ ~ ?? {*} {{ }} [ ] | || ! \\ \\\\ { } {code} {quote} {color} {color:red} {panel} {noformat} # ## ** bq. h1. ---- :) (x) http:// [~ [^ \n \n\n'
    .split(' ')
    .concat(' ', '\n* ', '\n|');

/** Markup in an order that makes no sense, with words that occur once each. */
const markup = fc
  .array(fc.oneof(fc.constantFrom(...signs), fc.constant('word'), fc.constant(' ')), {
    maxLength: 40,
  })
  .map((parts) => parts.map((part, index) => (part === 'word' ? `w${index}w` : part)).join(''));

const anything = fc.oneof(markup, fc.constantFrom(...trickyTexts), fc.string({ unit: 'binary' }));

/** A letter beside a mark that opens or closes with a sign is written as `&#x77;`, see CommonMark 6.2. */
function decodeReferences(markdown: string): string {
  return markdown.replaceAll(/&#x([\dA-F]+);/g, (_, code: string) =>
    String.fromCodePoint(Number.parseInt(code, 16)),
  );
}

describe('any wiki markup', () => {
  it('loses no word', () => {
    fc.assert(
      fc.property(markup, (wiki) => {
        const markdown = decodeReferences(wikiToMarkdown(wiki, references).markdown);

        const words = wiki.match(/w\d+w/g) ?? [];
        expect(words.filter((word) => !markdown.includes(word))).toEqual([]);
      }),
      { numRuns },
    );
  });

  it('is read without throwing, to clean Markdown, each time the same', () => {
    fc.assert(
      fc.property(anything, (wiki) => {
        const { markdown } = wikiToMarkdown(wiki, references);

        expect(markdown).toMatch(/^$|[^\n]\n$/);
        expect(cleanText(markdown)).toEqual({ text: markdown, dropped: 0 });
        expect(wikiToMarkdown(wiki, references).markdown).toBe(markdown);
      }),
      { numRuns },
    );
  });

  it.each([
    '[',
    '![',
    '{{',
    '{',
    '*a ',
    '|',
    '!a',
    '{color:red}',
    '{quote}{panel}',
    '??a ',
    '[a|',
    '**',
    '\\',
    '* a\n',
    '||a|',
    '{code}',
    '#'.repeat(50),
    'http://',
    '{*}',
    '{expand}',
    '\n|[',
    '_*',
  ])('takes time in proportion to %j', (part) => {
    const times = [4_000, 16_000].map((count) => {
      const wiki = part.repeat(count);
      const start = performance.now();
      wikiToMarkdown(wiki, references);
      return performance.now() - start;
    });

    // Four times the text in the square of the time would be sixteen times; small times are noise.
    expect(times[1] ?? 0).toBeLessThan(Math.max((times[0] ?? 0) * 11, 1500));
  });
});
