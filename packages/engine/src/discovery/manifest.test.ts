import { readFile } from 'node:fs/promises';

import { expect, it } from 'vitest';

import { MANIFEST_FIELD, readManifest } from './manifest.ts';

const packages = new URL('../../../', import.meta.url);

it('reads the manifest of a connector of this workspace', async () => {
  const file = new URL('connector-confluence/package.json', packages);
  const content: Record<string, unknown> = JSON.parse(await readFile(file, 'utf8'));

  expect(await readManifest(content[MANIFEST_FIELD])).toMatchObject({
    manifest: {
      connectors: [{ type: 'confluence', secrets: ['auth.token', 'auth.cookie', 'headers.*'] }],
    },
  });
});

it('refuses a variable that fills a field and is ignored', async () => {
  const environment = [{ name: 'WIKI_URL', field: 'baseUrl', ignored: 'never' }];
  const connector = { type: 'wiki', entry: '.', contract: '1.0', title: 'Wiki', environment };

  expect(await readManifest({ manifest: 1, connectors: [connector] })).toEqual({
    problems: ['context-sync.connectors.0.environment.0: Give either "field" or "ignored"'],
  });
});
