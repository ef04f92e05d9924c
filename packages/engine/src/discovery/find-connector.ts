import { stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { ConnectorError } from '@context-sync/core';

import { closest } from '../config/closest.ts';
import { type DiscoveryOptions, type SearchedRoot, searchRoots } from './connector-roots.ts';
import { connectorsOfPackage, connectorsOfRoots } from './find-connectors.ts';
import type { ConnectorReference, FoundConnector } from './found-connector.ts';
import { connectorNotFound } from './not-found.ts';
import { findPackage, readPackageFile } from './package-file.ts';

/** What {@link findConnector} needs besides the places to look in. */
export interface FindOptions extends DiscoveryOptions {
  /** The source that asks, for messages. */
  readonly source: string;
}

/**
 * The connector that a source names: imported by the config, by a path relative to the config, by
 * package name, or by short name (the `type` of a declared package, else the official package of that
 * name). Throws `config` with where it looked and the command that installs it.
 */
export async function findConnector(
  reference: ConnectorReference,
  options: FindOptions,
): Promise<FoundConnector> {
  if (reference.definition !== undefined) return importedConnector(reference, options);
  if (isPath(reference.name)) return connectorAtPath(reference, options);
  const roots = await searchRoots(options);
  const installed = await connectorsOfRoots(roots);
  const byType = installed.find(({ type }) => type === reference.name);
  if (byType !== undefined) return byType;
  const byPackage = installed.filter((each) => each.package === reference.name);
  if (byPackage.length > 0) return chooseConnector(byPackage, reference, options);
  return undeclaredConnector(reference, roots, installed, options);
}

/** Tells a path from the name of a connector or package. */
function isPath(name: string): boolean {
  return /^(\.|\/|~[\\/]|[A-Za-z]:[\\/]|file:)/.test(name);
}

/** A package that is installed beside a root without being declared there. */
async function undeclaredConnector(
  reference: ConnectorReference,
  roots: readonly SearchedRoot[],
  installed: readonly FoundConnector[],
  options: FindOptions,
): Promise<FoundConnector> {
  // Never an unscoped guess: anyone can publish a package of that name.
  const name = reference.name.startsWith('@')
    ? reference.name
    : `@context-sync/connector-${reference.name}`;
  for (const { packages, ...root } of roots) {
    const declared = packages.find(({ content }) => content['name'] === reference.name);
    const file = declared ?? (await findPackage(name, root.directory));
    if (file === undefined) continue;
    const found = await connectorsOfPackage(file, root);
    if (found.length > 0) return chooseConnector(found, reference, options);
    throw notAConnector(declared === undefined ? name : reference.name, file.file, options);
  }
  const types = installed.map(({ type }) => type);
  throw await connectorNotFound({
    reference,
    packageName: name,
    roots,
    installed,
    options,
    meant: closest(reference.name, types),
  });
}

function chooseConnector(
  found: readonly FoundConnector[],
  { name, type }: ConnectorReference,
  { source }: FindOptions,
): FoundConnector {
  const [first, ...others] =
    type === undefined ? found : found.filter((each) => each.type === type);
  if (first !== undefined && others.length === 0) return first;
  const types = found.map((each) => each.type).join(', ');
  throw new ConnectorError(
    'config',
    first === undefined
      ? `Source "${source}" asks for type "${String(type)}" of ${name}, which provides: ${types}.`
      : `Source "${source}" names ${name}, which provides several connectors: ${types}.`,
    { hint: `Write in the source, for example: type: ${found[0]?.type ?? ''}` },
  );
}

function importedConnector(
  { name, definition }: ConnectorReference,
  { directory }: FindOptions,
): FoundConnector {
  return {
    ...moduleConnector(name, directory, definition?.secrets ?? []),
    entry: { from: 'config', definition },
  };
}

async function connectorAtPath(
  reference: ConnectorReference,
  options: FindOptions,
): Promise<FoundConnector> {
  const path = toAbsolute(reference.name, options);
  const kind = await stat(path).catch(() => undefined);
  const { source } = options;
  if (kind === undefined) {
    throw new ConnectorError(
      'config',
      `Source "${source}" names the connector ${reference.name}, and ${path} does not exist.`,
      { hint: 'A path is relative to the folder of the config file.' },
    );
  }
  if (!kind.isDirectory()) {
    const module = moduleConnector(reference.type ?? reference.name, options.directory, []);
    return { ...module, package: path, entry: { from: 'module', file: path } };
  }
  const root = { kind: 'path', directory: path, looked: path } as const;
  const file = await readPackageFile(path);
  const found = file === undefined ? [] : await connectorsOfPackage(file, root);
  if (found.length === 0) throw notAConnector(reference.name, join(path, 'package.json'), options);
  return chooseConnector(found, reference, options);
}

function moduleConnector(
  type: string,
  directory: string,
  secrets: readonly string[],
): Omit<FoundConnector, 'entry'> {
  const root = { kind: 'project', directory, looked: directory } as const;
  const names = { type, package: type, title: type, version: '', contract: '' };
  return { ...names, root, secrets, environment: [] };
}

function notAConnector(name: string, file: string, { source }: FindOptions): ConnectorError {
  return new ConnectorError(
    'config',
    `Source "${source}" names ${name}, which is installed but is not a connector: there is no "context-sync" manifest in ${file}.`,
    { hint: 'Check the name; connector packages have the keyword context-sync-connector.' },
  );
}

function toAbsolute(name: string, { directory, home }: DiscoveryOptions): string {
  if (name.startsWith('file:')) return fileURLToPath(name);
  if (name.startsWith('~')) return join(home, name.slice(1));
  return isAbsolute(name) ? name : resolve(directory, name);
}
