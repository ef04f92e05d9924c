import { describe, expect, it } from 'vitest';

import { type Adf, doc, node, p, text } from '../__fixtures__/adf.ts';
import { references } from '../__fixtures__/references.ts';
import { adfToMarkdown } from './adf-to-markdown.ts';

function convert(...content: Adf[]): string {
  return adfToMarkdown(doc(...content), references).markdown.trimEnd();
}

function lossOf(...content: Adf[]): Record<string, number> {
  const { lossy } = adfToMarkdown(doc(...content), references);
  return Object.fromEntries(lossy.map(({ construct, count }) => [construct, count]));
}

const link = (href: string): Adf => node('link', { href });

describe('marks', () => {
  it.each<[string, Adf, string]>([
    ['strong', text('a', 'strong'), '**a**'],
    ['em', text('a', 'em'), '*a*'],
    ['strike', text('a', 'strike'), '~~a~~'],
    ['underline', text('a', 'underline'), '<u>a</u>'],
    ['subsup sub', text('a', node('subsup', { type: 'sub' })), '<sub>a</sub>'],
    ['subsup sup', text('a', node('subsup', { type: 'sup' })), '<sup>a</sup>'],
    ['code', text('a*b', 'code'), '`a*b`'],
    ['link', text('a', link('/wiki/x')), '[a](https://wiki.example/wiki/x)'],
    ['link around the others', text('a', 'strong', link('/x')), '[**a**](https://wiki.example/x)'],
    ['code in a link', text('a', 'code', link('/x')), '[`a`](https://wiki.example/x)'],
    ['textColor', text('a', node('textColor', { color: '#ff0000' })), 'a'],
    ['backgroundColor', text('a', node('backgroundColor', { color: '#ff0000' })), 'a'],
    [
      'annotation',
      text('a', node('annotation', { id: '1', annotationType: 'inlineComment' })),
      'a',
    ],
    ['a mark that nobody knows', text('a', 'sparkle'), 'a'],
  ])('converts %s', (_what, marked, markdown) => {
    expect(convert(p(marked))).toBe(markdown);
  });

  it('shares marks between neighbours', () => {
    const words = [text('a ', 'em'), text('b', 'strong', 'em'), text(' c')];

    expect(convert(p(...words))).toBe('*a __b__* c');
    expect(convert(p(text('see ', link('/x')), text('b', 'strong', link('/x'))))).toBe(
      '[see **b**](https://wiki.example/x)',
    );
  });

  it('counts colours and unknown marks, and nothing of comments and layout', () => {
    const colour = node('textColor', { color: '#ff0000' });
    const layout = ['alignment', 'annotation', 'border', 'breakout', 'dataConsumer', 'fontSize'];

    expect(lossOf(p(text('a', colour, 'sparkle'), text('b', ...layout, 'fragment')))).toEqual({
      colour: 1,
      'mark sparkle': 1,
    });
    expect(lossOf({ ...p('a'), marks: [node('indentation', { level: 1 })] })).toEqual({});
  });
});

describe('blocks', () => {
  const item = (...content: Adf[]): Adf => node('listItem', {}, ...content);
  const task = (state: string, words: string): Adf => node('taskItem', { state }, text(words));

  it.each<[string, Adf, string]>([
    ['paragraph', p('a  b', node('hardBreak', {}), '# c'), 'a b\\\n\\# c'],
    ['heading', node('heading', { level: 2 }, text('a')), '## a'],
    ['heading of no level', node('heading', { level: 'x' }, text('a')), '# a'],
    ['rule', node('rule', {}), '***'],
    ['bodiedRule', node('bodiedRule', {}, p('a')), '***\n\na'],
    ['blockquote', node('blockquote', {}, p('a')), '> a'],
    ['bulletList', node('bulletList', {}, item(p('a')), item(p('b'))), '- a\n- b'],
    ['orderedList', node('orderedList', { order: 3 }, item(p('a'))), '3. a'],
    [
      'codeBlock',
      node('codeBlock', { language: 'java' }, text('a\n'), text('  b')),
      '```java\na\n  b\n```',
    ],
    [
      'taskList',
      node(
        'taskList',
        {},
        task('DONE', 'a'),
        node('taskList', {}, task('TODO', 'b')),
        node('blockTaskItem', { state: 'TODO' }, p('c'), p('d')),
      ),
      '- [x] a\n  - [ ] b\n\n- [ ] c\n\n  d',
    ],
    ['decisionList', node('decisionList', {}, node('decisionItem', {}, text('a'))), '- a'],
    [
      'expand',
      node('expand', { title: 'T' }, node('nestedExpand', { title: 'N' }, p('a'))),
      '<details>\n<summary>T</summary>\n\n<details>\n<summary>N</summary>\n\na\n\n</details>\n\n</details>',
    ],
    [
      'layoutSection',
      node('layoutSection', {}, node('layoutColumn', {}, p('a')), node('layoutColumn', {}, p('b'))),
      'a\n\nb',
    ],
    ['bodiedSyncBlock', node('bodiedSyncBlock', { resourceId: 'r' }, p('a')), 'a'],
    [
      'syncBlock',
      node('syncBlock', { resourceId: 'r' }),
      '> **Node: syncBlock**\n>\n> - resourceId: r',
    ],
    [
      'an unknown node',
      node('carousel', { speed: 2, localId: 'x' }, p('a')),
      '> **Node: carousel**\n>\n> - speed: 2\n>\n> a',
    ],
    ['an unknown node in a line', p('a ', node('gauge', { value: 7 })), 'a `{gauge}` (value: 7)'],
  ])('converts %s', (_what, block, markdown) => {
    expect(convert(block)).toBe(markdown);
  });

  it.each<[string, string]>([
    ['info', 'NOTE'],
    ['note', 'IMPORTANT'],
    ['tip', 'TIP'],
    ['success', 'TIP'],
    ['warning', 'WARNING'],
    ['error', 'CAUTION'],
    ['custom', 'NOTE'],
    ['of a later schema', 'NOTE'],
  ])('converts a panel %s', (panelType, kind) => {
    expect(convert(node('panel', { panelType }, p('a')))).toBe(`> [!${kind}]\n> a`);
  });

  it('shows the icon of a custom panel', () => {
    const panel = node('panel', { panelType: 'custom', panelIconText: '🚀' }, p('a'));

    const byId = node('panel', { panelType: 'custom', panelIconId: '1f680' }, p('a'));

    expect(convert(panel)).toBe('> [!NOTE]\n> **🚀**\n>\n> a');
    expect(convert(byId)).toBe(convert(panel));
  });
});

