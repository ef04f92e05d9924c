import { dirname, resolve } from 'node:path';

import { searchRoots } from '../discovery/connector-roots.ts';
import { uniquePackages } from '../discovery/find-connectors.ts';
import { MANIFEST_FIELD } from '../discovery/manifest.ts';
import { isRecord, toRecord } from '../discovery/package-file.ts';
import type { ConfigLocation } from './config-file.ts';
import { type OutputFolder, rootOfFolders, toOutputFolder } from './output-folder.ts';
import type { ProjectOptions } from './project.ts';
import type { RootLocation } from './root.ts';
import { resolveUserPath } from './user-path.ts';

/** The root that follows from the output folders that the variables of connectors name. */
export async function outputRoot(
  options: ProjectOptions,
  file: ConfigLocation | undefined,
): Promise<RootLocation | undefined> {
  const directory = file === undefined ? resolve(options.cwd) : dirname(file.file);
  return rootOfFolders(await outputFolders(directory, options));
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
    return [toOutputFolder(type, variable, resolveUserPath(text, cwd, home))];
  });
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
