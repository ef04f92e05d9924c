import { basename, dirname, resolve } from 'node:path';

import { searchRoots } from '../discovery/connector-roots.ts';
import { uniquePackages } from '../discovery/find-connectors.ts';
import { MANIFEST_FIELD } from '../discovery/manifest.ts';
import { isRecord, toRecord } from '../discovery/package-file.ts';
import type { ConfigLocation } from './config-file.ts';
import type { ProjectOptions } from './project.ts';
import type { RootLocation } from './root.ts';
import { resolveUserPath } from './user-path.ts';

/**
 * The root that follows from output folders of single sources. A folder named after its source lies
 * in the root; another one becomes the root itself.
 */
export async function outputRoot(
  options: ProjectOptions,
  file: ConfigLocation | undefined,
): Promise<RootLocation | undefined> {
  const directory = file === undefined ? resolve(options.cwd) : dirname(file.file);
  const [first, ...others] = await outputFolders(directory, options);
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

interface OutputFolder {
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
    const path = resolveUserPath(text, cwd, home);
    return [{ type, variable, path, isNamed: basename(path) === type }];
  });
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
