import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { onTestFinished } from 'vitest';

/** Files by path; a value that is no text is written as JSON. */
export type Tree = Readonly<Record<string, unknown>>;

/** A new folder with these files, removed when the test ends. */
export async function makeFolder(tree: Tree = {}): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'context-sync-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(tree)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

/** Links a folder the way pnpm and workspaces do. */
export async function linkFolder(target: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await symlink(target, path, 'junction');
}

/** What a test may change of {@link connectorPackage}. */
export interface PackageOptions {
  readonly name?: string;
  readonly version?: string;
  readonly type?: string;
  readonly contract?: string;
  readonly code?: string;
  readonly manifest?: object;
}

/** The files of a connector package in `folder`, e.g. `node_modules/@acme/wiki`. */
export function connectorPackage(folder: string, options: PackageOptions = {}): Tree {
  const { name = '@acme/wiki', version = '1.0.0', type = 'wiki', contract = '1.0' } = options;
  const connector = { type, entry: '.', contract, title: 'Wiki', ...options.manifest };
  return {
    [`${folder}/package.json`]: {
      name,
      version,
      type: 'module',
      exports: { '.': { types: './index.d.ts', default: './index.js' } },
      'context-sync': { manifest: 1, connectors: [connector] },
    },
    [`${folder}/index.js`]: options.code ?? definitionCode(type, contract),
  };
}

/** A connector that has no `@context-sync/core` to import: the brand makes it one. */
export function definitionCode(type: string, contract = '1.0', more = ''): string {
  return `export default {
    '~contextSync': { contract: '${contract}' },
    type: '${type}',
    configSchema: { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) } },
    capabilities: { incremental: 'none', deletes: 'none' },
    cursorVersion: 1,
    renderVersion: 1,
    create: () => ({}),
    ${more}
  };`;
}
