import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { references } from '../__fixtures__/references.ts';
import { brokenMarkup, storageTrees, trickyTexts } from '../__fixtures__/storage-trees.ts';
import { cleanText } from '../clean-text.ts';
import { storageToMarkdown } from './storage-to-markdown.ts';

const numRuns = Number(process.env['RUNS'] ?? 300);

function propertiesOf(storage: string): unknown {
  return storageToMarkdown(storage, references).metadata?.properties;
}

function details(content: string, parameters = ''): string {
  return `<ac:structured-macro ac:name="details">${parameters}<ac:rich-text-body>${content}</ac:rich-text-body></ac:structured-macro>`;
}

function parameter(name: string, value: string): string {
  return `<ac:parameter ac:name="${name}">${value}</ac:parameter>`;
}

function table(...rows: string[]): string {
  return `<table><tbody>${rows.map((row) => `<tr>${row}</tr>`).join('')}</tbody></table>`;
}

function pair(name: string, value: string): string {
  return `<th><p>${name}</p></th><td>${value}</td>`;
}

const status =
  '<ac:structured-macro ac:name="status"><ac:parameter ac:name="colour">Red</ac:parameter>' +
  '<ac:parameter ac:name="title">LATE</ac:parameter></ac:structured-macro>';

describe('page properties', () => {
  it.each([
    ['text', 'Jane <strong>D</strong>oe', 'Jane Doe'],
    ['white space', '<p> a\n b&nbsp;</p>', 'a b'],
    ['paragraphs and line breaks', '<p>a<br/>b</p><p>c</p>', 'a b c'],
    ['nothing', '<p><br/></p>', ''],
    ['a date', '<p><time datetime="2026-11-02"/></p>', '2026-11-02'],
    ['a status', `<p>${status}</p>`, 'LATE'],
    ['a list', '<ul><li>a</li><li><p>b</p><ul><li>c</li></ul></li></ul>', 'a, b c'],
    ['a link', '<a href="https://x.example">the plan</a>', 'the plan'],
    ['an address', '<a href="https://x.example/a"></a>', 'https://x.example/a'],
    ['a page', '<ac:link><ri:page ri:content-title="Plan [A]"/></ac:link>', 'Plan [A]'],
    [
      'a page under another name',
      '<ac:link><ri:page ri:content-title="Plan"/><ac:link-body>here</ac:link-body></ac:link>',
      'here',
    ],
    [
      'a person',
      '<ac:link><ri:user ri:account-id="712020:ada"/></ac:link>',
      '[](ctx:user/712020%3Aada)',
    ],
    ['an image', '<ac:image><ri:attachment ri:filename="a.png"/></ac:image>', 'a.png'],
    ['an emoji', '<ac:emoticon ac:name="tick"/>', '✅'],
    ['code', '<code>a | b</code>', 'a | b'],
    [
      'tasks',
      '<ac:task-list><ac:task><ac:task-status>complete</ac:task-status><ac:task-body>a</ac:task-body></ac:task>' +
        '<ac:task><ac:task-status>incomplete</ac:task-status><ac:task-body>b</ac:task-body></ac:task></ac:task-list>',
      '☑ a, ☐ b',
    ],
    ['a table', table('<th>a</th><td>b</td>', '<th>c</th><td>d</td>'), 'a b, c d'],
    ['other properties', details(table(pair('Inner', 'x'))), 'Inner x'],
  ])('give %s as plain text', (_what, value, text) => {
    expect(propertiesOf(details(table(pair('Key', value))))).toEqual({ Key: text });
  });

  it.each([
    [
      'a header column',
      table(pair('Owner', 'Jane'), pair('Status', 'Draft')),
      { Owner: 'Jane', Status: 'Draft' },
    ],
    [
      'a header row',
      table(
        '<th>Owner</th><th>Status</th>',
        '<td>Jane</td><td>Draft</td>',
        '<td>Joe</td><td></td>',
      ),
      { Owner: 'Jane, Joe', Status: 'Draft' },
    ],
    ['no header', table('<td>Owner</td><td>Jane</td>'), { Owner: 'Jane' }],
    ['several values', table('<th>Owner</th><td>Jane</td><td>Joe</td>'), { Owner: 'Jane, Joe' }],
    ['headers alone', table('<th>Owner</th><th>Jane</th>'), { Owner: 'Jane' }],
    ['a name alone', table('<th>Owner</th>'), { Owner: '' }],
    [
      'headers all over',
      table('<th>Owner</th><th>Status</th>', pair('Jane', 'Draft')),
      { Owner: 'Status', Jane: 'Draft' },
    ],
    [
      'merged cells',
      table(
        '<th rowspan="2">Owner</th><td>Jane</td>',
        '<td>Joe</td>',
        '<th>A</th><td rowspan="2">1</td>',
        '<th>B</th>',
      ),
      { Owner: 'Jane, Joe', A: '1', B: '1' },
    ],
    [
      'empty names',
      table(pair('', 'lost'), pair('Owner', 'Jane'), pair(' ', 'Joe')),
      { Owner: 'Jane, Joe' },
    ],
    [
      'a name that comes again',
      table(pair('Owner', 'Jane'), pair('Owner', 'Joe'), pair('Owner', 'Jane')),
      { Owner: 'Jane, Joe' },
    ],
    [
      'a name that every object has',
      table(pair('constructor', 'a'), pair('__proto__', 'b')),
      Object.fromEntries([
        ['constructor', 'a'],
        ['__proto__', 'b'],
      ]),
    ],
    ['a panel around', `<div>${table(pair('A', '1'))}</div>`, { A: '1' }],
    ['text alone', '<p>Owner: Jane</p>', undefined],
  ])('are read from a table with %s', (_what, content, properties) => {
    expect(propertiesOf(details(content))).toEqual(properties);
  });

  it('come from every macro of a page, whatever its id, also from a hidden one', () => {
    const storage =
      details(table(pair('Owner', 'Jane'))) +
      details(table(pair('Owner', 'Joe'), pair('Due', 'May')), parameter('id', 'x')) +
      details(table(pair('Team', 'Core')), parameter('hidden', 'true'));

    const { markdown, metadata, fragments } = storageToMarkdown(storage, references);

    expect(metadata).toEqual({ properties: { Owner: 'Jane, Joe', Due: 'May', Team: 'Core' } });
    expect(Object.keys(fragments)).toEqual(['details', 'details-x']);
    expect(markdown).toContain('| **Team** | Core |');
  });

  it('are not read from a table outside, nor from one that is too large for them', () => {
    const rows = Array.from({ length: 101 }, (_, index) => pair(`Row ${index}`, 'a'));

    expect(storageToMarkdown(table(pair('A', '1')), references)).not.toHaveProperty('metadata');
    expect(propertiesOf(details(table(...rows)))).toBeUndefined();
    expect(propertiesOf(details(table(...rows.slice(1))))).toMatchObject({ 'Row 1': 'a' });
  });
});

