import { deflateRawSync } from 'node:zlib';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { convert, lostBy, macro, parameter, plain } from '../../__fixtures__/storage-macros.ts';

function packed(source: string): string {
  return deflateRawSync(encodeURIComponent(source)).toString('base64');
}

function cloudDiagram(data: string, compressed = 'true'): string {
  return macro('plantumlcloud', parameter('data', data) + parameter('compressed', compressed));
}

describe('the source of a diagram', () => {
  it.each([
    ['mermaid', 'mermaid'],
    ['plantuml', 'plantuml'],
    ['html', 'html'],
    ['markdown', 'markdown'],
  ])('of %s is a fence', (name, language) => {
    expect(convert(macro(name, parameter('title', 'T') + plain('a -> b')))).toBe(
      `**T**\n\n\`\`\`${language}\na -> b\n\`\`\``,
    );
    expect(convert(macro(name))).toBe(`> **Macro: ${name}**`);
  });

  it('of plantumlcloud is unpacked', () => {
    expect(convert(cloudDiagram(packed('@startuml\nÄ -> B: 100%\n@enduml')))).toBe(
      '```plantuml\n@startuml\nÄ -> B: 100%\n@enduml\n```',
    );
    expect(convert(cloudDiagram(Buffer.from('a -> b').toString('base64'), 'false'))).toBe(
      '```plantuml\na -> b\n```',
    );
  });

  it('of plantumlcloud stays as it is when it unpacks to too much, or not at all', () => {
    const bomb = deflateRawSync(Buffer.alloc(5 * 1024 * 1024)).toString('base64');

    expect(convert(cloudDiagram('AAAA')).split('\n')[0]).toBe('> **Macro: plantumlcloud**');
    expect(convert(cloudDiagram(bomb)).split('\n')[0]).toBe('> **Macro: plantumlcloud**');
  });

  it('of plantumlcloud may be anything', () => {
    const lines = fc.array(fc.string({ unit: 'grapheme-ascii', minLength: 1 }), { minLength: 1 });
    fc.assert(
      fc.property(lines, (written) => {
        const source = `@${written.join('\n')}@`;

        expect(convert(cloudDiagram(packed(source)))).toContain(source.trim());
      }),
      { numRuns: 50 },
    );
  });
});

describe('a drawing', () => {
  it.each([
    ['drawio', parameter('diagramName', 'Net'), '![Net](ctx:att/Net.png)'],
    [
      'inc-drawio',
      parameter('diagramName', 'Net') + parameter('pageId', '7'),
      '![Net](ctx:att/7%2FNet.png)',
    ],
    ['gliffy', parameter('name', 'a') + parameter('displayName', 'A b'), '![A b](ctx:att/a.png)'],
    ['gliffy', parameter('name', 'a.svg'), '![a.svg](ctx:att/a.svg)'],
  ])('of %s is the picture beside it', (name, parameters, markdown) => {
    const storage = macro(name, parameters);

    expect(convert(storage)).toBe(markdown);
    expect(lostBy(storage)).toEqual(['source of a diagram']);
  });
});

describe('a formula', () => {
  it.each([
    ['a block', macro('mathblock', plain('a_1 = b\\\\')), '```math\na_1 = b\\\\\n```'],
    [
      'a block with an anchor',
      macro('mathblock', parameter('anchor', 'x') + parameter('body', 'a')),
      '<a id="x"></a>\n\n```math\na\n```',
    ],
    [
      'a line',
      `<p>is ${macro('mathinline', parameter('body', 'a_1*b_1'))}.</p>`,
      'is $`a_1*b_1`$.',
    ],
    [
      'a percent-encoded line',
      macro('mathinline', parameter('body', '--uriencoded--\\text%7BS%7D^%5e')),
      '$`\\text{S}^^`$',
    ],
    ['a reference', macro('mathblock-ref', parameter('anchor', 'x')), '[x](#x)'],
  ])('in %s is what GitHub renders', (_what, storage, markdown) => {
    expect(convert(storage)).toBe(markdown);
  });
});
