import { describe, expect, it } from 'vitest';

import { explainRefusal, readRateLimit } from './refusals.ts';

const now = Date.parse('2026-01-05T09:00:00Z');

describe('explainRefusal', () => {
  const v2 = (title: string): object => ({ errors: [{ status: 404, code: 'NOT_FOUND', title }] });

  it('takes the bare 404 of v2 for a refused token, and no other', () => {
    const bare = { status: 404, headers: {}, body: v2('Not Found') };
    const real = { status: 404, headers: {}, body: v2('Cannot find a page with id [7]') };

    expect(explainRefusal(bare)?.code).toBe('auth');
    expect(explainRefusal(real)).toEqual({
      message: 'Confluence says: Cannot find a page with id [7]',
    });
  });

  it('takes a 403 of v1 for a refused token only when nobody is let in', () => {
    const answer = (message: string) => ({ status: 403, headers: {}, body: { message } });

    expect(explainRefusal(answer('caller cannot access Confluence'))?.code).toBe('auth');
    expect(explainRefusal(answer('not permitted to view this'))?.code).toBeUndefined();
  });

  it.each([[undefined], ['<html>'], [null], [[]], [{ errors: 'x' }]])(
    'has nothing to add to %j',
    (body) => {
      expect(explainRefusal({ status: 404, headers: {}, body })).toBeUndefined();
    },
  );
});

describe('readRateLimit', () => {
  it.each([
    [{ status: 200, headers: { 'x-ratelimit-nearlimit': 'true' } }, { nearLimit: true }],
    [{ status: 200, headers: { 'x-ratelimit-nearlimit': 'false' } }, undefined],
    [{ status: 200, headers: {} }, undefined],
    [
      { status: 429, headers: { 'x-ratelimit-reset': '2026-01-05T09:00:30Z' } },
      { retryAfterMs: 30_000 },
    ],
    [{ status: 429, headers: { 'x-ratelimit-reset': 'soon' } }, undefined],
  ])('reads %j', (response, signal) => {
    expect(readRateLimit(response, now)).toEqual(signal);
  });
});
