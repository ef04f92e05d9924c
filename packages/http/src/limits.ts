import { ConnectorError, type HttpLimits } from '@context-sync/core';

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

/** The user's word counts before the connector's, and the connector's before the default; throws `config` for unusable ones. */
export function toLimits(connector: HttpLimits = {}, user: HttpLimits = {}): Limits {
  const limits = { ...DEFAULT_LIMITS, ...withoutUndefined(connector), ...withoutUndefined(user) };
  for (const [name, value] of Object.entries(limits)) {
    // Zero would wait for ever; only "no retries" makes sense.
    const isUsable = name === 'retries' ? value >= 0 : value > 0;
    if (isUsable && Number.isFinite(value)) continue;
    const hint = `Set limits.${name} to a number greater than 0, or leave it out.`;
    throw new ConnectorError('config', `limits.${name} cannot be ${value}.`, { hint });
  }
  return limits;
}

function withoutUndefined(limits: HttpLimits): HttpLimits {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}
