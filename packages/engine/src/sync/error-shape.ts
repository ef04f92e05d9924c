import { ConnectorError, type ErrorShape } from '@context-sync/core';

/** An error as data. What is no `ConnectorError` is a bug of ours or of the connector. */
export function toErrorShape(error: unknown): ErrorShape {
  if (!ConnectorError.is(error)) {
    const message = error instanceof Error ? error.message : String(error);
    return { code: 'bug', message: `Something unexpected happened: ${message}` };
  }
  const { code, message, hint, retryAfterMs, status } = error;
  return {
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(status === undefined ? {} : { status }),
  };
}
