import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { get } from '../__fixtures__/sandbox-client.ts';
import { smallSite } from '../__fixtures__/small-site.ts';
import { type ConfluenceSandbox, earlyRequests, startConfluenceSandbox } from '../index.ts';
import type { RateLimit } from './rate-limit.ts';

describe('a rate limit', () => {
  let sandbox: ConfluenceSandbox;
  const pages = '/api/v2/pages';
  const limit = (what: RateLimit, times = 1): void => {
    sandbox.faults = [{ when: { times }, what: { kind: 'rate-limit', ...what } }];
  };

  beforeEach(async () => {
    sandbox = await startConfluenceSandbox({ site: smallSite() });
  });
  afterEach(() => sandbox.close());

  it.each([
    [{ retryAfter: 0 }, { 'retry-after': '0' }],
    [{ retryAfter: 86_400 }, { 'retry-after': '86400' }],
    [
      { resetInMs: 5000, reason: 'confluence-quota-global-based' } as const,
      {
        'retry-after': null,
        'x-ratelimit-limit': '100',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-nearlimit': 'true',
        'x-ratelimit-reset': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        'ratelimit-reason': 'confluence-quota-global-based',
      },
    ],
    [
      { retryAfter: 7, forms: ['structured', 'beta'] } as const,
      {
        ratelimit: '"global-app-quota";r=0;t=7',
        'ratelimit-policy': '"global-app-quota";q=65000;w=3600',
        'beta-ratelimit': '"global-app-quota";r=0;t=7',
        'beta-retry-after': '7',
        'x-beta-ratelimit-remaining': '0',
        'x-ratelimit-limit': null,
      },
    ],
    [{ forms: [] }, { 'retry-after': null, 'ratelimit-reason': null }],
  ])('%j is said in headers', async (what, headers) => {
    limit(what);

    const answer = await get(sandbox, pages);

    const named = Object.keys(headers).map((name) => [name, answer.headers.get(name)]);
    expect(answer.status).toBe(429);
    expect(Object.fromEntries(named)).toEqual(headers);
  });

  it('may come as a 403 that says so', async () => {
    limit({ status: 403 });

    const { status, body } = await get(sandbox, pages);
    expect([status, body['message']]).toEqual([403, expect.stringContaining('Rate limit')]);
  });

  it('is recorded with the wait that it asked for, and with who came early', async () => {
    limit({ retryAfter: 3600 }, 1);
    await get(sandbox, pages);
    await get(sandbox, pages);

    const [first, second] = sandbox.requests;
    expect((first?.wait?.untilMs ?? 0) - (first?.wait?.fromMs ?? 0)).toBeCloseTo(3_600_000);
    expect(earlyRequests(sandbox.requests)).toEqual([second]);
  });

  it('holds for the server that asked, not for the media server', async () => {
    limit({ retryAfter: 3600 }, 1);
    await get(sandbox, pages);
    await fetch(new URL('/file/none/binary', sandbox.mediaUrl));

    expect(earlyRequests(sandbox.requests)).toEqual([]);
  });

  it.each([{}, { retryAfter: 0 }])('%j asks for no wait', async (what) => {
    limit(what);
    await get(sandbox, pages);
    await get(sandbox, pages);

    expect(earlyRequests(sandbox.requests)).toEqual([]);
  });

  it('asks for no wait when the connection breaks before it is told', async () => {
    limit({ retryAfter: 3600 }, 1);
    sandbox.faults = [...sandbox.faults, { when: { request: 1 }, what: { kind: 'reset' } }];

    await expect(get(sandbox, pages)).rejects.toThrow('fetch failed');

    expect(sandbox.requests).toMatchObject([{ status: 0, wait: undefined }]);
  });

  it('knows a date and a reset as waits too, the date in whole seconds', async () => {
    limit({ retryAfter: { dateInMs: 60_000 } });
    await get(sandbox, pages);
    limit({ resetInMs: 60_000 });
    await get(sandbox, pages);

    const waits = sandbox.requests.map(({ wait }) => (wait?.untilMs ?? 0) - (wait?.fromMs ?? 0));
    expect(waits[0]).toBeGreaterThan(0);
    expect(waits[0]).toBeLessThan(60_001);
    expect(waits[1]).toBeCloseTo(60_000);
  });
});
