import { ConnectorError, type HttpLimits } from '@context-sync/core';

export type Limits = Readonly<Required<HttpLimits>>;

/**
 * Polite for a service that says nothing of itself. Four retries are Atlassian's advice; the others are
 * ours. https://developer.atlassian.com/cloud/confluence/rate-limiting/
 */
const DEFAULT_LIMITS: Limits = {
  requestsPerSecond: 10,
  concurrency: 4,
  timeoutMs: 60_000,
  deadlineMs: 300_000,
  retries: 4,
  maxResponseBytes: 64 * 1024 * 1024,
};

// Below these a request would wait for ever or could not succeed.
const LEAST: Limits = {
  requestsPerSecond: 0.001,
  concurrency: 1,
  timeoutMs: 1,
  deadlineMs: 1,
  retries: 0,
  maxResponseBytes: 1,
};

/**
 * Gives each limit by the user's word, else the connector's, else the default. Throws `config` for a
 * value that cannot work.
 */
export function toLimits(connector: HttpLimits = {}, user: HttpLimits = {}): Limits {
  const limits = { ...DEFAULT_LIMITS, ...withoutUndefined(connector), ...withoutUndefined(user) };
  for (const name of Object.keys(LEAST) as (keyof Limits)[]) {
    if (Number.isFinite(limits[name]) && limits[name] >= LEAST[name]) continue;
    throw new ConnectorError('config', `limits.${name} cannot be ${limits[name]}.`, {
      hint: `Set limits.${name} to ${LEAST[name]} or more, or leave it out.`,
    });
  }
  return limits;
}

function withoutUndefined(limits: HttpLimits): HttpLimits {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}
