import { describe, expect, it } from 'vitest';

import { type Adf, doc, node, p, text } from '../__fixtures__/adf.ts';
import { references } from '../__fixtures__/references.ts';
import { adfToMarkdown } from './adf-to-markdown.ts';

function repeat(count: number, part: (index: number) => Adf): Adf[] {
  return Array.from({ length: count }, (_, index) => part(index));
}

function measure(document: unknown): number {
  const start = performance.now();
  adfToMarkdown(document, references);
  return performance.now() - start;
}

const large: [string, (count: number) => Adf[]][] = [
  ['paragraphs', (count) => repeat(count, (index) => p(`word ${index}`))],
  ['texts in one paragraph', (count) => [p(...repeat(count, () => text('a')))]],
  [
    'marks in one paragraph',
    (count) => [p(...repeat(count, (index) => text('a', index % 2 === 0 ? 'em' : 'strong')))],
  ],
  [
    'items',
    (count) => [node('bulletList', {}, ...repeat(count, () => node('listItem', {}, p('a'))))],
  ],
  [
    'numbered rows',
    (count) => [
      node(
        'table',
        { isNumberColumnEnabled: true },
        ...repeat(count / 4, () => node('tableRow', {}, node('tableCell', {}, p('a')))),
      ),
    ],
  ],
  [
    'marks of one text',
    (count) => [p(text('a', ...repeat(count, (index) => node('link', { href: `${index}` }))))],
  ],
];

describe('effort', () => {
  it.each(large)('grows with the size only: %s', { timeout: 60_000 }, (_what, make) => {
    measure(doc(...make(2000)));

    const small = measure(doc(...make(2000))) + 20;

    // Ten times the size; a hundredfold would be quadratic. The rest is noise of a busy machine.
    expect(measure(doc(...make(20_000))) / small).toBeLessThan(40);
  });

  it.each([
    'blockquote',
    'bulletList',
    'listItem',
    'panel',
    'expand',
    'table',
    'tableCell',
    'taskList',
    'bodiedExtension',
    'decisionList',
    'layoutSection',
    'mediaSingle',
    'heading',
    'codeBlock',
    'text',
    'carousel',
    'doc',
  ])('converts 10,000 nested levels: %s', (type) => {
    let nested = node(type, {}, text('deep'), ...repeat(100, () => p('inside')));
    for (let level = 0; level < 10_000; level += 1) nested = node(type, {}, nested);

    const { markdown } = adfToMarkdown(doc(nested, p('after')), references);

    expect(markdown).toContain('deep');
    expect(markdown.match(/inside/g)).toHaveLength(100);
    expect(markdown).toContain('after');
    expect(markdown.length).toBeLessThan(500_000);
  });

  it.each(['text', 'paragraph', 'mention'])('ends marks that nest without end: %s', (type) => {
    let nested: Adf = text('deep');
    for (let level = 0; level < 10_000; level += 1) {
      nested = {
        ...node(type, {}, nested),
        marks: [{ type: 'strong' }, node('link', { href: 'x' })],
      };
    }

    expect(adfToMarkdown(doc(nested), references).markdown).toContain('deep');
  });
});
