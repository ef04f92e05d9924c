import type { HttpHeaders, RateLimitSignal } from '@context-sync/core';

import { parseRateLimit } from './rate-limit-header.ts';
import { parseRetryAfter, toWait } from './retry-after.ts';

/** What an answer says about the limit. */
export interface Announcement {
  /** Refused because of the limit. */
  readonly limited: boolean;
  /** How long nothing may be sent to the origin. */
  readonly waitMs: number | undefined;
}

interface Answer {
  readonly status: number;
  readonly headers: HttpHeaders;
}

/**
 * Reads the headers of the standards, and adds what the connector's hook made of its service's own;
 * of two waits the longer one holds.
 */
export function readAnnouncement(
  { status, headers }: Answer,
  signal: RateLimitSignal | undefined,
  nowMs: number,
): Announcement {
  // A good answer may ask to slow down; nothing was refused, so no wait is too short.
  if (status < 400) return { limited: false, waitMs: toWait(signal?.retryAfterMs, 0) };
  const own = toWait(signal?.retryAfterMs);
  const limited = status === 429 || own !== undefined;
  const standard = parseRetryAfter(headers, nowMs);
  const waits = [standard, own].filter((wait) => wait !== undefined);
  if (waits.length > 0) return { limited, waitMs: Math.max(...waits) };
  return { limited, waitMs: status === 429 ? parseRateLimit(headers) : undefined };
}
