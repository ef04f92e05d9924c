import { join } from 'node:path';

import type { ConnectorDefinition } from '@context-sync/core';
import { describe, expect, it } from 'vitest';

import {
  connectorPackage,
  definitionCode,
  makeFolder,
  type Tree,
} from './__fixtures__/folder-tree.ts';
import { findConnector } from './find-connector.ts';
import type { ConnectorReference } from './found-connector.ts';
import { loadConnector } from './load-connector.ts';

async function project(tree: Tree = {}) {
  const folder = await makeFolder(tree);
  const options = {
    directory: folder,
    env: {},
    home: join(folder, 'home'),
    hostDirectory: join(folder, 'host'),
    source: 'docs',
  };
  return {
    folder,
    find: (reference: ConnectorReference) => findConnector(reference, options),
  };
}

const declared = {
  'package.json': { dependencies: { '@acme/wiki': '*' } },
  ...connectorPackage('node_modules/@acme/wiki'),
};

describe('findConnector', () => {
  it('finds a declared package by type and by package name', async () => {
    const { find } = await project(declared);

    expect(await find({ name: 'wiki' })).toMatchObject({ package: '@acme/wiki' });
    expect(await find({ name: '@acme/wiki' })).toMatchObject({ package: '@acme/wiki' });
  });

  it('finds an official package by short name without a declaration', async () => {
    const name = '@context-sync/connector-wiki';
    const { find } = await project(connectorPackage(`node_modules/${name}`, { name }));

    expect(await find({ name: 'wiki' })).toMatchObject({ package: name });
  });

  it('never guesses an unscoped package that is not declared', async () => {
    const name = 'context-sync-connector-wiki';
    const { find } = await project(connectorPackage(`node_modules/${name}`, { name }));

    await expect(find({ name: 'wiki' })).rejects.toThrow('which is not installed');
  });

  it('takes the first of two roots with the same type', async () => {
    const plugins = 'home/.local/share/context-sync/plugins';
    const { find } = await project({
      ...declared,
      [`${plugins}/package.json`]: { dependencies: { '@acme/other': '*' } },
      ...connectorPackage(`${plugins}/node_modules/@acme/other`, { name: '@acme/other' }),
    });

    expect(await find({ name: 'wiki' })).toMatchObject({ package: '@acme/wiki' });
    expect(await find({ name: '@acme/other' })).toMatchObject({ root: { kind: 'managed' } });
  });

  it('chooses among the connectors of a package by type', async () => {
    const connectors = ['one', 'two'].map((type) => ({
      type,
      entry: '.',
      contract: '1.0',
      title: type,
    }));
    const { find } = await project({
      'package.json': { dependencies: { '@acme/both': '*' } },
      'node_modules/@acme/both/package.json': {
        name: '@acme/both',
        'context-sync': { manifest: 1, connectors },
      },
    });

    expect(await find({ name: '@acme/both', type: 'two' })).toMatchObject({ type: 'two' });
    await expect(find({ name: '@acme/both' })).rejects.toThrow('several connectors: one, two');
    await expect(find({ name: '@acme/both', type: 'six' })).rejects.toThrow(
      'asks for type "six" of @acme/both, which provides: one, two',
    );
  });

  it('loads a module by its path, relative to the config', async () => {
    const { find, folder } = await project({ 'local/wiki.mjs': definitionCode('wiki') });

    const found = await find({ name: './local/wiki.mjs' });

    expect(found.package).toBe(join(folder, 'local/wiki.mjs'));
    expect(await loadConnector(found)).toMatchObject({ type: 'wiki' });
  });

  it('loads a package by the path of its folder', async () => {
    const { find } = await project(connectorPackage('local/wiki'));

    expect(await find({ name: './local/wiki' })).toMatchObject({ type: 'wiki' });
  });

  it('takes a definition that the config imported', async () => {
    const { find } = await project();
    const definition = {
      '~contextSync': { contract: '1.0' },
      type: 'wiki',
      create: () => ({}),
    } as unknown as ConnectorDefinition;

    const found = await find({ name: 'wiki', definition });

    expect(await loadConnector(found)).toBe(definition);
  });
});

describe('a connector that is not there', () => {
  it('is told with the places looked in and the command of the lockfile', async () => {
    const { find, folder } = await project({ ...declared, 'pnpm-lock.yaml': '' });

    const error: unknown = await find({ name: 'jira' }).catch((reason: unknown) => reason);

    expect(error).toMatchObject({
      code: 'config',
      hint: `pnpm add -D @context-sync/connector-jira   (pnpm-lock.yaml found in ${folder})`,
    });
    expect(String(error)).toContain(
      'Source "docs" needs the connector "jira", which is not installed.',
    );
    expect(String(error)).toContain(
      `looked in the project: ${folder} (${folder}/package.json with 1 dependencies; connectors: wiki)`,
    );
    expect(String(error)).toContain('looked in your own connectors: ');
  });

  it('is told with the type that was meant', async () => {
    const { find } = await project(declared);

    await expect(find({ name: 'wikki' })).rejects.toMatchObject({
      hint: expect.stringContaining('Did you mean "wiki"?'),
    });
  });

  it('is not the same as a package that is no connector', async () => {
    const { find } = await project({
      'package.json': { dependencies: { '@acme/wiki': '*' } },
      'node_modules/@acme/wiki/package.json': { name: '@acme/wiki' },
    });

    await expect(find({ name: '@acme/wiki' })).rejects.toThrow(
      'which is installed but is not a connector',
    );
  });

  it('is told by its path', async () => {
    const { find, folder } = await project();

    await expect(find({ name: './gone.mjs' })).rejects.toThrow(`${folder}/gone.mjs does not exist`);
  });
});
