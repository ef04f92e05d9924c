import type { HttpHeaders } from '@context-sync/core';

import { toWait } from './retry-after.ts';

// `"name";r=0;t=12`, several of them behind commas; a name may be a bare word.
const ITEM = /(?:"[^"]*"|[\w*.-]+)((?:\s*;\s*[\w*.-]+=[^;,\s]+)+)/g;

/**
 * Reads the wait out of `RateLimit`, the structured form of the IETF draft: the longest of the limits
 * that have nothing left. It is a forecast, for an answer that names no other wait.
 * https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
 */
export function parseRateLimit(headers: HttpHeaders): number | undefined {
  const waits = [...(headers['ratelimit'] ?? '').matchAll(ITEM)]
    .map(([, parameters = '']) => readParameters(parameters))
    .filter(({ left, resetSeconds }) => left === 0 && resetSeconds !== undefined)
    .map(({ resetSeconds = 0 }) => resetSeconds * 1_000);
  return waits.length === 0 ? undefined : toWait(Math.max(...waits));
}

function readParameters(text: string): { left?: number; resetSeconds?: number } {
  const read = (name: string): number | undefined => {
    const digits = new RegExp(`;\\s*${name}=(\\d+)\\s*(?:;|$)`).exec(text)?.[1];
    return digits === undefined ? undefined : Number(digits);
  };
  const [left, resetSeconds] = [read('r'), read('t')];
  return {
    ...(left !== undefined && { left }),
    ...(resetSeconds !== undefined && { resetSeconds }),
  };
}
