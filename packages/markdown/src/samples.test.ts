import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { missingText } from '@context-sync/sandbox';
import { describe, expect, it } from 'vitest';

import { references } from './__fixtures__/references.ts';
import { storageToMarkdown } from './storage/storage-to-markdown.ts';

const shared = fileURLToPath(new URL('../../../../shared/', import.meta.url));
const folders = ['confluence-storage', 'confluence-pages'].map((name) => `${shared}${name}`);

/** Storage bodies: Markdown, wiki markup and event logs beside them are other tools' answers. */
function storageFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:xml|xhtml)$|storage[^/]*\.html$|kovetskiy-mark\/.*\.html$/.test(name))
    .toSorted();
}

describe.skipIf(!folders.every((folder) => existsSync(folder)))(
  'samples of the storage format (skipped where ../shared is absent)',
  () => {
    for (const folder of folders.filter((name) => existsSync(name))) {
      it.each(storageFiles(folder))('loses no text of %s', (name) => {
        const storage = readFileSync(`${folder}/${name}`, 'utf8');

        const { markdown } = storageToMarkdown(storage, references);

        expect(missingText(storage, markdown)).toEqual([]);
      });
    }
  },
);
