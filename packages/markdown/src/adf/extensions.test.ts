import { describe, expect, it } from 'vitest';

import { type Adf, doc, node, p, text } from '../__fixtures__/adf.ts';
import { references } from '../__fixtures__/references.ts';
import { adfToMarkdown } from './adf-to-markdown.ts';

function convert(...content: Adf[]): string {
  return adfToMarkdown(doc(...content), references).markdown.trimEnd();
}

function macro(type: string, name: string, macroParams: object, ...content: Adf[]): Adf {
  const attrs = {
    extensionType: 'com.atlassian.confluence.macro.core',
    extensionKey: name,
    parameters: { macroParams, macroMetadata: { macroId: { value: '1' } } },
  };
  return node(type, attrs, ...content);
}

describe('macros', () => {
  it('reads them by the handlers of the storage format', () => {
    expect(convert(macro('bodiedExtension', 'info', { title: { value: 'T' } }, p('a')))).toBe(
      '> [!NOTE]\n> **T**\n>\n> a',
    );
    expect(convert(p(macro('inlineExtension', 'anchor', { '': { value: 'top' } }), 'a'))).toBe(
      '<a id="top"></a>a',
    );
    expect(
      convert(
        macro('extension', 'code', { language: { value: 'sql' }, __bodyContent: { value: 'a' } }),
      ),
    ).toBe('```sql\na\n```');
  });

  it('keeps excerpts and page properties', () => {
    const row = node(
      'tableRow',
      {},
      node('tableHeader', {}, p('Owner')),
      node('tableCell', {}, p('Jane')),
    );
    const body = adfToMarkdown(
      doc(
        macro('bodiedExtension', 'excerpt', { name: { value: 'x' } }, p('a')),
        macro('bodiedExtension', 'details', {}, node('table', {}, row)),
      ),
      references,
    );

    expect(body.fragments).toMatchObject({ 'excerpt-x': 'a\n' });
    expect(body.metadata).toEqual({ properties: { Owner: 'Jane' } });
  });

  it('shows what it does not know with name, parameters and content', () => {
    expect(convert(macro('bodiedExtension', 'odd', { a: { value: '1' }, b: '2' }, p('c')))).toBe(
      '> **Macro: odd**\n>\n> - a: 1\n> - b: 2\n>\n> c',
    );
  });

  it('shows an app of Forge by the name of its module', () => {
    const app = node('extension', {
      extensionType: 'com.atlassian.ecosystem',
      extensionKey: 'a1/b2/static/oddity',
      text: 'draw.io Diagram',
      parameters: { guestParams: { diagramName: 'd' }, extensionProperties: { accountId: '7' } },
    });

    expect(convert(app)).toBe(
      '> **Macro: oddity**\n>\n> - text: draw\\.io Diagram\n> - diagramName: d',
    );
  });

  it('reads an app of Forge by the handler of the macro that it was', () => {
    const app = node('extension', {
      extensionType: 'com.atlassian.ecosystem',
      extensionKey: 'a1/b2/static/drawio',
      parameters: { guestParams: { diagramName: 'd' } },
    });

    expect(convert(app)).toBe('![d](ctx:att/d.png)');
  });

  it('reads each frame of a multiBodiedExtension', () => {
    const frames = ['a', 'b'].map((word) => node('extensionFrame', {}, p(word)));

    expect(convert(node('multiBodiedExtension', { extensionKey: 'x:tabs' }, ...frames))).toBe(
      '> **Macro: tabs**\n>\n> a\n>\n> b',
    );
  });

  it('ends parameters that nest without end', () => {
    let value: unknown = 'deep';
    for (let level = 0; level < 10_000; level += 1) value = { inside: value };

    const markdown = convert(macro('extension', 'odd', { value }), p(text('after')));

    expect(markdown).toContain('…');
    expect(markdown).toContain('after');
    expect(markdown.length).toBeLessThan(500);
  });
});
