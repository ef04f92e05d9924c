import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { connectorPackage, linkFolder, makeFolder, type Tree } from './__fixtures__/folder-tree.ts';
import type { DiscoveryOptions } from './connector-roots.ts';
import { findConnectors } from './find-connectors.ts';

async function find(tree: Tree, where: Partial<DiscoveryOptions> & { folder?: string } = {}) {
  const folder = where.folder ?? (await makeFolder(tree));
  return findConnectors({
    directory: join(folder, 'project'),
    env: {},
    home: join(folder, 'home'),
    hostDirectory: join(folder, 'host'),
    ...where,
  });
}

const declares = (...names: string[]) => ({
  dependencies: Object.fromEntries(names.map((name) => [name, '*'])),
});

describe('the project', () => {
  it('names the connectors it declares, as npm installs them', async () => {
    const found = await find({
      'project/package.json': declares('@acme/wiki', 'left-pad'),
      'project/node_modules/left-pad/package.json': { name: 'left-pad' },
      ...connectorPackage('project/node_modules/@acme/wiki'),
    });

    expect(found).toMatchObject([
      { type: 'wiki', package: '@acme/wiki', version: '1.0.0', title: 'Wiki', contract: '1.0' },
    ]);
    expect(found[0]?.root.kind).toBe('project');
  });

  it('names those of devDependencies and optionalDependencies too', async () => {
    const found = await find({
      'project/package.json': {
        devDependencies: { '@acme/one': '*' },
        optionalDependencies: { '@acme/two': '*', '@acme/absent': '*' },
      },
      ...connectorPackage('project/node_modules/@acme/one', { type: 'one' }),
      ...connectorPackage('project/node_modules/@acme/two', { type: 'two' }),
    });

    expect(found.map(({ type }) => type)).toEqual(['one', 'two']);
  });

  it('does not name what is installed and not declared', async () => {
    const found = await find({
      'project/package.json': {},
      ...connectorPackage('project/node_modules/context-sync-connector-evil'),
    });

    expect(found).toEqual([]);
  });

  it('follows the links of pnpm to the real folder', async () => {
    const store = 'project/node_modules/.pnpm/@acme+wiki@1.0.0/node_modules/@acme/wiki';
    const folder = await makeFolder({
      'project/package.json': declares('@acme/wiki'),
      ...connectorPackage(store),
    });
    await linkFolder(join(folder, store), join(folder, 'project/node_modules/@acme/wiki'));

    const [found] = await find({}, { folder });

    expect(found?.entry).toMatchObject({ packageFile: { directory: join(folder, store) } });
  });

  it('includes what the root of its workspace declares', async () => {
    const found = await find({
      'pnpm-workspace.yaml': 'packages: [project]',
      'package.json': declares('@acme/wiki'),
      'project/package.json': { name: 'project' },
      ...connectorPackage('node_modules/@acme/wiki'),
    });

    expect(found.map(({ type, root }) => `${root.kind} ${type}`)).toEqual(['project wiki']);
  });

  it('is the nearest folder upward that has a package.json', async () => {
    const folder = await makeFolder({
      'project/package.json': declares('@acme/wiki'),
      'project/deep/down/note.txt': '',
      ...connectorPackage('project/node_modules/@acme/wiki'),
    });

    const found = await find({}, { folder, directory: join(folder, 'project/deep/down') });

    expect(found).toHaveLength(1);
  });
});

describe('the other roots', () => {
  it('come after the project, each package once and the project first', async () => {
    const folder = await makeFolder({
      'project/package.json': declares('@acme/wiki'),
      ...connectorPackage('project/node_modules/@acme/wiki'),
      'home/.local/share/context-sync/plugins/package.json': declares('@acme/managed'),
      ...connectorPackage('home/.local/share/context-sync/plugins/node_modules/@acme/managed', {
        name: '@acme/managed',
      }),
      ...connectorPackage('lib/node_modules/@context-sync/connector-notes', { type: 'notes' }),
      ...connectorPackage('extra/node_modules/@acme/extra', { type: 'extra' }),
      'extra/package.json': declares('@acme/extra'),
      'lib/node_modules/context-sync/package.json': { name: 'context-sync' },
    });
    await linkFolder(
      join(folder, 'project/node_modules/@acme/wiki'),
      join(folder, 'extra/node_modules/@acme/wiki'),
    );

    const found = await find(
      {},
      {
        folder,
        hostDirectory: join(folder, 'lib/node_modules/context-sync'),
        env: { CONTEXT_SYNC_PLUGIN_PATH: join(folder, 'extra') },
      },
    );

    expect(found.map(({ type, root }) => `${root.kind} ${type}`)).toEqual([
      'project wiki',
      'managed wiki',
      'host notes',
      'path extra',
    ]);
  });

  it('takes the managed folder from XDG_DATA_HOME', async () => {
    const folder = await makeFolder({
      'data/context-sync/plugins/package.json': declares('@acme/wiki'),
      ...connectorPackage('data/context-sync/plugins/node_modules/@acme/wiki'),
    });

    const found = await find({}, { folder, env: { XDG_DATA_HOME: join(folder, 'data') } });

    expect(found.map(({ root }) => root.kind)).toEqual(['managed']);
  });

  it('takes a package that CONTEXT_SYNC_PLUGIN_PATH names itself', async () => {
    const folder = await makeFolder(connectorPackage('my-wiki'));

    const found = await find(
      {},
      { folder, env: { CONTEXT_SYNC_PLUGIN_PATH: join(folder, 'my-wiki') } },
    );

    expect(found.map(({ type }) => type)).toEqual(['wiki']);
  });
});

describe('a manifest that cannot be used', () => {
  it.each([
    ['another version', { manifest: 2, connectors: [] }, /manifests of version 1/],
    ['no connectors', { manifest: 1 }, /context-sync\.connectors/],
    [
      'a contract that is no version',
      { manifest: 1, connectors: [{ type: 'x1', entry: '.', contract: '1', title: 'X' }] },
      /connectors\.0\.contract: Expected major\.minor/,
    ],
  ])('is listed with what is wrong: %s', async (_, manifest, message) => {
    const [found, good] = await find({
      'project/package.json': declares('@acme/bad', '@acme/wiki'),
      'project/node_modules/@acme/bad/package.json': {
        name: '@acme/bad',
        version: '3.0.0',
        'context-sync': manifest,
      },
      ...connectorPackage('project/node_modules/@acme/wiki'),
    });

    expect(found).toMatchObject({ package: '@acme/bad', problem: { code: 'config' } });
    expect(found?.problem?.message).toMatch(message);
    expect(good).toMatchObject({ type: 'wiki' });
  });

  it('leaves fields of newer versions alone', async () => {
    const [found] = await find({
      'project/package.json': declares('@acme/wiki'),
      ...connectorPackage('project/node_modules/@acme/wiki', { manifest: { colour: 'red' } }),
    });

    expect(found?.problem).toBeUndefined();
  });

  it('is no error when a package.json is not JSON', async () => {
    const found = await find({
      'project/package.json': declares('@acme/bad'),
      'project/node_modules/@acme/bad/package.json': '{',
    });

    expect(found).toEqual([]);
  });
});
