import { readdir } from 'node:fs/promises';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

import {
  declaredDependencies,
  errorCodeOf,
  findPackage,
  foldersUpward,
  isAbsent,
  isRecord,
  type PackageFile,
  readPackageFile,
} from './package-file.ts';

/** Where connectors are looked for. */
export interface DiscoveryOptions {
  /** Folder of the config file, else the working directory. */
  readonly directory: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Folder of the CLI: connectors installed beside it are found from here. */
  readonly hostDirectory: string;
}

/** One of the places that connectors come from. */
export interface ConnectorRoot {
  readonly kind: 'project' | 'managed' | 'host' | 'path';
  /** The folder that the look-up starts in. */
  readonly directory: string;
  /** What was found there, for a message: `package.json with 41 dependencies`. */
  readonly looked: string;
}

/** A root with the connector packages, or broken package.json files, that it names. */
export interface SearchedRoot extends ConnectorRoot {
  readonly packages: readonly PackageFile[];
}

/** The official connectors; only their publisher can put a package into this folder. */
const OFFICIAL_SCOPE = '@context-sync';

/**
 * The places to look in, best first: the project's declared dependencies, the managed folder, beside
 * the CLI, `CONTEXT_SYNC_PLUGIN_PATH`. Reads the package.json files of declared dependencies and
 * nothing else; no package is imported and no folder is searched for unknown names.
 */
export function searchRoots(options: DiscoveryOptions): Promise<SearchedRoot[]> {
  const extra = (options.env['CONTEXT_SYNC_PLUGIN_PATH'] ?? '').split(delimiter).filter(Boolean);
  return Promise.all([
    searchProject('project', options.directory),
    searchProject('managed', managedDirectory(options)),
    searchHost(options.hostDirectory),
    ...extra.map((directory) => searchPath(resolve(options.directory, directory))),
  ]);
}

/** The folder that holds connectors installed for a user, whatever the project. */
function managedDirectory({ env, home }: Pick<DiscoveryOptions, 'env' | 'home'>): string {
  const dataHome = env['XDG_DATA_HOME'];
  const base =
    dataHome !== undefined && isAbsolute(dataHome) ? dataHome : join(home, '.local', 'share');
  return join(base, 'context-sync', 'plugins');
}

/** The package.json files that declare what a project uses: the nearest, and its workspace's. */
async function projectFiles(directory: string): Promise<PackageFile[]> {
  const files: PackageFile[] = [];
  for (const folder of foldersUpward(directory)) {
    const file = await readPackageFile(folder);
    if (file === undefined) continue;
    if (files.length === 0) files.push(file);
    else if (await isWorkspaceRoot(file)) files.push(file);
    if (files.length > 1) break;
  }
  return files;
}

async function searchProject(
  kind: ConnectorRoot['kind'],
  directory: string,
): Promise<SearchedRoot> {
  const files = await projectFiles(directory);
  const found = await Promise.all(files.map(readDeclared));
  return { kind, directory, looked: describe(files), packages: found.flat() };
}

async function searchHost(directory: string): Promise<SearchedRoot> {
  const declared = await searchProject('host', directory);
  const official = await Promise.all(foldersUpward(directory).map(readOfficial));
  return { ...declared, packages: [...declared.packages, ...official.flat()] };
}

async function searchPath(directory: string): Promise<SearchedRoot> {
  const declared = await searchProject('path', directory);
  const itself = await readPackageFile(directory);
  return itself === undefined
    ? declared
    : { ...declared, packages: [itself, ...declared.packages] };
}

async function readDeclared(file: PackageFile): Promise<PackageFile[]> {
  const found = await Promise.all(
    declaredDependencies(file).map((name) => findPackage(name, file.directory)),
  );
  return found.filter((each) => each !== undefined);
}

// A global `npm install` leaves no package.json that would name what lies beside the CLI.
async function readOfficial(folder: string): Promise<PackageFile[]> {
  const scope = join(folder, 'node_modules', OFFICIAL_SCOPE);
  const names = await readdir(scope).catch((error: unknown) => {
    if (isAbsent(error) || errorCodeOf(error) === 'EACCES') return [];
    throw error;
  });
  const connectors = names.filter((name) => name.startsWith('connector-'));
  const found = await Promise.all(
    connectors.sort().map((name) => readPackageFile(join(scope, name))),
  );
  return found.filter((each) => each !== undefined);
}

async function isWorkspaceRoot({ content, directory }: PackageFile): Promise<boolean> {
  if (Array.isArray(content['workspaces']) || isRecord(content['workspaces'])) return true;
  const names = await readdir(directory).catch((): string[] => []);
  return names.includes('pnpm-workspace.yaml');
}

function describe(files: readonly PackageFile[]): string {
  if (files.length === 0) return 'no package.json';
  return files
    .map(({ file, fault, ...rest }) =>
      fault === undefined
        ? `${file} with ${declaredDependencies({ file, ...rest }).length} dependencies`
        : `${file}, which ${fault}`,
    )
    .join(' and ');
}
