import { describe, expect, it } from 'vitest';

import { references } from '../__fixtures__/references.ts';
import { convert, macro, parameter, plain, rich } from '../__fixtures__/storage-macros.ts';
import { storageToMarkdown } from './storage-to-markdown.ts';

describe('code', () => {
  it.each([
    [
      'a language',
      macro('code', parameter('language', 'c++') + plain('int a;\n')),
      '```c++\nint a;\n```',
    ],
    ['no language', macro('code', parameter('language', 'none') + plain('a')), '```\na\n```'],
    [
      'a title',
      macro('code', parameter('title', 'a_b.py') + plain('a')),
      '**a\\_b.py**\n\n```\na\n```',
    ],
    ['a fence', macro('code', plain('```\na\n```')), '````\n```\na\n```\n````'],
    ['a CDATA end', macro('code', plain('a]]]]><![CDATA[>b')), '```\na]]>b\n```'],
    ['indented lines', macro('code', plain('\n  a\n\n    b\n')), '```\n  a\n\n    b\n```'],
    ['Windows line ends', macro('code', plain('a\r\nb')), '```\na\nb\n```'],
    ['no body', macro('code', ''), ''],
  ])('keeps code with %s', (_what, storage, markdown) => {
    expect(convert(storage)).toBe(markdown);
  });

  it('keeps noformat and the old macro element', () => {
    expect(convert(macro('noformat', plain(' a *b*')))).toBe('```\n a *b*\n```');
    expect(
      convert(
        `<ac:macro ac:name="code"><ac:default-parameter>sql</ac:default-parameter>${plain('a')}</ac:macro>`,
      ),
    ).toBe('```sql\na\n```');
  });

  it('stays inside the item that it stands in', () => {
    expect(convert(`<ul><li>a${macro('code', plain('b\n\nc'))}</li></ul>`)).toBe(
      '- a\n\n  ```\n  b\n\n  c\n  ```',
    );
  });
});

describe('panels', () => {
  it.each([
    ['info', 'NOTE'],
    ['note', 'WARNING'],
    ['tip', 'TIP'],
    ['success', 'TIP'],
    ['warning', 'CAUTION'],
    ['error', 'CAUTION'],
    ['panel', 'NOTE'],
  ])('makes %s a GitHub alert of kind %s', (name, kind) => {
    expect(convert(macro(name, rich('<p>a</p><p>b</p>')))).toBe(`> [!${kind}]\n> a\n>\n> b`);
  });

  it('shows title and icon', () => {
    const title = parameter('panelIconText', '🙂') + parameter('title', 'Read *this*');

    expect(convert(macro('panel', title + rich('<ul><li>a</li></ul>')))).toBe(
      '> [!NOTE]\n> **🙂 Read \\*this\\***\n>\n> - a',
    );
  });

  it('shows an icon that only its id tells, and not one of the site', () => {
    const panel = (id: string): string =>
      convert(macro('panel', parameter('panelIconId', id) + rich('<p>a</p>')));

    expect(panel('1f6e0')).toBe('> [!NOTE]\n> **🛠**\n>\n> a');
    expect(panel('atlassian-check_mark')).toBe('> [!NOTE]\n> a');
  });

  it('reads the panels that only the new editor knows', () => {
    const panel =
      '<ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">note</ac:adf-attribute>' +
      '<ac:adf-content><p>a</p></ac:adf-content></ac:adf-node><ac:adf-fallback><div>a</div></ac:adf-fallback></ac:adf-extension>';

    expect(convert(panel)).toBe('> [!IMPORTANT]\n> a');
  });

  it('shows other content of the new editor as older readers show it', () => {
    const decisions =
      '<ac:adf-extension><ac:adf-node type="decision-list"><ac:adf-node type="decision-item">' +
      '<ac:adf-attribute key="state">DECIDED</ac:adf-attribute><ac:adf-content>a</ac:adf-content></ac:adf-node></ac:adf-node>' +
      '<ac:adf-fallback><ul><li>a</li></ul></ac:adf-fallback></ac:adf-extension>';

    expect(storageToMarkdown(decisions, references)).toMatchObject({
      markdown: '- a\n',
      lossy: [{ construct: 'extension decision-list', count: 1 }],
    });
  });
});

describe('expand, status, anchor and frames', () => {
  it('folds an expand', () => {
    const storage = macro(
      'expand',
      parameter('title', 'More [x]') + rich('<p>a</p><ul><li>b</li></ul>'),
    );

    expect(convert(storage)).toBe(
      '<details>\n<summary>More &#91;x&#93;</summary>\n\na\n\n- b\n\n</details>',
    );
  });

  it('shows a status, an anchor and inline macros within a line', () => {
    const status = macro('status', parameter('colour', 'Green') + parameter('title', 'ON TRACK'));
    const anchor = macro('anchor', parameter('', 'top'));

    expect(convert(`<p>${anchor}It is ${status}.</p>`)).toBe('<a id="top"></a>It is `ON TRACK`.');
    expect(convert(`<h2>${anchor}Start</h2>`)).toBe('## <a id="top"></a>Start');
  });

  it('keeps the content of macros that only place it', () => {
    const column = macro('column', parameter('width', '50%') + rich('<p>a</p>'));

    expect(convert(macro('section', rich(column + column)))).toBe('a\n\na');
  });
});

describe('fragments', () => {
  it('gives excerpts and page properties to other pages, and shows them here', () => {
    const storage =
      macro('excerpt', rich('<p>a <strong>b</strong></p>')) +
      macro('excerpt', parameter('name', 'second') + rich('<p>c</p>')) +
      macro(
        'details',
        parameter('id', 'x') + rich('<table><tr><th>A</th></tr><tr><td>1</td></tr></table>'),
      );

    expect(storageToMarkdown(storage, references)).toMatchObject({
      markdown: 'a **b**\n\nc\n\n| A |\n| - |\n| 1 |\n',
      fragments: {
        excerpt: 'a **b**\n',
        'excerpt-second': 'c\n',
        'details-x': '| A |\n| - |\n| 1 |\n',
      },
    });
  });
});

describe('a macro without a form in Markdown', () => {
  it('is a quote with name, parameters and formatted content', () => {
    const storage = macro(
      'roadmap',
      parameter('title', 'Q1 *plan*') +
        parameter('', 'default') +
        parameter('file', '<ri:attachment ri:filename="a.pdf"/>') +
        parameter('atlassian-macro-output-type', 'INLINE') +
        rich('<p>a</p><ul><li>b</li></ul>'),
    );

    expect(storageToMarkdown(storage, references)).toMatchObject({
      markdown:
        '> **Macro: roadmap**\n>\n> - title: Q1 \\*plan\\*\n> - default\n> - file: [](ctx:att/a.pdf)\n>\n> a\n>\n> - b\n',
      lossy: [{ construct: 'macro roadmap', count: 1 }],
    });
  });

  it('keeps what it holds as plain text in a fence', () => {
    expect(convert(macro('velocity', plain('<script>run("`")</script>')))).toBe(
      '> **Macro: velocity**\n>\n> ```velocity\n> <script>run("`")</script>\n> ```',
    );
  });

  it('is short within a line of text', () => {
    const chat = macro('im', parameter('', 'ann') + parameter('service', 'jabber'));

    expect(convert(`<p>See ${chat} and ${macro('index')}.</p>`)).toBe(
      'See `{im}` (ann, service: jabber) and `{index}`.',
    );
  });

  it('does not mistake a name for something that every object has', () => {
    expect(convert(macro('constructor', ''))).toBe('> **Macro: constructor**');
    expect(convert('<constructor>a</constructor>')).toBe('a');
  });
});
