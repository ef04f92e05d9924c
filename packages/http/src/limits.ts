import type { HttpLimits } from '@context-sync/core';

export type Limits = Readonly<Required<HttpLimits>>;

/**
 * Polite for a service that says nothing. Time-out and tries follow Atlassian's advice: 60 s for a
 * request, at most 4 retries.
 * https://developer.atlassian.com/cloud/confluence/rate-limiting/
 */
export const DEFAULT_LIMITS: Limits = {
  requestsPerSecond: 10,
  concurrency: 4,
  timeoutMs: 60_000,
  deadlineMs: 300_000,
  retries: 4,
  maxResponseBytes: 64 * 1024 * 1024,
};

/** The user's word counts before the connector's, and the connector's before the default. */
export function toLimits(connector: HttpLimits = {}, user: HttpLimits = {}): Limits {
  return { ...DEFAULT_LIMITS, ...withoutUndefined(connector), ...withoutUndefined(user) };
}

function withoutUndefined(limits: HttpLimits): HttpLimits {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}