const words = fc.constantFrom(...trickyTexts, 'word', 'two words').filter((text) => text !== '');

function escapeXml(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

describe('any page properties', () => {
  it('keep every name and value as it is', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(words, words)), fc.boolean(), (pairs, isRow) => {
        const cells = pairs.map((texts) => texts.map(escapeXml));
        const rows = cells.map(([name = '', value = '']) => pair(name, value));
        const header = cells.map(([name]) => `<th>${name}</th>`).join('');
        const values = cells.map(([, value]) => `<td>${value}</td>`).join('');
        const properties = propertiesOf(details(isRow ? table(header, values) : table(...rows)));

        for (const [name, value] of pairs) {
          const told = Object.getOwnPropertyDescriptor(properties ?? {}, oneLine(name));
          expect(told?.value).toContain(oneLine(value));
        }
      }),
      { numRuns },
    );
  });

  it('are clean text on one line, whatever the body, each time the same', () => {
    fc.assert(
      fc.property(fc.oneof(storageTrees, brokenMarkup), (body) => {
        const storage = details(`${body}<table><tr><th>${body}</th><td>${body}</td></tr></table>`);
        const { metadata } = storageToMarkdown(storage, references);

        for (const text of Object.entries(metadata?.properties ?? {}).flat()) {
          expect(text).toBe(oneLine(text));
          expect(cleanText(text)).toEqual({ text, dropped: 0 });
        }
        expect(storageToMarkdown(storage, references).metadata).toEqual(metadata);
      }),
      { numRuns },
    );
  });
});

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
