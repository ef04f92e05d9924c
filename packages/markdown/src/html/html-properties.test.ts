import { missingText } from '@context-sync/sandbox';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { references } from '../__fixtures__/references.ts';
import { brokenMarkup } from '../__fixtures__/storage-trees.ts';
import { cleanText } from '../clean-text.ts';
import { htmlToMarkdown } from './html-to-markdown.ts';

const numRuns = Number(process.env['RUNS'] ?? 200);

const classes = [
  'panel',
  'panelContent',
  'code',
  'expand-container',
  'aui-lozenge',
  'toc',
  'title',
];
const names = ['div', 'span', 'p', 'ul', 'li', 'table', 'tr', 'td', 'pre', 'a', 'h2', 'blockquote'];

const html = fc.letrec<{ nodes: string; node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.constantFrom('word', '*a*', '[b](c)', ' ', '<br>', '- d', '&amp;'),
    fc
      .tuple(fc.constantFrom(...names), fc.subarray(classes, { maxLength: 2 }), tie('nodes'))
      .map(([name, list, inner]) => `<${name} class="${list.join(' ')}">${inner}</${name}>`),
  ),
  nodes: fc.array(tie('node'), { maxLength: 4 }).map((nodes) => nodes.join('')),
})).nodes;

describe('any HTML', () => {
  it('loses no text', () => {
    fc.assert(
      fc.property(html, (source) => {
        const { markdown } = htmlToMarkdown(source, references);

        expect(missingText(source.replaceAll('<br>', '<br/>'), markdown)).toEqual([]);
      }),
      { numRuns },
    );
  });

  it('is read without throwing, to clean Markdown, each time the same', () => {
    fc.assert(
      fc.property(fc.oneof(html, brokenMarkup), (source) => {
        const { markdown } = htmlToMarkdown(source, references);

        expect(markdown).toMatch(/^$|[^\n]\n$/);
        expect(cleanText(markdown)).toEqual({ text: markdown, dropped: 0 });
        expect(htmlToMarkdown(source, references).markdown).toBe(markdown);
      }),
      { numRuns },
    );
  });

  it('is flattened, not overflowed, at 10,000 levels', () => {
    const source = `${'<div>'.repeat(10_000)}deep${'</div>'.repeat(10_000)}`;

    expect(htmlToMarkdown(source, references).markdown).toBe('deep\n');
  });
});

describe('time in proportion to the text', () => {
  it.each([
    ['open tags', (count: number) => '<b>'.repeat(count)],
    ['stray end tags', (count: number) => '<i>'.repeat(count) + '</b>'.repeat(count)],
    ['boxes', (count: number) => `<ul>${'<li><input type=checkbox>'.repeat(count)}</ul>`],
    ['forms', (count: number) => '<form>'.repeat(count)],
  ])('is all that %s take', (_, make) => {
    const times = [20_000, 80_000].map((count) => {
      const start = performance.now();
      htmlToMarkdown(make(count), references);
      return performance.now() - start;
    });

    // Four times the text in the square of the time would be sixteen times; small times are noise.
    expect(times[1] ?? 0).toBeLessThan(Math.max((times[0] ?? 0) * 11, 2_000));
  });
});
