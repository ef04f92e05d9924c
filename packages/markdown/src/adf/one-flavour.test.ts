import { describe, expect, it } from 'vitest';

import { type Adf, doc, node, p, text } from '../__fixtures__/adf.ts';
import { references } from '../__fixtures__/references.ts';
import { storageToMarkdown } from '../storage/storage-to-markdown.ts';
import { adfToMarkdown } from './adf-to-markdown.ts';

const known = {
  ...references,
  media: ({ fileId }: { fileId: string }) => ({
    url: references.attachment({ fileName: fileId }),
    fileName: fileId,
  }),
};

const macro = (name: string, inner: string): string =>
  `<ac:structured-macro ac:name="${name}">${inner}</ac:structured-macro>`;
const parameter = (name: string, value: string): string =>
  `<ac:parameter ac:name="${name}">${value}</ac:parameter>`;
const rich = (inner: string): string => `<ac:rich-text-body>${inner}</ac:rich-text-body>`;

const item = (...content: Adf[]): Adf => node('listItem', {}, ...content);
const cell = (type: string, attrs: Readonly<Record<string, unknown>>, words: string): Adf =>
  node(type, attrs, p(words));
const extension = (
  type: string,
  extensionKey: string,
  macroParams: object,
  ...content: Adf[]
): Adf =>
  node(
    type,
    {
      extensionType: 'com.atlassian.confluence.macro.core',
      extensionKey,
      parameters: { macroParams },
    },
    ...content,
  );

