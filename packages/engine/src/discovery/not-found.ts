import { ConnectorError } from '@context-sync/core';

import type { DiscoveryOptions, SearchedRoot } from './connector-roots.ts';
import type { ConnectorReference, FoundConnector } from './found-connector.ts';
import { installCommand } from './install-command.ts';

interface Search {
  readonly reference: ConnectorReference;
  /** The package that was looked for. */
  readonly packageName: string;
  readonly roots: readonly SearchedRoot[];
  readonly installed: readonly FoundConnector[];
  readonly options: DiscoveryOptions & { readonly source: string };
  /** An installed type that is spelled nearly the same. */
  readonly meant?: string | undefined;
}

const ROOT_NAMES = {
  project: 'the project',
  managed: 'your own connectors',
  host: 'beside context-sync',
  path: 'CONTEXT_SYNC_PLUGIN_PATH',
} as const;

/** Tells that a connector is not installed, where it was looked for, and how to install it. */
export async function connectorNotFound(search: Search): Promise<ConnectorError> {
  const { reference, packageName, roots, options, meant } = search;
  const lines = [
    `Source "${options.source}" needs the connector "${reference.name}", which is not installed.`,
    ...roots.map((root) => `  looked in ${ROOT_NAMES[root.kind]}: ${lookedIn(root, search)}`),
  ];
  const install = await installCommand(packageName, options.directory);
  return new ConnectorError('config', lines.join('\n'), {
    hint: meant === undefined ? install : `Did you mean "${meant}"? Otherwise: ${install}`,
  });
}

function lookedIn({ kind, directory, looked }: SearchedRoot, { installed }: Search): string {
  const types = installed
    .filter(({ root }) => root.kind === kind && root.directory === directory)
    .map(({ type }) => type);
  const connectors = types.length === 0 ? 'no connector' : `connectors: ${types.join(', ')}`;
  return `${directory} (${looked}; ${connectors})`;
}