describe('tables', () => {
  const row = (...cells: Adf[]): Adf => node('tableRow', {}, ...cells);
  const cells = (type: string, ...words: string[]): Adf[] =>
    words.map((word) => node(type, {}, p(word)));

  it('converts header cells, merged cells and a column of numbers', () => {
    const rows = [row(...cells('tableHeader', 'A', 'B')), row(...cells('tableCell', '1', '2'))];
    const merged = node('tableCell', { colspan: 2, rowspan: 3 }, p('a'));

    expect(convert(node('table', {}, ...rows))).toBe('| A | B |\n| - | - |\n| 1 | 2 |');
    expect(convert(node('table', { isNumberColumnEnabled: true }, ...rows))).toBe(
      '| | A | B |\n| - | - | - |\n| 1 | 1 | 2 |',
    );
    expect(convert(node('table', {}, row(merged)))).toBe(
      '<table>\n<tr>\n<td colspan="2" rowspan="3">a</td>\n</tr>\n</table>',
    );
  });
});

describe('inline nodes', () => {
  it.each<[string, Adf, string]>([
    ['mention', node('mention', { id: '7', text: '@Jane' }), '[](ctx:user/7)'],
    ['mention of all', node('mention', { id: 'all', text: '@all', userType: 'SPECIAL' }), '@all'],
    ['mention of nobody', node('mention', {}), '@unknown'],
    ['emoji', node('emoji', { shortName: ':smile:', text: '😄' }), '😄'],
    ['emoji by code points', node('emoji', { shortName: ':x:', id: '1f600' }), '😀'],
    ['emoji of Atlassian', node('emoji', { shortName: ':x:', id: 'atlassian-check_mark' }), '✅'],
    ['emoji of the site', node('emoji', { shortName: ':wtf:', text: ':wtf:' }), ':wtf:'],
    ['date', node('date', { timestamp: '1793577600000' }), '2026-11-02'],
    ['date that is none', node('date', { timestamp: '99999999999999999' }), '99999999999999999'],
    ['status', node('status', { text: 'DONE', color: 'green' }), '`DONE`'],
    ['placeholder', node('placeholder', { text: 'Say why' }), '*Say why*'],
    ['inlineCard', node('inlineCard', { url: 'https://x.example/a' }), '<https://x.example/a>'],
    [
      'inlineCard with data',
      node('inlineCard', { data: { url: 'https://x.example/a', name: 'A' } }),
      '[A](https://x.example/a)',
    ],
  ])('converts %s', (_what, inline, markdown) => {
    expect(convert(p(inline))).toBe(markdown);
  });

  it.each(['blockCard', 'embedCard'])('converts %s', (type) => {
    const card = node(type, { url: 'https://x.example/a' });

    expect(convert(card, card)).toBe('<https://x.example/a>\n\n<https://x.example/a>');
  });

  it('shows the query of a card without an address', () => {
    const datasource = { id: 'd', parameters: { jql: 'project = A' } };

    expect(convert(node('blockCard', { datasource }))).toContain('project = A');
  });
});

describe('anything but a document', () => {
  it.each<[string, unknown, string]>([
    ['the JSON of a document', JSON.stringify(doc(p('a'))), 'a\n'],
    ['text', 'a *b*\nc', 'a \\*b\\*\n\nc\n'],
    ['text that begins like JSON', '{a}', '{a}\n'],
    ['a node', p('a'), 'a\n'],
    ['nodes', [p('a'), 'b', null, 3, p('c')], 'a\n\nb\n\nc\n'],
    ['nothing', null, ''],
    ['a number', 7, '7\n'],
    ['a document without content', { type: 'doc', content: 'a' }, ''],
    ['a node that is inside itself no node', { type: 'paragraph', content: [[p('a')]] }, ''],
  ])('reads %s', (_what, document, markdown) => {
    expect(adfToMarkdown(document, references).markdown).toBe(markdown);
  });

  it('counts it', () => {
    expect(adfToMarkdown('a', references).lossy).toEqual([
      { construct: 'body that is no document', count: 1 },
    ]);
    expect(adfToMarkdown(undefined, references).lossy).toEqual([]);
  });

  it('drops and counts invisible characters', () => {
    const { lossy, markdown } = adfToMarkdown(doc(p('a\u202Eb')), references);

    expect({ lossy, markdown }).toEqual({
      lossy: [{ construct: 'invisible character', count: 1 }],
      markdown: 'ab\n',
    });
  });
});
