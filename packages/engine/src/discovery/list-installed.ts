import { ConnectorError } from '@context-sync/core';

import type { ConnectorInfo } from '../api.ts';
import type { DiscoveryOptions } from './connector-roots.ts';
import { requireContract } from './contract-version.ts';
import { findConnectors } from './find-connectors.ts';
import { type FoundConnector, nameOf } from './found-connector.ts';
import { entryFile } from './load-connector.ts';

/** A connector in use: its short name, its package, or a path. */
export interface ConnectorUse {
  readonly source: string;
  readonly connector: string;
}

/**
 * The installed connectors, why one cannot be used as far as its files tell, and which sources use
 * it. Imports none of them.
 */
export async function listInstalled(
  options: DiscoveryOptions,
  uses: readonly ConnectorUse[],
): Promise<ConnectorInfo[]> {
  const found = await findConnectors(options);
  return Promise.all(found.map((connector) => describe(connector, found, uses)));
}

async function describe(
  connector: FoundConnector,
  all: readonly FoundConnector[],
  uses: readonly ConnectorUse[],
): Promise<ConnectorInfo> {
  const { type, package: name, version, title, contract, root } = connector;
  const first = all.find((each) => each.type === type);
  const isFirst = first === connector;
  const problem =
    (await problemOf(connector)) ??
    (first === undefined || isFirst ? undefined : shadowed(connector, first));
  return {
    type,
    package: name,
    version,
    title,
    contract,
    root: root.directory,
    usedBy: uses
      .filter((use) => use.connector === name || (isFirst && use.connector === type))
      .map(({ source }) => source),
    ...(problem === undefined ? {} : { problem }),
  };
}

async function problemOf(connector: FoundConnector): Promise<ConnectorInfo['problem']> {
  if (connector.problem !== undefined) return connector.problem;
  try {
    requireContract(connector.contract, nameOf(connector));
    await entryFile(connector);
    return undefined;
  } catch (error) {
    if (!ConnectorError.is(error)) throw error;
    const { code, message, hint } = error;
    return { code, message, ...(hint === undefined ? {} : { hint }) };
  }
}

function shadowed(connector: FoundConnector, first: FoundConnector): ConnectorInfo['problem'] {
  return {
    code: 'config',
    message: `Two packages provide "${connector.type}": ${nameOf(first)} in ${first.root.directory} and ${nameOf(connector)} in ${connector.root.directory}. The first one is used.`,
    hint: `To choose, name the package in the source: connector: "${connector.package}"`,
  };
}
