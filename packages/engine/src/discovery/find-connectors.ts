import {
  type ConnectorRoot,
  type DiscoveryOptions,
  type SearchedRoot,
  searchRoots,
} from './connector-roots.ts';
import type { FoundConnector } from './found-connector.ts';
import { type ConnectorManifest, MANIFEST_FIELD, readManifest } from './manifest.ts';
import { isRecord, type PackageFile } from './package-file.ts';

/**
 * All connectors that the roots name, best root first, by their manifests alone. A package that is
 * found twice is listed once; one whose manifest cannot be used is listed with its problem.
 */
export async function findConnectors(options: DiscoveryOptions): Promise<FoundConnector[]> {
  return connectorsOfRoots(await searchRoots(options));
}

/** The connectors of roots that were searched before. */
export async function connectorsOfRoots(roots: readonly SearchedRoot[]): Promise<FoundConnector[]> {
  const found = await Promise.all(
    uniquePackages(roots).map(([root, file]) => connectorsOfPackage(file, root)),
  );
  return found.flat();
}

/** The connectors of one package; none when it has no manifest. */
export async function connectorsOfPackage(
  file: PackageFile,
  root: ConnectorRoot,
): Promise<FoundConnector[]> {
  if (!hasManifest(file)) return [];
  const read = await readManifest(file.content[MANIFEST_FIELD]);
  if ('problems' in read) return [withoutManifest(file, root, read.problems)];
  return read.manifest.connectors.map((connector) => toFound(connector, file, root));
}

/** Tells a manifest from a config, which may stand in the same field. */
function hasManifest({ content }: PackageFile): boolean {
  const field = content[MANIFEST_FIELD];
  return isRecord(field) && 'manifest' in field;
}

/** A package that two roots, or the roots and a link, lead to is looked at once. */
export function uniquePackages(
  roots: readonly SearchedRoot[],
): (readonly [ConnectorRoot, PackageFile])[] {
  const byDirectory = new Map<string, readonly [ConnectorRoot, PackageFile]>();
  for (const { packages, ...root } of roots) {
    for (const file of packages) {
      if (!byDirectory.has(file.directory)) byDirectory.set(file.directory, [root, file]);
    }
  }
  return [...byDirectory.values()];
}

function toFound(
  connector: ConnectorManifest,
  packageFile: PackageFile,
  root: ConnectorRoot,
): FoundConnector {
  const { type, title, contract, entry, secrets = [], environment = [] } = connector;
  return {
    ...identityOf(packageFile),
    type,
    title,
    contract,
    root,
    secrets,
    environment,
    entry: { from: 'package', packageFile, path: entry },
  };
}

function withoutManifest(
  packageFile: PackageFile,
  root: ConnectorRoot,
  problems: readonly string[],
): FoundConnector {
  const identity = identityOf(packageFile);
  const subject = `${identity.package} ${identity.version}`;
  return {
    ...identity,
    type: identity.package,
    title: identity.package,
    contract: '',
    root,
    secrets: [],
    environment: [],
    entry: { from: 'package', packageFile, path: '.' },
    problem: {
      code: 'config',
      message: `${subject} is installed, but its manifest in ${packageFile.file} cannot be used: ${problems.join('; ')}. This is a fault of the package, not of your config.`,
      hint: 'Upgrade context-sync or the package; if that does not help, report it to its authors.',
    },
  };
}

function identityOf({ content, directory }: PackageFile): { package: string; version: string } {
  const { name, version } = content;
  return {
    package: typeof name === 'string' ? name : directory,
    version: typeof version === 'string' ? version : '0.0.0',
  };
}
