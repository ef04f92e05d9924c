import { ConnectorError } from '@context-sync/core';
import { describe, expect, it } from 'vitest';

import { AttemptFailure } from './failure.ts';
import { parseRateLimit } from './rate-limit-header.ts';
import { parseRetryAfter } from './retry-after.ts';
import { backoffMs, planRetry } from './retry.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const state = { attempts: 1, maxRetries: 4, idempotent: true, leftMs: 300_000, random: 0.5 };
const transient = new ConnectorError('transient', 'It broke.', { status: 503 });

describe('parseRetryAfter', () => {
  it.each([
    ['7', 7_000],
    ['1.5', 1_500],
    ['0', 1_000],
    [' 3 ', 3_000],
    ['Thu, 01 Jan 2026 00:00:42 GMT', 42_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 1_000],
    ['Thursday, 01-Jan-26 00:00:42 GMT', 42_000],
    ['Thu Jan  1 00:00:42 2026', 42_000],
    ['2026-01-01T00:00:42Z', 42_000],
    ['60 seconds', 60_000],
    ['90s', 90_000],
    ['9'.repeat(400), 365 * 86_400_000],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 365 * 86_400_000],
    ['soon', undefined],
    ['-5', undefined],
    ['soon 5', undefined],
    ['1, 2', undefined],
    ['Thu, 99 Foo 2026 00:00:42 GMT', undefined],
    ['', undefined],
  ])('reads %j as %s', (value, expected) => {
    expect(parseRetryAfter({ 'retry-after': value }, NOW)).toBe(expected);
  });

  it('measures a date by the clock of the server', () => {
    const headers = {
      'retry-after': 'Thu, 01 Jan 2026 01:00:10 GMT',
      date: 'Thu, 01 Jan 2026 01:00:00 GMT',
    };

    expect(parseRetryAfter(headers, NOW)).toBe(10_000);
  });
});

describe('parseRateLimit', () => {
  it.each([
    ['"default";r=0;t=12', 12_000],
    ['default;t=12;r=0', 12_000],
    ['"a, b;c" ; r=0 ; t=7', 7_000],
    ['"burst";r=0;t=2, "daily";r=0;t=90', 90_000],
    ['"burst";r=0;t=2, "daily";r=500;t=90', 2_000],
    ['"default";r=0;t=0', 1_000],
    ['"default";r=0', undefined],
    ['"default";r=3;t=12', undefined],
    ['"default";r=0;pk=:cHsd=:;t=5', 5_000],
    ['"default";r=-1;t=x', undefined],
    ['nonsense', undefined],
    ['', undefined],
  ])('reads %j as %s', (value, expected) => {
    expect(parseRateLimit({ ratelimit: value })).toBe(expected);
  });
});

describe('backoffMs', () => {
  it('doubles from 2 s to 30 s', () => {
    const delays = [1, 2, 3, 4, 5, 6].map((attempts) => backoffMs(attempts, 0.5));

    expect(delays).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('varies by 30 % each way', () => {
    expect([backoffMs(1, 0), backoffMs(1, 1)]).toEqual([1_400, 2_600]);
  });
});

describe('planRetry', () => {
  it('waits as long as announced, without jitter', () => {
    const failure = new AttemptFailure(transient, 'if-idempotent', 11_000);

    expect(planRetry(failure, { ...state, random: 0 })).toBe(11_000);
  });

  it('repeats an unsafe request only when it was certainly not done', () => {
    const unsafe = { ...state, idempotent: false };

    expect(planRetry(new AttemptFailure(transient, 'if-idempotent'), unsafe)).toBe(transient);
    expect(planRetry(new AttemptFailure(transient, 'always'), unsafe)).toBe(2_000);
  });

  it('gives up after the last retry', () => {
    const failure = new AttemptFailure(transient, 'always');

    expect(planRetry(failure, { ...state, attempts: 5 })).toBe(transient);
  });

  it('says rate_limited when the announced wait outlasts the deadline', () => {
    const failure = new AttemptFailure(transient, 'always', 90_000);

    expect(planRetry(failure, { ...state, leftMs: 90_000 })).toMatchObject({
      code: 'rate_limited',
      retryAfterMs: 90_000,
      status: 503,
    });
  });
});
