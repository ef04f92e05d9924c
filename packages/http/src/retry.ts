import type { ConnectorError } from '@context-sync/core';

import { type AttemptFailure, toTooLongWait } from './failure.ts';

/**
 * Without a word from the service: 2 s, doubling, at most 30 s, times 0.7 to 1.3.
 * https://developer.atlassian.com/cloud/confluence/rate-limiting/
 */
const FIRST_DELAY_MS = 2_000;
const MAX_DELAY_MS = 30_000;
const JITTER_FROM = 0.7;
const JITTER_SPAN = 0.6;

export interface RetryState {
  /** Attempts made so far, at least 1. */
  readonly attempts: number;
  readonly maxRetries: number;
  readonly idempotent: boolean;
  /** What the deadline leaves, in milliseconds. */
  readonly leftMs: number;
  /** Between 0 and 1. */
  readonly random: number;
}

/** Says how many milliseconds to wait before the next attempt, or the error to give up with. */
export function planRetry(failure: AttemptFailure, state: RetryState): number | ConnectorError {
  const safe =
    failure.retry === 'always' || (failure.retry === 'if-idempotent' && state.idempotent);
  if (!safe || state.attempts > state.maxRetries) return failure.error;
  const waitMs = failure.announcedMs ?? backoffMs(state.attempts, state.random);
  if (waitMs < state.leftMs) return waitMs;
  if (failure.announcedMs === undefined || failure.error.code === 'rate_limited') {
    return failure.error;
  }
  return toTooLongWait('The service', failure.announcedMs, failure.error.status);
}

export function backoffMs(attempts: number, random: number): number {
  const delay = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempts - 1));
  return Math.round(delay * (JITTER_FROM + JITTER_SPAN * random));
}
