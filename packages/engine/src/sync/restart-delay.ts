import { ConnectorError } from '@context-sync/core';

const restartDelayMs = 5_000;
/** A longer announced wait ends the scope; the next run goes on. In milliseconds. */
const longestWaitMs = 300_000;

/** How long to wait before a scope is started again, or `undefined` when that would not help. */
export function waitBeforeRestart(error: unknown, earlier: number): number | undefined {
  if (!ConnectorError.is(error)) return earlier === 0 ? restartDelayMs : undefined;
  if (error.code === 'rate_limited') {
    const wait = error.retryAfterMs ?? restartDelayMs;
    return wait <= longestWaitMs ? wait : undefined;
  }
  return error.code === 'transient' ? restartDelayMs * 4 ** earlier : undefined;
}
