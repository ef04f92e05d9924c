import { ConnectorError } from '@context-sync/core';

import { type FoundConnector, nameOf } from './found-connector.ts';
import { errorCodeOf } from './package-file.ts';

/**
 * Why the code of an installed connector did not load. The manifest was found before, so a module
 * that is missing now is one that the connector needs, never the connector.
 */
export function importFault(error: unknown, found: FoundConnector, file: string): ConnectorError {
  const reason = reasonOf(error);
  return new ConnectorError(
    'config',
    `${nameOf(found)} is installed but cannot be loaded: ${reason}. The import of ${file} failed; this is a fault of the ${found.entry.from}, not of your config.`,
    {
      hint: isMissing(error)
        ? 'Install the dependencies again; if that does not help, report it to the authors of the connector.'
        : 'Install another version of the connector, or report it to its authors.',
      cause: error,
    },
  );
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [firstLine = ''] = message.split('\n');
  if (isMissing(error)) return missingReason(firstLine);
  if (error instanceof SyntaxError) return `its code is not valid JavaScript (${firstLine})`;
  return `its code failed while it was loaded (${firstLine})`;
}

// Node puts the name of the missing module into the message alone.
function missingReason(message: string): string {
  const [, name] = /^Cannot find (?:package|module) '([^']+)'/.exec(message) ?? [];
  if (name === undefined) return message;
  const isFile = /^([./]|[A-Za-z]:[\\/]|file:)/.test(name);
  return isFile ? `its file ${name} is missing` : `its dependency "${name}" is missing`;
}

function isMissing(error: unknown): boolean {
  const code = errorCodeOf(error);
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
}
