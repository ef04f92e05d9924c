import type { HttpHeaders } from '@context-sync/core';

/**
 * `Retry-After: 0` is seen in the wild (Confluence Data Center); taken at its word it makes a tight
 * loop.
 */
export const SHORTEST_WAIT_MS = 1_000;

/**
 * Reads `Retry-After`, seconds or an HTTP date, as milliseconds of at least one second; `undefined`
 * when the header is absent or unreadable.
 */
export function parseRetryAfter(headers: HttpHeaders, nowMs: number): number | undefined {
  const value = headers['retry-after']?.trim();
  if (value === undefined || value === '') return undefined;
  const waitMs = /^\d+(\.\d+)?$/.test(value)
    ? Number(value) * 1_000
    : Date.parse(value) - serverNow(headers, nowMs);
  return Number.isFinite(waitMs) ? Math.max(SHORTEST_WAIT_MS, Math.ceil(waitMs)) : undefined;
}

// The date is the server's: measured by a clock that is wrong here, the wait would be wrong too.
function serverNow(headers: HttpHeaders, nowMs: number): number {
  const date = Date.parse(headers['date'] ?? '');
  return Number.isNaN(date) ? nowMs : date;
}
