import { expect, it } from 'vitest';

import { readRateLimit } from './rate-limit.ts';

const now = Date.parse('2026-01-05T09:00:00Z');
const reset = '2026-01-05T09:00:30Z';

it.each([
  [{ 'x-ratelimit-nearlimit': 'true' }, { nearLimit: true }],
  [{ 'x-ratelimit-nearlimit': 'True' }, { nearLimit: true }],
  [{ 'x-ratelimit-nearlimit': 'false' }, undefined],
  [{ 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '19' }, { nearLimit: true }],
  [{ 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '20' }, undefined],
  [{ 'x-ratelimit-limit': '5', 'x-ratelimit-remaining': '0' }, { nearLimit: true }],
  [
    {
      'x-ratelimit-limit': '100',
      'x-ratelimit-remaining': '1',
      'x-ratelimit-nearlimit': 'false',
    },
    undefined,
  ],
  [{ 'x-ratelimit-limit': '', 'x-ratelimit-remaining': '' }, undefined],
  [{ 'x-ratelimit-limit': '0', 'x-ratelimit-remaining': '0' }, undefined],
  [{ 'x-ratelimit-remaining': '0' }, undefined],
  [{ 'beta-retry-after': '5' }, undefined],
  [{}, undefined],
])('reads %j of a good answer', (headers, signal) => {
  expect(readRateLimit({ status: 200, headers }, now)).toEqual(signal);
});

it.each([
  [{ 'x-ratelimit-reset': reset }, 30_000],
  [{ 'x-ratelimit-reset': reset, 'beta-retry-after': '90' }, 30_000],
  [{ 'x-ratelimit-reset': reset, 'retry-after': 'garbage' }, 30_000],
  [{ 'x-ratelimit-reset': reset, 'retry-after': '-5' }, 30_000],
  [{ 'x-ratelimit-reset': reset, date: 'Mon, 05 Jan 2026 08:59:00 GMT' }, 90_000],
  [{ 'x-ratelimit-reset': '2026-01-05T08:59:00Z', 'beta-retry-after': '9' }, 9_000],
  [{ 'beta-retry-after': '9' }, 9_000],
  [{ 'x-ratelimit-interval-seconds': '1', 'x-ratelimit-fillrate': '5' }, 1_000],
  [{ 'x-beta-ratelimit-reset': reset }, 30_000],
  [{ 'beta-ratelimit': '"global";r=0;t=12' }, 12_000],
])('reads the wait that %j of a 429 names', (headers, retryAfterMs) => {
  expect(readRateLimit({ status: 429, headers }, now)).toEqual({ retryAfterMs });
});

it.each([
  { 'x-ratelimit-reset': 'soon' },
  { 'beta-retry-after': 'x' },
  { 'beta-ratelimit': '"global";r=4;t=12' },
  { 'x-ratelimit-reset': reset, 'retry-after': '2' },
  { 'x-ratelimit-reset': reset, 'retry-after': 'Mon, 05 Jan 2026 09:00:02 GMT' },
])('reads no wait in %j of a 429', (headers) => {
  expect(readRateLimit({ status: 429, headers }, now)).toBeUndefined();
});
