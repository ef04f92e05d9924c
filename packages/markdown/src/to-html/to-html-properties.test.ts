import { existsSync, readFileSync } from 'node:fs';

import { missingText } from '@context-sync/sandbox';
import fc from 'fast-check';
import { fromHtml } from 'hast-util-from-html';
import { describe, expect, it } from 'vitest';

import { references } from '../__fixtures__/references.ts';
import { pagesFolder, storageFiles, storageFolder } from '../__fixtures__/samples.ts';
import { storageTrees } from '../__fixtures__/storage-trees.ts';
import { storageToMarkdown } from '../storage/storage-to-markdown.ts';
import { elementsOf, textOf } from './html-elements.ts';
import { markdownToHtml } from './markdown-to-html.ts';

const numRuns = Number(process.env['RUNS'] ?? 150);

/** What of a storage body a reader of the page that is made of it does not see. */
function missingOf(storage: string): string[] {
  const html = markdownToHtml(storageToMarkdown(storage, references).markdown);
  const root = fromHtml(html, { fragment: true });
  const images = elementsOf(root, ({ tagName }) => tagName === 'img');
  const words = [textOf(root), ...images.map(({ properties }) => String(properties['alt'] ?? ''))];
  const fence = '`'.repeat(1000);
  return missingText(storage, `${fence}\n${words.join('\n')}\n${fence}`);
}

it('loses no text of any body', () => {
  fc.assert(
    fc.property(storageTrees, (storage) => {
      expect(missingOf(storage)).toEqual([]);
    }),
    { numRuns },
  );
});

const tags = [
  'script',
  'iframe',
  'a',
  'img',
  'svg',
  'math',
  'style',
  'b',
  'table',
  'td',
  'noscript',
];
const pieces = fc.array(
  fc.oneof(
    fc
      .constantFrom(...tags)
      .chain((tag) =>
        fc.constantFrom(
          `<${tag}>`,
          `</${tag}>`,
          `<${tag} onload=a() href="javascript:a" src="//x/y">`,
        ),
      ),
    fc.constantFrom(
      '\n\n',
      '\n',
      '- ',
      '> ',
      '`',
      '```\n',
      '*',
      '[',
      '](javascript:a)',
      '<!--',
      '-->',
      '"',
      '&#60;',
      '| a |\n| - |\n',
    ),
    fc.string({ maxLength: 4 }),
  ),
);

it('lets nothing through that runs, loads or leads to code', () => {
  fc.assert(
    fc.property(pieces, (parts) => {
      const html = markdownToHtml(parts.join(''));
      const again = fromHtml(html, { fragment: true });

      for (const { tagName, properties } of elementsOf(again, () => true)) {
        expect(tagName).not.toMatch(
          /^(?:script|style|iframe|svg|math|noscript|object|embed|base|meta|form)$/,
        );
        expect(Object.keys(properties).filter((name) => /^on/i.test(name))).toEqual([]);
        expect(String(properties['href'] ?? '')).not.toMatch(/^\s*javascript/i);
        expect(String(properties['src'] ?? '')).not.toMatch(/^\s*(?:[a-z]+:|\/\/)/i);
      }
    }),
    { numRuns: numRuns * 4 },
  );
});

const folders = [storageFolder, pagesFolder];

describe.skipIf(!folders.every((folder) => existsSync(folder)))(
  'samples of the storage format (skipped where ../shared is absent)',
  () => {
    for (const folder of folders.filter((name) => existsSync(name))) {
      it(
        `loses no text of ${folder.slice(folder.lastIndexOf('/') + 1)}`,
        { timeout: 60_000 },
        () => {
          for (const name of storageFiles(folder)) {
            const storage = readFileSync(`${folder}/${name}`, 'utf8');

            expect([name, missingOf(storage)]).toEqual([name, []]);
          }
        },
      );
    }
  },
);
