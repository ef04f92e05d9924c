import { basename, dirname, resolve } from 'node:path';

import { FOLDER_VARIABLE, MANIFEST_FIELD } from '../discovery/manifest.ts';
import { isRecord, toRecord } from '../discovery/package-file.ts';
import { ConfigError, type ConfigProblem, displayPath } from './config-error.ts';
import type { ConfigFile, ConfigLocation } from './config-file.ts';
import type { ProjectOptions } from './project.ts';
import { readQuickRoot } from './root-in-text.ts';
import { resolveUserPath } from './user-path.ts';

/** Where the mirror lies, and why there. */
export interface RootLocation {
  /** Absolute. */
  readonly root: string;
  readonly from: 'flag' | 'config' | 'environment' | 'default';
  readonly problems: readonly ConfigProblem[];
  readonly warnings: readonly string[];
}

const DEFAULT_ROOT = '~/context-sync';

/**
 * The folder of the mirror, absolute: the flag, `CONTEXT_SYNC_ROOT`, the config file, the output
 * folder that a connector's variable names, `~/context-sync`. Reads as little as it can and checks
 * nothing else. Throws {@link ConfigError} when the config file cannot be read.
 */
export async function findRoot(options: ProjectOptions): Promise<string> {
  const fixed = fixedRoot(options);
  if (fixed !== undefined) return fixed.root;
  // Loaded when it is needed: a fixed root needs none of it.
  const { findConfigFile, locateConfigFile } = await import('./config-file.ts');
  const location = await locateConfigFile(options);
  const quick = location === undefined ? 'unknown' : await readQuickRoot(location.file);
  if (location !== undefined && quick !== 'unknown') {
    return (await quickLocation(quick.root, location, options)).root;
  }
  const { root, problems } = await locateRoot(options, await findConfigFile(options));
  if (problems.length > 0) throw new ConfigError(problems);
  return root;
}

async function quickLocation(
  root: string | undefined,
  location: ConfigLocation,
  options: ProjectOptions,
): Promise<RootLocation> {
  if (root !== undefined) return located(root, 'config', dirname(location.file), options);
  return (
    (await outputRoot(options, location)) ?? located(DEFAULT_ROOT, 'default', options.cwd, options)
  );
}

/** The folder of the mirror for a config file that is read already. */
export async function locateRoot(
  options: ProjectOptions,
  file: ConfigFile | undefined,
): Promise<RootLocation> {
  const fixed = fixedRoot(options);
  if (fixed !== undefined) return fixed;
  const root = file?.value['root'] ?? undefined;
  if (file !== undefined && root !== undefined) return configuredRoot(root, file, options);
  return (
    (await outputRoot(options, file)) ?? located(DEFAULT_ROOT, 'default', options.cwd, options)
  );
}

function fixedRoot(options: ProjectOptions): RootLocation | undefined {
  const { cwd, env, root } = options;
  if (root !== undefined) return located(root, 'flag', cwd, options);
  const variable = env['CONTEXT_SYNC_ROOT']?.trim() ?? '';
  return variable === '' ? undefined : located(variable, 'environment', cwd, options);
}

function configuredRoot(root: unknown, file: ConfigFile, options: ProjectOptions): RootLocation {
  if (typeof root === 'string' && root.trim() !== '') {
    return located(root, 'config', dirname(file.file), options);
  }
  const problem = {
    file: displayPath(file.file, options.cwd),
    ...file.position(['root'], 'value'),
    path: 'root',
    message: 'Expected the path of a folder',
    hint: `write e.g. root: ${DEFAULT_ROOT}`,
  };
  return { ...located(DEFAULT_ROOT, 'default', options.cwd, options), problems: [problem] };
}

function located(
  path: string,
  from: RootLocation['from'],
  base: string,
  { home }: ProjectOptions,
): RootLocation {
  return { root: resolveUserPath(path.trim(), base, home), from, problems: [], warnings: [] };
}

/**
 * The root that follows from output folders of single sources. A folder named after its source lies
 * in the root; another one becomes the root itself.
 */
async function outputRoot(
  options: ProjectOptions,
  file: ConfigLocation | undefined,
): Promise<RootLocation | undefined> {
  if (!Object.keys(options.env).some((name) => FOLDER_VARIABLE.test(name))) return undefined;
  const directory = file === undefined ? resolve(options.cwd) : dirname(file.file);
  return rootOfFolders(await outputFolders(directory, options));
}

/** The root of a connector that runs alone, with one output folder at most. */
export function locateRootAlone(
  options: ProjectOptions,
  folder: OutputFolder | undefined,
): RootLocation {
  return (
    fixedRoot(options) ??
    rootOfFolders(folder === undefined ? [] : [folder]) ??
    located(DEFAULT_ROOT, 'default', options.cwd, options)
  );
}

/** The root that follows from output folders; `undefined` when there are none. */
export function rootOfFolders(folders: readonly OutputFolder[]): RootLocation | undefined {
  const [first, ...others] = folders;
  if (first === undefined) return undefined;
  const root = first.isNamed ? dirname(first.path) : first.path;
  const own = first.isNamed
    ? []
    : [
        `${first.variable} does not end in "${first.type}", so ${root} becomes the root and the documents lie in ${resolve(root, first.type)}.`,
      ];
  const elsewhere = others
    .filter((other) => (other.isNamed ? dirname(other.path) : other.path) !== root)
    .map(({ variable }) => `${variable} is not followed: all sources are mirrored into ${root}.`);
  return { root, from: 'environment', problems: [], warnings: [...own, ...elsewhere] };
}

/** An output folder, and what names it: a variable or a flag. */
export interface OutputFolder {
  readonly type: string;
  readonly variable: string;
  readonly path: string;
  readonly isNamed: boolean;
}

// Reads manifests without their schema: zod takes longer to load than `status` may take to run.
async function outputFolders(
  directory: string,
  { cwd, env, home, hostDirectory }: ProjectOptions,
): Promise<OutputFolder[]> {
  const { searchRoots } = await import('../discovery/connector-roots.ts');
  const { uniquePackages } = await import('../discovery/find-connectors.ts');
  const roots = await searchRoots({ directory, env, home, hostDirectory });
  const connectors = uniquePackages(roots).flatMap(([, { content }]) =>
    listOf(toRecord(content[MANIFEST_FIELD])['connectors']),
  );
  return connectors.flatMap(({ type, environment }) => {
    const entry = listOf(environment).find(({ field }) => field === '@dir');
    const variable = entry?.['name'];
    if (typeof type !== 'string' || typeof variable !== 'string') return [];
    const text = env[variable]?.trim() ?? '';
    if (text === '') return [];
    return [toOutputFolder(type, variable, resolveUserPath(text, cwd, home))];
  });
}

/** The output folder of a connector, by its absolute path. */
export function toOutputFolder(type: string, variable: string, path: string): OutputFolder {
  return { type, variable, path, isNamed: basename(path) === type };
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
