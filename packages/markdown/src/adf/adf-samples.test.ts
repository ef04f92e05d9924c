import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { missingAdfText } from '@context-sync/sandbox';
import { describe, expect, it } from 'vitest';

import { references } from '../__fixtures__/references.ts';
import { adfToMarkdown } from './adf-to-markdown.ts';

const shared = fileURLToPath(new URL('../../../../../shared/', import.meta.url));
const folders = ['adf', 'adf-schema-cases', 'api-jira', 'confluence-pages', 'jira-wiki'].map(
  (name) => `${shared}${name}`,
);

/** Documents that stand anywhere in a file: answers of an API, and other tools' fixtures. */
function documentsIn(file: unknown): unknown[] {
  const found: unknown[] = [];
  const stack: unknown[] = [file];
  while (stack.length > 0) {
    const value = stack.pop();
    if (typeof value !== 'object' || value === null) continue;
    if ('type' in value && value.type === 'doc') found.push(value);
    else for (const child of Object.values(value)) stack.push(child);
  }
  return found;
}

function samples(folder: string): [string, unknown[]][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name): [string, unknown[]] => {
      const text = readFileSync(`${folder}/${name}`, 'utf8');
      return [name, text.includes('"doc"') ? documentsIn(JSON.parse(text)) : []];
    })
    .filter(([, documents]) => documents.length > 0);
}

describe.skipIf(!folders.every((folder) => existsSync(folder)))(
  'samples of ADF (skipped where ../shared is absent)',
  () => {
    for (const folder of folders.filter((name) => existsSync(name))) {
      it.each(samples(folder))('loses no text of %s', (_name, documents) => {
        for (const document of documents) {
          const { markdown } = adfToMarkdown(document, references);

          expect(missingAdfText(document, markdown)).toEqual([]);
        }
      });
    }
  },
);
