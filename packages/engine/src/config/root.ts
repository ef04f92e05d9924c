import { dirname } from 'node:path';

import { ConfigError, type ConfigProblem, displayPath } from './config-error.ts';
import type { ConfigFile, ConfigLocation } from './config-file.ts';
import type { ProjectOptions } from './project.ts';
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
  const { readQuickRoot } = await import('./root-in-text.ts');
  const location = await locateConfigFile(options);
  const quick = location === undefined ? 'unknown' : readQuickRoot(location.file);
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
  return (await outputRoot(options, location)) ?? defaultRoot(options);
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
  return (await outputRoot(options, file)) ?? defaultRoot(options);
}

/** The root that the flag or `CONTEXT_SYNC_ROOT` names, which goes before all others. */
export function fixedRoot(options: ProjectOptions): RootLocation | undefined {
  const { cwd, env, root } = options;
  if (root !== undefined) return located(root, 'flag', cwd, options);
  const variable = env['CONTEXT_SYNC_ROOT']?.trim() ?? '';
  return variable === '' ? undefined : located(variable, 'environment', cwd, options);
}

/** The root when nothing names one. */
export function defaultRoot(options: ProjectOptions): RootLocation {
  return located(DEFAULT_ROOT, 'default', options.cwd, options);
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
  return { ...defaultRoot(options), problems: [problem] };
}

function located(
  path: string,
  from: RootLocation['from'],
  base: string,
  { home }: ProjectOptions,
): RootLocation {
  return { root: resolveUserPath(path.trim(), base, home), from, problems: [], warnings: [] };
}

// Where none of its variables is set, nothing that looks for connectors is loaded.
async function outputRoot(
  options: ProjectOptions,
  file: ConfigLocation | undefined,
): Promise<RootLocation | undefined> {
  if (!Object.keys(options.env).some((name) => name.endsWith('_DIR'))) return undefined;
  return (await import('./output-root.ts')).outputRoot(options, file);
}
