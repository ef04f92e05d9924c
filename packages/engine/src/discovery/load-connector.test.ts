import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { ConnectorError } from '@context-sync/core';
import { describe, expect, it } from 'vitest';

import {
  connectorPackage,
  definitionCode,
  makeFolder,
  type PackageOptions,
} from './__fixtures__/folder-tree.ts';
import { findConnectors } from './find-connectors.ts';
import { loadConnector } from './load-connector.ts';

async function install(options: PackageOptions = {}, change?: (folder: string) => Promise<void>) {
  const folder = await makeFolder({
    'package.json': { dependencies: { '@acme/wiki': '*' } },
    ...connectorPackage('node_modules/@acme/wiki', options),
  });
  await change?.(join(folder, 'node_modules/@acme/wiki'));
  const [found] = await findConnectors({
    directory: folder,
    env: {},
    home: join(folder, 'home'),
    hostDirectory: join(folder, 'host'),
  });
  if (found === undefined) throw new Error('The package was not found.');
  return found;
}

async function failureOf(promise: Promise<unknown>): Promise<ConnectorError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!ConnectorError.is(error)) throw new Error('Expected a ConnectorError', { cause: error });
  return error;
}

describe('loadConnector', () => {
  it('gives the definition that the package exports', async () => {
    const definition = await loadConnector(await install());

    expect(definition).toMatchObject({ type: 'wiki', '~contextSync': { contract: '1.0' } });
  });

  it.each<[string, PackageOptions, RegExp]>([
    [
      'a newer contract, without importing it',
      { contract: '2.0', code: "throw new Error('imported')" },
      /needs contract 2\.0; this context-sync speaks 1\.0/,
    ],
    ['a newer minor', { contract: '1.7' }, /needs contract 1\.7/],
    ['an older contract', { contract: '0.9' }, /needs contract 0\.9/],
    [
      'a contract in its code that differs from the manifest',
      { code: definitionCode('wiki', '2.1') },
      /needs contract 2\.1/,
    ],
    [
      'a missing dependency',
      { code: "import 'turndown';" },
      /its dependency "turndown" is missing/,
    ],
    [
      'a missing file of its own',
      { code: "import './gone.js';" },
      /its file .*gone\.js is missing/,
    ],
    ['a syntax error', { code: 'export default = ;' }, /not valid JavaScript/],
    [
      'an exception',
      { code: "throw new Error('no licence')" },
      /failed while it was loaded \(no licence\)/,
    ],
    ['a thrown text', { code: "throw 'no licence'" }, /failed while it was loaded \(no licence\)/],
    ['no connector', { code: 'export default {};' }, /is not a connector/],
    ['no default export', { code: 'export const a = 1;' }, /is not a connector/],
    [
      'another type',
      { code: definitionCode('other') },
      /of type "other" in its code and "wiki" in its package\.json/,
    ],
    ['an entry that is not exported', { manifest: { entry: './other' } }, /has no export/],
  ])('refuses a package with %s', async (_, options, message) => {
    const error = await failureOf(loadConnector(await install(options)));

    expect(error.code).toBe('config');
    expect(error.message).toMatch(message);
    expect(error.message).toContain('@acme/wiki 1.0.0');
    expect(error.hint).toMatch(/\w/);
  });

  it('asks whether a package without its entry was built', async () => {
    const found = await install({}, (folder) => rm(join(folder, 'index.js')));

    const error = await failureOf(loadConnector(found));

    expect(error.message).toMatch(/index\.js does not exist/);
    expect(error.hint).toMatch(/Was it built\?/);
  });

  it('gives up on a package that never ends loading', async () => {
    const found = await install({ code: 'await new Promise(() => {});' });

    const error = await failureOf(loadConnector(found, { limitMs: 50 }));

    expect(error.message).toMatch(/took more than 0\.05 s/);
  });

  it('loads a package that has no exports by its main', async () => {
    const found = await install({}, (folder) =>
      writeFile(
        join(folder, 'package.json'),
        JSON.stringify({
          name: '@acme/wiki',
          version: '1.0.0',
          type: 'module',
          main: 'index.js',
          'context-sync': {
            manifest: 1,
            connectors: [{ type: 'wiki', entry: '.', contract: '1.0', title: 'Wiki' }],
          },
        }),
      ),
    );

    expect(await loadConnector(found)).toMatchObject({ type: 'wiki' });
  });
});
