import { missingText } from '@context-sync/sandbox';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readMarkdown } from '../__fixtures__/markdown-tree.ts';
import { references } from '../__fixtures__/references.ts';
import { brokenMarkup, storageTrees } from '../__fixtures__/storage-trees.ts';
import { cleanText } from '../clean-text.ts';
import { writeMarkdown } from '../mdast/to-markdown.ts';
import { storageToMarkdown } from './storage-to-markdown.ts';

const numRuns = Number(process.env['RUNS'] ?? 300);

describe('any body', () => {
  it('loses no text', () => {
    fc.assert(
      fc.property(storageTrees, (storage) => {
        const { markdown } = storageToMarkdown(storage, references);

        expect(missingText(storage, markdown)).toEqual([]);
      }),
      { numRuns },
    );
  });

  it('gives Markdown that stays the same when read and written again', () => {
    fc.assert(
      fc.property(storageTrees, (storage) => {
        const { markdown } = storageToMarkdown(storage, references);

        // GFM finds e-mail addresses that the writer has no autolink for.
        fc.pre(!markdown.includes('@'));
        const tree = readMarkdown(markdown);

        expect(readMarkdown(writeMarkdown(tree.children))).toEqual(tree);
      }),
      { numRuns },
    );
  });

  it('gives clean Markdown that ends with one line feed, each time the same', () => {
    fc.assert(
      fc.property(fc.oneof(storageTrees, brokenMarkup), (storage) => {
        const { markdown } = storageToMarkdown(storage, references);

        expect(markdown).toMatch(/^$|[^\n]\n$/);
        expect(cleanText(markdown)).toEqual({ text: markdown, dropped: 0 });
        expect(storageToMarkdown(storage, references).markdown).toBe(markdown);
      }),
      { numRuns },
    );
  });
});

describe('a body that is not well formed', () => {
  it('is read without throwing', () => {
    fc.assert(
      fc.property(brokenMarkup, (storage) => {
        expect(() => storageToMarkdown(storage, references)).not.toThrow();
      }),
      { numRuns },
    );
  });
});
