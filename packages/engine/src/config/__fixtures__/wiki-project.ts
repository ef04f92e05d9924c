import { join } from 'node:path';

import type { ConnectorDefinition } from '@context-sync/core';
import { z } from 'zod';

import { connectorPackage, makeFolder, type Tree } from '../../discovery/__fixtures__/folder-tree.ts';
import { ConfigError, problemLine } from '../config-error.ts';
import { openProject } from '../open-project.ts';
import type { Project, ProjectOptions } from '../project.ts';

/** The manifest of a made-up wiki connector, with one variable of every kind. */
const manifest = {
  secrets: ['auth.token'],
  environment: [
    { name: 'WIKI_BASE_URL', aliases: ['WIKI_URL'], field: 'baseUrl', required: true },
    { name: 'WIKI_USERNAME', field: 'auth.username' },
    { name: 'WIKI_TOKEN', field: 'auth.token' },
    { name: 'WIKI_SPACES', field: 'spaces', as: 'list', words: ['all'] },
    { name: 'WIKI_OUTPUT_DIR', field: '@dir' },
    { name: 'WIKI_INCREMENTAL', field: '@incremental', as: 'boolean' },
    { name: 'WIKI_TIMEOUT', field: '@limits.timeoutMs', as: 'seconds' },
    { name: 'WIKI_RETRIES', field: '@limits.retries', as: 'number' },
    { name: 'WIKI_FORMAT', ignored: 'the mirror is Markdown', absent: ['markdown'] },
  ],
};

/** The code of the same connector: a package cannot import zod from a temporary folder. */
export const wikiDefinition: ConnectorDefinition = {
  '~contextSync': { contract: '1.0' },
  type: 'wiki',
  configSchema: z.strictObject({
    baseUrl: z.url(),
    auth: z.strictObject({ username: z.string(), token: z.string() }),
    spaces: z.union([z.literal('all'), z.array(z.string())]).optional(),
    labels: z.array(z.string()).optional(),
    maxPages: z.int().optional(),
  }),
  secrets: ['auth.token'],
  configEffects: { baseUrl: 'identity', spaces: 'scope', maxPages: 'none' },
  capabilities: { incremental: 'none', deletes: 'none' },
  cursorVersion: 1,
  renderVersion: 1,
  create: () => {
    throw new Error('No test makes a connector.');
  },
};

/** A project in `work` of a new folder, with the wiki connector installed beside the CLI. */
export async function openWikiProject(
  tree: Tree,
  options: Partial<ProjectOptions> = {},
): Promise<Project & { readonly folder: string }> {
  const made = await wikiOptions(tree);
  return { ...(await openProject({ ...made.options, ...options })), folder: made.folder };
}

/** The options of such a project. */
export async function wikiOptions(
  tree: Tree,
): Promise<{ readonly folder: string; readonly options: ProjectOptions }> {
  const name = '@context-sync/connector-wiki';
  const folder = await makeFolder({
    'work/.keep': '',
    ...connectorPackage(`host/node_modules/${name}`, { name, manifest }),
    ...tree,
  });
  const [cwd, home, hostDirectory] = ['work', 'home', 'host'].map((part) => join(folder, part));
  return { folder, options: { cwd: cwd ?? '', home: home ?? '', hostDirectory: hostDirectory ?? '', env: {} } };
}

/** The problems of a promise that fails with a `ConfigError`, a line each. */
export async function problemLines(promise: Promise<unknown>): Promise<string[]> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!ConfigError.is(error)) throw new Error('Expected a ConfigError', { cause: error });
  return error.problems.map(problemLine);
}
