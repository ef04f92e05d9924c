import { ConnectorError } from '@context-sync/core';

/** An answer that is not what the service documents. */
export function toUnreadable(name: string): ConnectorError {
  return new ConnectorError(
    'transient',
    `Jira answered for ${name} with JSON of an unexpected shape.`,
    { hint: 'Run the same command again; if it stays, check that baseUrl names a Jira site.' },
  );
}
