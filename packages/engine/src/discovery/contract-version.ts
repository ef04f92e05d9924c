import { ConnectorError } from '@context-sync/core';

/** The contract between connectors and this engine. A newer minor only adds. */
export const HOST_CONTRACT = { major: 1, minor: 0 } as const;

/**
 * Throws `config` unless this engine can run a connector written against `contract`: the same major,
 * and a minor that is not newer. `subject` names the connector, e.g. `@acme/wiki 3.0.0`.
 */
export function requireContract(contract: string, subject: string): void {
  const [, major, minor] = /^(\d+)\.(\d+)$/.exec(contract) ?? [];
  if (Number(major) === HOST_CONTRACT.major && Number(minor) <= HOST_CONTRACT.minor) return;
  const spoken = `${HOST_CONTRACT.major}.${HOST_CONTRACT.minor}`;
  const isOlder = Number(major) < HOST_CONTRACT.major;
  throw new ConnectorError(
    'config',
    `${subject} needs contract ${contract}; this context-sync speaks ${spoken}.`,
    {
      hint: isOlder
        ? 'Install a newer version of the connector.'
        : `Upgrade context-sync, or install a version of the connector made for contract ${spoken}.`,
    },
  );
}
