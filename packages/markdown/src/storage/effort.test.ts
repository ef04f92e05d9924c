import { describe, expect, it } from 'vitest';

import { references } from '../__fixtures__/references.ts';
import { storageToMarkdown } from './storage-to-markdown.ts';

function repeat(count: number, part: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => part(index)).join('');
}

function measure(storage: string): number {
  const start = performance.now();
  storageToMarkdown(storage, references);
  return performance.now() - start;
}

const large: [string, (count: number) => string][] = [
  ['paragraphs', (count) => repeat(count, (index) => `<p>word ${index}</p>`)],
  ['items', (count) => `<ol>${repeat(count, (index) => `<li>word ${index}</li>`)}</ol>`],
  ['lists beside an item', (count) => `<ul>${repeat(count, () => '<ul><li>a</li></ul>')}</ul>`],
  [
    'links in one paragraph',
    (count) => `<p>${repeat(count, (index) => `<a href="https://x.example/${index}">a</a> `)}</p>`,
  ],
  ['marks in one paragraph', (count) => `<p>${repeat(count, () => '<b>a</b>b')}</p>`],
  ['line breaks', (count) => `<p>${repeat(count, () => 'a<br/><br/>')}</p>`],
  [
    'table rows',
    (count) => `<table>${repeat(count / 4, () => '<tr><td>a</td><td>b</td></tr>')}</table>`,
  ],
  [
    'rows of merged cells',
    (count) => `<table>${repeat(count / 4, () => '<tr><td colspan="2">a</td></tr>')}</table>`,
  ],
  [
    'parameters',
    (count) =>
      `<ac:macro ac:name="x">${repeat(count, () => '<ac:parameter ac:name="p">a</ac:parameter>')}</ac:macro>`,
  ],
  [
    'page properties',
    (count) =>
      repeat(
        count / 4,
        (index) =>
          `<ac:macro ac:name="details"><ac:rich-text-body><table><tr><th>Same</th><td>${index}</td></tr></table></ac:rich-text-body></ac:macro>`,
      ),
  ],
  ['stray tags', (count) => '<b>'.repeat(count) + '</i>'.repeat(count)],
  ['brackets', (count) => '<'.repeat(count)],
  ['comments that are not closed', (count) => '<!--'.repeat(count)],
  ['what could be URLs', (count) => `<p>${'w.'.repeat(count)} http://${'.('.repeat(count)}</p>`],
];

describe('effort', () => {
  it.each(large)('grows with the size only: %s', { timeout: 60_000 }, (_what, make) => {
    measure(make(2000));

    const small = measure(make(2000)) + 20;

    // Ten times the size; a hundredfold would be quadratic. The rest is noise of a busy machine.
    expect(measure(make(20_000)) / small).toBeLessThan(40);
  });

  it.each([
    ['div', '<div>', '</div>'],
    ['lists', '<ul><li>x', '</li></ul>'],
    ['quotes', '<blockquote><p>x</p>', '</blockquote>'],
    ['marks', '<strong><em><u>', '</u></em></strong>'],
    [
      'page properties',
      '<ac:macro ac:name="details"><ac:rich-text-body><table><tr><th>a</th><td>',
      '</td></tr></table></ac:rich-text-body></ac:macro>',
    ],
    ['panels', '<ac:macro ac:name="info"><ac:rich-text-body>', '</ac:rich-text-body></ac:macro>'],
    ['tables', '<table><tr><td>x', '</td></tr></table>'],
    ['links', '<a href="https://x.example">', '</a>'],
    ['tags never closed', '<span>', ''],
  ])('converts 10,000 nested levels: %s', (_what, open, close) => {
    const storage = `${open.repeat(10_000)}deep ${'<p>inside</p>'.repeat(100)}${close.repeat(10_000)} after`;

    const { markdown } = storageToMarkdown(storage, references);

    expect(markdown).toContain('deep');
    expect(markdown.match(/inside/g)).toHaveLength(100);
    expect(markdown).toContain('after');
    expect(markdown.length).toBeLessThan(storage.length * 5 + 10_000);
  });
});
