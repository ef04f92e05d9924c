import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { connectorPackage, makeFolder } from './__fixtures__/folder-tree.ts';
import { listInstalled } from './list-installed.ts';

it('lists what is installed, who uses it and what is wrong, and imports nothing', async () => {
  const code = "throw new Error('imported')";
  const folder = await makeFolder({
    'package.json': {
      dependencies: { '@acme/wiki': '*', '@acme/new': '*', '@acme/raw': '*', '@acme/twin': '*' },
    },
    ...connectorPackage('node_modules/@acme/wiki', { code }),
    ...connectorPackage('node_modules/@acme/new', {
      name: '@acme/new',
      type: 'new',
      contract: '2.0',
    }),
    ...connectorPackage('node_modules/@acme/raw', { name: '@acme/raw', type: 'raw' }),
    ...connectorPackage('node_modules/@acme/twin', { name: '@acme/twin' }),
  });
  await rm(join(folder, 'node_modules/@acme/raw/index.js'));

  const listed = await listInstalled(
    { directory: folder, env: {}, home: join(folder, 'home'), hostDirectory: join(folder, 'host') },
    [
      { source: 'docs', connector: 'wiki' },
      { source: 'old', connector: '@acme/twin' },
    ],
  );

  expect(listed).toMatchObject([
    { type: 'wiki', package: '@acme/wiki', version: '1.0.0', root: folder, usedBy: ['docs'] },
    { type: 'new', problem: { message: expect.stringContaining('needs contract 2.0') } },
    { type: 'raw', problem: { hint: expect.stringContaining('Was it built?') } },
    {
      package: '@acme/twin',
      usedBy: ['old'],
      problem: { message: expect.stringContaining('Two packages provide "wiki"') },
    },
  ]);
  expect(listed[0]?.problem).toBeUndefined();
});
