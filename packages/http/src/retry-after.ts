import type { HttpHeaders } from '@context-sync/core';

/**
 * `Retry-After: 0` is seen in the wild (Confluence Data Center); taken at its word it makes a tight
 * loop.
 */
const SHORTEST_WAIT_MS = 1_000;

/** No run lasts longer; and a time that far ahead can still be told as a date. */
const LONGEST_WAIT_MS = 365 * 24 * 3_600_000;

const SECONDS = /^(\d+(?:\.\d+)?)\s*(?:s|secs?|seconds?)?$/i;

// The three forms of an HTTP date, and ISO 8601. Date.parse() alone reads a date in nearly anything:
// `-5` is a day in May 2001 to it.
const DATE = /^(?:[a-z]{3,9},?\s.*\d\d:\d\d:\d\d.*|\d{4}-\d\d-\d\dT.*)$/i;
// The form of asctime() names no zone; HTTP means UTC by it.
const ZONE = /(?:[a-z]|[+-]\d\d:?\d\d)$/i;

/**
 * Reads `Retry-After`, seconds or a date, as milliseconds of at least one second; `undefined` when
 * the header is absent or unreadable.
 */
export function parseRetryAfter(headers: HttpHeaders, nowMs: number): number | undefined {
  const value = headers['retry-after']?.trim() ?? '';
  const seconds = SECONDS.exec(value)?.[1];
  if (seconds !== undefined) return toWait(Number(seconds) * 1_000);
  if (!DATE.test(value)) return undefined;
  const date = Date.parse(ZONE.test(value) ? value : `${value} GMT`);
  return toWait(date - serverNow(headers, nowMs));
}

/** A wait that can be kept: never too short, never beyond all runs; `undefined` for no number. */
export function toWait(ms: number | undefined, shortestMs = SHORTEST_WAIT_MS): number | undefined {
  if (ms === undefined || Number.isNaN(ms)) return undefined;
  return Math.min(LONGEST_WAIT_MS, Math.max(shortestMs, Math.ceil(ms)));
}

// The date is the server's: measured by a clock that is wrong here, the wait would be wrong too.
function serverNow(headers: HttpHeaders, nowMs: number): number {
  const date = Date.parse(headers['date'] ?? '');
  return Number.isNaN(date) ? nowMs : date;
}
