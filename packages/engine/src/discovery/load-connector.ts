import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { ConnectorError, type ConnectorDefinition } from '@context-sync/core';

import { requireContract } from './contract-version.ts';
import { exportPath } from './export-path.ts';
import { type ConnectorEntry, type FoundConnector, nameOf } from './found-connector.ts';
import { importFault } from './import-fault.ts';
import { isRecord } from './package-file.ts';

/** How long the code of a connector may take to load. */
const LOAD_LIMIT_MS = 10_000;

// When the engine itself runs from its sources, so do the connectors of the same workspace.
const CONDITIONS = [
  ...(import.meta.url.endsWith('.ts') ? ['@context-sync/source'] : []),
  'node',
  'import',
  'module-sync',
];

/**
 * Imports a connector and checks that it is what its manifest says. Throws a `config` error that
 * tells what is wrong with the package: made for another contract, not built, a dependency missing,
 * a fault in its code, no end of loading in 10 s, not a connector, another type.
 */
export async function loadConnector(
  found: FoundConnector,
  { limitMs = LOAD_LIMIT_MS }: { readonly limitMs?: number } = {},
): Promise<ConnectorDefinition> {
  if (found.problem !== undefined) {
    const { code, message, hint } = found.problem;
    throw new ConnectorError(code, message, hint === undefined ? {} : { hint });
  }
  if (found.contract !== '') requireContract(found.contract, nameOf(found));
  const loaded =
    found.entry.from === 'config'
      ? found.entry.definition
      : await importDefault(await entryFile(found), found, limitMs);
  return requireDefinition(loaded, found);
}

/** The file that holds the connector. Throws `config` when it is not there. */
export async function entryFile(found: FoundConnector): Promise<string> {
  const file = locateEntry(found.entry);
  const subject = nameOf(found);
  if (file === undefined) {
    throw new ConnectorError(
      'config',
      `${subject} is installed but cannot be loaded: its package.json has no export for the entry that its manifest names.`,
      {
        hint: 'The "exports" of a connector need the condition "default" or "import". Report it to the authors of the package.',
      },
    );
  }
  try {
    await access(file);
  } catch (error) {
    throw new ConnectorError(
      'config',
      `${subject} is installed but cannot be loaded: its entry ${file} does not exist.`,
      { hint: 'Was it built? Build the package, or install it again.', cause: error },
    );
  }
  return file;
}

function locateEntry(entry: ConnectorEntry): string | undefined {
  if (entry.from === 'config') return undefined;
  if (entry.from === 'module') return entry.file;
  const path = exportPath(entry.packageFile.content, entry.path, CONDITIONS);
  return path === undefined ? undefined : join(entry.packageFile.directory, path);
}

async function importDefault(
  file: string,
  found: FoundConnector,
  limitMs: number,
): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<'expired'>((resolve) => {
    timer = setTimeout(resolve, limitMs, 'expired');
  });
  try {
    const module: unknown = await Promise.race([
      import(/* @vite-ignore */ pathToFileURL(file).href),
      expired,
    ]);
    if (module === 'expired') throw tookTooLong(found, file, limitMs);
    return isRecord(module) ? module['default'] : undefined;
  } catch (error) {
    throw ConnectorError.is(error) ? error : importFault(error, found, file);
  } finally {
    clearTimeout(timer);
  }
}

function tookTooLong(found: FoundConnector, file: string, limitMs: number): ConnectorError {
  return new ConnectorError(
    'config',
    `${nameOf(found)} is installed but cannot be loaded: loading ${file} took more than ${limitMs / 1000} s.`,
    {
      hint: 'A connector must not wait for anything while it is imported. Report it to its authors.',
    },
  );
}

function requireDefinition(value: unknown, found: FoundConnector): ConnectorDefinition {
  const subject = nameOf(found);
  if (!isDefinition(value)) {
    throw new ConnectorError(
      'config',
      `${subject} is not a connector: its default export lacks '~contextSync'.`,
      { hint: 'Its authors may have meant: export default defineConnector({ … })' },
    );
  }
  requireContract(value['~contextSync'].contract, subject);
  if (found.entry.from === 'package' && value.type !== found.type) {
    throw new ConnectorError(
      'config',
      `${subject} is of type "${value.type}" in its code and "${found.type}" in its package.json.`,
      { hint: 'This is a fault of the package; report it to its authors.' },
    );
  }
  return value;
}

/** Recognises a definition by its brand, whichever copy of the contract made it. */
export function isDefinition(value: unknown): value is ConnectorDefinition {
  if (!isRecord(value) || typeof value['type'] !== 'string') return false;
  const brand = value['~contextSync'];
  return (
    isRecord(brand) &&
    typeof brand['contract'] === 'string' &&
    typeof value['create'] === 'function'
  );
}
