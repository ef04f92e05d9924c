import { ConnectorError } from '@context-sync/core';

/** When repeating a failed request is safe. */
export type Retry = 'always' | 'if-idempotent' | 'never';

/** Why one attempt failed, and whether another one may follow. It never leaves this package. */
export class AttemptFailure extends Error {
  /** What the caller gets when no attempt follows. */
  readonly error: ConnectorError;
  readonly retry: Retry;
  /** How long the service asked to wait before the next attempt. */
  readonly announcedMs: number | undefined;

  constructor(error: ConnectorError, retry: Retry, announcedMs?: number) {
    super(error.message);
    this.error = error;
    this.retry = retry;
    this.announcedMs = announcedMs;
  }
}

export function toCancelled(): ConnectorError {
  return new ConnectorError('cancelled', 'The request was cancelled.');
}

export function toDeadlineFailure(request: string, deadlineMs: number): AttemptFailure {
  const message = `${request} took longer than ${toSeconds(deadlineMs)} with all its tries and waits.`;
  const hint = 'Run the same command again later, or raise limits.deadlineMs.';
  return new AttemptFailure(new ConnectorError('transient', message, { hint }), 'never');
}

export function toTimeoutFailure(
  request: string,
  { timeoutMs, stallMs }: { readonly timeoutMs: number; readonly stallMs: number | undefined },
): AttemptFailure {
  const why =
    stallMs === undefined
      ? `no complete answer within ${toSeconds(timeoutMs)}`
      : `its body all but stood still for ${toSeconds(stallMs)}`;
  const message = `${request} was given up: ${why}.`;
  const hint = 'Check the network, or raise limits.timeoutMs if the service is slow.';
  return new AttemptFailure(new ConnectorError('transient', message, { hint }), 'if-idempotent');
}

/** The service wants more patience than the deadline of this request leaves. */
export function toTooLongWait(who: string, retryAfterMs: number, status?: number): ConnectorError {
  const message = `${who} asks to wait ${toSeconds(retryAfterMs)} before the next request, longer than the deadline of this one.`;
  const hint = 'Run the same command again after that time.';
  return new ConnectorError('rate_limited', message, {
    hint,
    retryAfterMs,
    ...(status !== undefined && { status }),
  });
}

function toSeconds(ms: number): string {
  return `${Math.ceil(ms / 100) / 10} s`;
}