const pairs: [string, string, Adf[]][] = [
  [
    'marks',
    '<p>a <strong>b <em>c</em></strong> <del>d</del><u>e</u><sub>f</sub><code>g</code></p>',
    [
      p(
        'a ',
        text('b ', 'strong'),
        text('c', 'em', 'strong'),
        ' ',
        text('d', 'strike'),
        text('e', 'underline'),
        text('f', node('subsup', { type: 'sub' })),
        text('g', 'code'),
      ),
    ],
  ],
  [
    'colours',
    '<p><span style="color: rgb(255,0,0);">a</span></p>',
    [p(text('a', node('textColor', { color: '#ff0000' })))],
  ],
  [
    'links',
    '<p><a href="https://x.example/a?b=c">d <strong>e</strong></a></p>',
    [
      p(
        text('d ', node('link', { href: 'https://x.example/a?b=c' })),
        text('e', node('link', { href: 'https://x.example/a?b=c' }), 'strong'),
      ),
    ],
  ],
  [
    'cards',
    '<p>a <a href="https://x.example/" data-card-appearance="inline">https://x.example/</a></p>' +
      '<a href="https://x.example/" data-card-appearance="block">https://x.example/</a>',
    [
      p('a ', node('inlineCard', { url: 'https://x.example/' })),
      node('blockCard', { url: 'https://x.example/' }),
    ],
  ],
  [
    'headings, rules and breaks',
    '<h3>a</h3><hr/><p>b<br/>c</p>',
    [
      node('heading', { level: 3 }, text('a')),
      node('rule', {}),
      p('b', node('hardBreak', {}), 'c'),
    ],
  ],
  [
    'lists',
    '<ul><li><p>a</p><ol start="2"><li><p>b</p></li></ol></li><li><p>c</p></li></ul>',
    [
      node(
        'bulletList',
        {},
        item(p('a'), node('orderedList', { order: 2 }, item(p('b')))),
        item(p('c')),
      ),
    ],
  ],
  ['quotes', '<blockquote><p>a</p><p>b</p></blockquote>', [node('blockquote', {}, p('a'), p('b'))]],
  [
    'code',
    macro(
      'code',
      `${parameter('language', 'java')}<ac:plain-text-body><![CDATA[a < b\n  c]]></ac:plain-text-body>`,
    ),
    [node('codeBlock', { language: 'java' }, text('a < b\n  c'))],
  ],
  ...(
    [
      ['info', 'info'],
      ['tip', 'success'],
      ['note', 'warning'],
      ['warning', 'error'],
      ['panel', 'custom'],
    ] as const
  ).map(([name, panelType]): [string, string, Adf[]] => [
    `panel ${panelType}`,
    macro(name, rich('<p>a</p>')),
    [node('panel', { panelType }, p('a'))],
  ]),
  [
    'panel note',
    '<ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">note</ac:adf-attribute>' +
      '<ac:adf-content><p>a</p></ac:adf-content></ac:adf-node><ac:adf-fallback><p>a</p></ac:adf-fallback></ac:adf-extension>',
    [node('panel', { panelType: 'note' }, p('a'))],
  ],
  [
    'decisions',
    '<ac:adf-extension><ac:adf-node type="decision-list"><ac:adf-node type="decision-item">' +
      '<ac:adf-attribute key="state">DECIDED</ac:adf-attribute><ac:adf-content>a</ac:adf-content></ac:adf-node></ac:adf-node>' +
      '<ac:adf-fallback><ul class="decision-list"><li>a</li></ul></ac:adf-fallback></ac:adf-extension>',
    [node('decisionList', {}, node('decisionItem', { state: 'DECIDED' }, text('a')))],
  ],
  [
    'expands',
    macro('expand', parameter('title', 'T') + rich('<p>a</p>')),
    [node('expand', { title: 'T' }, p('a'))],
  ],
  [
    'tasks',
    '<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status>' +
      '<ac:task-body>a <time datetime="2026-11-02" /></ac:task-body></ac:task></ac:task-list>',
    [
      node(
        'taskList',
        {},
        node(
          'taskItem',
          { state: 'DONE' },
          text('a '),
          node('date', { timestamp: '1793577600000' }),
        ),
      ),
    ],
  ],
  [
    'tables',
    '<table><tbody><tr><th><p>A</p></th><th><p>B</p></th></tr><tr><td colspan="2"><p>1</p></td></tr></tbody></table>',
    [
      node(
        'table',
        {},
        node('tableRow', {}, cell('tableHeader', {}, 'A'), cell('tableHeader', {}, 'B')),
        node('tableRow', {}, cell('tableCell', { colspan: 2 }, '1')),
      ),
    ],
  ],
  [
    'layouts',
    '<ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell><p>a</p></ac:layout-cell>' +
      '<ac:layout-cell><p>b</p></ac:layout-cell></ac:layout-section></ac:layout>',
    [
      node(
        'layoutSection',
        {},
        node('layoutColumn', { width: 50 }, p('a')),
        node('layoutColumn', { width: 50 }, p('b')),
      ),
    ],
  ],
  [
    'people, emoji and states',
    '<p><ac:link><ri:user ri:account-id="7"/></ac:link> <ac:emoticon ac:name="smile" ac:emoji-fallback="😀"/> ' +
      `${macro('status', parameter('title', 'ON') + parameter('colour', 'Green'))}</p>`,
    [
      p(
        node('mention', { id: '7', text: '@Jane' }),
        ' ',
        node('emoji', { shortName: ':grinning:', text: '😀' }),
        ' ',
        node('status', { text: 'ON', color: 'green' }),
      ),
    ],
  ],
  [
    'images',
    '<ac:image ac:layout="center" ac:alt="A" ac:width="20"><ri:attachment ri:filename="a.png"/>' +
      '<ac:caption><p>c</p></ac:caption></ac:image><p>b</p>',
    [
      node(
        'mediaSingle',
        { layout: 'center', width: 20, widthType: 'pixel' },
        node('media', { id: 'a.png', alt: 'A', type: 'file' }),
        node('caption', {}, text('c')),
      ),
      p('b'),
    ],
  ],
  [
    'macros',
    macro('toc', parameter('maxLevel', '2')) +
      macro('excerpt', parameter('name', 'x') + rich('<p>a</p>')) +
      `<p>b ${macro('jira', parameter('key', 'A-1'))}</p>`,
    [
      extension('extension', 'toc', { maxLevel: { value: '2' } }),
      extension('bodiedExtension', 'excerpt', { name: { value: 'x' } }, p('a')),
      p('b ', extension('inlineExtension', 'jira', { key: { value: 'A-1' } })),
    ],
  ],
];

describe('the same page as storage and as ADF', () => {
  it.each(pairs)('gives the same: %s', (_what, storage, content) => {
    expect(adfToMarkdown(doc(...content), known)).toEqual(storageToMarkdown(storage, known));
  });
});
