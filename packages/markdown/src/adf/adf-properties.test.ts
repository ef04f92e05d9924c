import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { missingAdfText } from '@context-sync/sandbox';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readMarkdown } from '../__fixtures__/markdown-tree.ts';
import { references } from '../__fixtures__/references.ts';
import { type Schema, SchemaValues } from '../__fixtures__/schema-values.ts';
import { trickyTexts } from '../__fixtures__/storage-trees.ts';
import { cleanText } from '../clean-text.ts';
import { writeMarkdown } from '../mdast/to-markdown.ts';
import { adfToMarkdown } from './adf-to-markdown.ts';

const numRuns = Number(process.env['RUNS'] ?? 120);

const folder = fileURLToPath(
  new URL('../../../../../shared/adf-json-schema/atlaskit-adf-schema-npm/', import.meta.url),
);

function documentsOf(name: string): fc.Arbitrary<unknown> {
  const schema = JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8')) as Schema;
  const values = new SchemaValues(schema);
  const root = schema.definitions?.['doc_node'] ?? {};
  const words = fc.array(
    fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...trickyTexts, 'javascript:a')),
    {
      minLength: 1,
      maxLength: 8,
    },
  );
  return fc
    .tuple(fc.array(fc.nat(999), { maxLength: 600, size: 'max' }), words)
    .map(([numbers, chosen]) => values.make(root, numbers, chosen));
}

const nodeTypes = (
  'blockCard blockquote blockTaskItem bodiedExtension bodiedRule bulletList caption codeBlock ' +
  'decisionItem decisionList emoji expand extension heading inlineCard layoutColumn layoutSection ' +
  'listItem media mediaGroup mediaInline mediaSingle mention orderedList panel paragraph rule ' +
  'status table tableCell tableHeader tableRow taskItem taskList carousel'
).split(' ');

const markTypes = 'backgroundColor code em link strike strong subsup textColor underline odd'.split(
  ' ',
);

const attributes = fc.record(
  {
    anything: fc.anything({ withBigInt: true }),
    extensionKey: fc.constantFrom('info', 'expand', 'details', 'status', 'odd'),
    extensionType: fc.constant('com.atlassian.confluence.macro.core'),
    href: fc.webUrl(),
    isNumberColumnEnabled: fc.boolean(),
    panelType: fc.constantFrom('note', 'warning'),
    title: fc.constantFrom(...trickyTexts),
    url: fc.webUrl(),
  },
  { requiredKeys: [] },
);

describe.skipIf(!existsSync(folder))(
  'any document of the schema (skipped where ../shared is absent)',
  () => {
    for (const name of existsSync(folder) ? ['full', 'stage-0'] : []) {
      const documents = documentsOf(name);

      it(`loses no text: ${name}`, () => {
        fc.assert(
          fc.property(documents, (document) => {
            const { markdown } = adfToMarkdown(document, references);

            expect(missingAdfText(document, markdown)).toEqual([]);
          }),
          { numRuns },
        );
      });

      it(`gives Markdown that stays the same when read and written again: ${name}`, () => {
        fc.assert(
          fc.property(documents, (document) => {
            const { markdown } = adfToMarkdown(document, references);

            // GFM finds e-mail addresses that the writer has no autolink for.
            fc.pre(!markdown.includes('@'));
            const tree = readMarkdown(markdown);

            expect(readMarkdown(writeMarkdown(tree.children))).toEqual(tree);
          }),
          { numRuns },
        );
      });

      it(`gives clean Markdown that ends with one line feed, each time the same: ${name}`, () => {
        fc.assert(
          fc.property(documents, (document) => {
            const { markdown } = adfToMarkdown(document, references);

            expect(markdown).toMatch(/^$|[^\n]\n$/);
            expect(cleanText(markdown)).toEqual({ text: markdown, dropped: 0 });
            expect(adfToMarkdown(JSON.stringify(document), references).markdown).toBe(markdown);
          }),
          { numRuns },
        );
      });

      it(`knows every node and mark: ${name}`, () => {
        fc.assert(
          fc.property(documents, (document) => {
            const { lossy } = adfToMarkdown(document, references);
            const unknown = lossy.filter(({ construct }) => /^(?:node|mark) /.test(construct));

            // A block that lies elsewhere, and a card without an address that can be seen, are shown.
            expect(
              unknown.filter(
                ({ construct }) =>
                  !/^node (?:syncBlock|(?:block|inline|embed)Card)$/.test(construct),
              ),
            ).toEqual([]);
          }),
          { numRuns },
        );
      });
    }
  },
);

/** Nodes where the schema has no place for them, as old documents and other programs write them. */
const misplaced = fc.letrec<{ node: unknown; nodes: unknown[] }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.record({
      type: fc.constant('text'),
      text: fc.constantFrom(...trickyTexts),
      marks: fc.array(fc.record({ type: fc.constantFrom(...markTypes), attrs: attributes })),
    }),
    fc.record({ type: fc.constantFrom(...nodeTypes), attrs: attributes, content: tie('nodes') }),
  ),
  nodes: fc.array(tie('node'), { maxLength: 4 }),
})).nodes;

describe('nodes in any place', () => {
  it('lose no text', () => {
    fc.assert(
      fc.property(misplaced, (content) => {
        const { markdown } = adfToMarkdown({ type: 'doc', content }, references);

        expect(missingAdfText({ content }, markdown)).toEqual([]);
      }),
      { numRuns },
    );
  });

  it('give Markdown that stays the same when read and written again', () => {
    fc.assert(
      fc.property(misplaced, (content) => {
        const { markdown } = adfToMarkdown({ type: 'doc', content }, references);

        fc.pre(!markdown.includes('@'));
        const tree = readMarkdown(markdown);

        expect(readMarkdown(writeMarkdown(tree.children))).toEqual(tree);
      }),
      { numRuns },
    );
  });
});

describe('anything at all', () => {
  it('is read without throwing', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true }), (document) => {
        expect(() => adfToMarkdown(document, references)).not.toThrow();
      }),
      { numRuns },
    );
  });
});
