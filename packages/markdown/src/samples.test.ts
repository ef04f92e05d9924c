import { existsSync, readFileSync } from 'node:fs';

import { missingText } from '@context-sync/sandbox';
import { describe, expect, it } from 'vitest';

import { references } from './__fixtures__/references.ts';
import { pagesFolder, storageFiles, storageFolder } from './__fixtures__/samples.ts';
import { storageToMarkdown } from './storage/storage-to-markdown.ts';

const folders = [storageFolder, pagesFolder];

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
