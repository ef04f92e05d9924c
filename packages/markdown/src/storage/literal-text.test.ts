import type { Nodes } from 'mdast';
import { describe, expect, it } from 'vitest';

import { readMarkdown } from '../__fixtures__/markdown-tree.ts';
import { references } from '../__fixtures__/references.ts';
import { trickyTexts } from '../__fixtures__/storage-trees.ts';
import { storageToMarkdown } from './storage-to-markdown.ts';

const texts = trickyTexts.map((text) => text.trim()).filter((text) => !/www|https?:|@/.test(text));

const places: [string, (text: string) => string, string[]][] = [
  ['a paragraph', (text) => `<p>${text}</p>`, ['paragraph', 'text']],
  ['a line', (text) => `<p>a<br/>${text}</p>`, ['paragraph', 'text', 'break', 'text']],
  ['a heading', (text) => `<h2>${text}</h2>`, ['heading', 'text']],
  ['an item', (text) => `<ul><li>${text}</li></ul>`, ['list', 'listItem', 'paragraph', 'text']],
  ['a quote', (text) => `<blockquote>${text}</blockquote>`, ['blockquote', 'paragraph', 'text']],
  ['bold text', (text) => `<p><b>${text}</b></p>`, ['paragraph', 'strong', 'text']],
  [
    'a link',
    (text) => `<p><a href="https://x.example">${text}</a></p>`,
    ['paragraph', 'link', 'text'],
  ],
  [
    'a cell',
    (text) => `<table><tr><th>${text}</th></tr></table>`,
    ['table', 'tableRow', 'tableCell', 'text'],
  ],
  ['an HTML table', (text) => `<table><tr><td colspan="2">${text}</td></tr></table>`, ['html']],
];

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function types(node: Nodes): string[] {
  return [node.type, ...('children' in node ? node.children.flatMap(types) : [])];
}

function textOf(node: Nodes): string {
  if ('children' in node) return node.children.map(textOf).join('');
  return node.type === 'text' ? node.value : '';
}

describe.each(places)('text in %s', (_where, wrap, expected) => {
  it.each(texts)('stays text: %s', (text) => {
    const { markdown } = storageToMarkdown(wrap(escapeXml(text)), references);

    const root = readMarkdown(markdown);

    expect(types(root)).toEqual(['root', ...expected]);
    if (expected.includes('text')) expect(textOf(root)).toContain(text);
  });
});

it.each(texts)('an HTML block shows nothing that could be a Markdown link: %s', (text) => {
  const cell = `${escapeXml(text)}<br/><code>${escapeXml(text)}</code>`;
  const { markdown } = storageToMarkdown(
    `<table><tr><td colspan="2">${cell}</td></tr></table>`,
    references,
  );

  expect(markdown).not.toMatch(/[[\]`\\]|\n\s*\n|<https?:/);
  expect(markdown.match(/<[^<>]*>/g)?.join('')).toBe(
    '<table><tr><td colspan="2"><br><code></code></td></tr></table>',
  );
});
