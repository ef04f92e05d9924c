import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { references } from '../__fixtures__/references.ts';
import { contextLink } from '../context-link.ts';
import type { StorageReferences } from '../storage/references.ts';
import { storageToMarkdown } from '../storage/storage-to-markdown.ts';
import { adfToMarkdown } from './adf-to-markdown.ts';

const pages = fileURLToPath(
  new URL('../../../../../shared/confluence-pages/querypie/', import.meta.url),
);

interface AttachmentList {
  readonly results: readonly { readonly title: string; readonly extensions: { fileId: string } }[];
}

/** What a connector knows: the files of the page by their ids. */
function filesOf(page: string): ReadonlyMap<string, string> {
  const path = `${pages}${page}/attachments.v1.json`;
  if (!existsSync(path)) return new Map();
  const { results } = JSON.parse(readFileSync(path, 'utf8')) as AttachmentList;
  return new Map(results.map(({ title, extensions }) => [extensions.fileId, title]));
}

const site = /^https:\/\/querypie\.atlassian\.net\/wiki\/(?:spaces\/\w+|pages\/)/;

/** Storage knows pages by title, ADF by address, and only storage keeps parameters without a value. */
function comparable(markdown: string): string {
  return markdown
    .replaceAll(
      /<https:\/\/querypie\.atlassian\.net\/[^>]*>|\[[^\]]*\]\(ctx:(?:doc|name)\/[^)]*\)/g,
      '[page]',
    )
    .replaceAll(/<a href="ctx:(?:doc|name)\/[^>]*>.*?<\/a>/g, '[page]')
    .replaceAll(/^> - [a-z]+\n/gm, '');
}

describe.skipIf(!existsSync(pages))(
  'a page as storage and as ADF (skipped where ../shared is absent)',
  () => {
    const names = existsSync(pages) ? readdirSync(pages) : [];
    it.each(names.filter((name) => existsSync(`${pages}${name}/adf.json`)))(
      'gives the same Markdown: %s',
      (page) => {
        const files = filesOf(page);
        const storage = readFileSync(`${pages}${page}/storage.xhtml`, 'utf8');
        const document = readFileSync(`${pages}${page}/adf.json`, 'utf8');

        const known: StorageReferences = {
          ...references,
          space: () => contextLink('doc', 'a'),
          url: (href) => (site.test(href) ? contextLink('doc', 'a') : references.url(href)),
          media: ({ fileId }) => {
            const fileName = files.get(fileId);
            return fileName === undefined
              ? undefined
              : { url: contextLink('att', fileName), fileName };
          },
        };

        expect(comparable(adfToMarkdown(document, known).markdown)).toBe(
          comparable(storageToMarkdown(storage, known).markdown),
        );
      },
    );
  },
);
