import type { HttpHeaders, RateLimitSignal } from '@context-sync/core';

/** The headers that name a wait, the most binding first. `Beta-` ones announce a limit to come. */
const waitHeaders: Readonly<Record<string, (value: string, nowMs: number) => number | undefined>> =
  {
    'x-ratelimit-reset': (value, nowMs) => Date.parse(value) - nowMs,
    'beta-retry-after': (value) => Number(value) * 1_000,
    'x-beta-ratelimit-reset': (value, nowMs) => Date.parse(value) - nowMs,
    'beta-ratelimit': (value) => {
      const seconds = /;\s*r=0\s*;\s*t=(\d+)/.exec(value)?.[1];
      return seconds === undefined ? undefined : Number(seconds) * 1_000;
    },
    // Data Center: when the next requests are granted.
    'x-ratelimit-interval-seconds': (value) => Number(value) * 1_000,
  };

/**
 * Reads what Jira says about its limits besides `Retry-After`, which is the client's to read:
 * near-limit means less than 20 % are left. https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
 */
export function readRateLimit(
  { status, headers }: { status: number; headers: HttpHeaders },
  nowMs: number,
): RateLimitSignal | undefined {
  if (status === 429 && !namesWait(headers['retry-after'])) {
    const retryAfterMs = findWait(headers, serverNow(headers, nowMs));
    return retryAfterMs === undefined ? undefined : { retryAfterMs };
  }
  return headers['x-ratelimit-nearlimit']?.trim().toLowerCase() === 'true'
    ? { nearLimit: true }
    : undefined;
}

function findWait(headers: HttpHeaders, nowMs: number): number | undefined {
  return Object.entries(waitHeaders)
    .map(([name, read]) => read(headers[name] ?? '', nowMs))
    .find((waitMs) => waitMs !== undefined && waitMs > 0);
}

// A value that the client cannot read either is as good as none.
function namesWait(retryAfter = ''): boolean {
  return /^\s*(\d[\d.]*\s*(s\w*)?$|\S.*\d\d:\d\d:\d\d)/i.test(retryAfter);
}

// A reset is a time of the server; by a clock that is wrong here, the wait would be wrong too.
function serverNow(headers: HttpHeaders, nowMs: number): number {
  const date = Date.parse(headers['date'] ?? '');
  return Number.isNaN(date) ? nowMs : date;
}
