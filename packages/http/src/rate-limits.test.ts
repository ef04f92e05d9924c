import { describe, expect, it } from 'vitest';

import { errorOf, startHarness } from './__fixtures__/harness.ts';
import { type LoopbackServer, sendJson, startServer } from './__fixtures__/loopback-server.ts';

describe('Retry-After', () => {
  it.each([
    [429, '7', 7_000],
    [503, '7', 7_000],
    [429, '0', 1_000],
    [429, new Date(Date.parse('2026-01-01T00:00:30Z')).toUTCString(), 30_000],
  ])('of a %i is kept: %s', async (status, value, waitMs) => {
    const headers = { 'retry-after': value, date: 'Thu, 01 Jan 2026 00:00:00 GMT' };
    const server = await startServer((response, _request, index) =>
      index === 0 ? sendJson(response, {}, status, headers) : sendJson(response, {}),
    );
    const { client, call, clock } = startHarness();

    await client({ baseUrl: server.origin }).json({ path: '/x' }, call());

    expect(clock.waits).toEqual([waitMs]);
  });

  it.each([
    ['nothing', {}, 2_000],
    ['garbage', { 'retry-after': 'soon' }, 2_000],
    ['a negative number', { 'retry-after': '-3600' }, 2_000],
    ['RateLimit', { ratelimit: '"burst";r=0;t=12' }, 12_000],
    ['RateLimit and Retry-After', { ratelimit: '"a";r=0;t=12', 'retry-after': '4' }, 4_000],
  ])('in place of it a 429 has %s', async (_what, headers, waitMs) => {
    const server = await startServer((response, _request, index) =>
      index === 0 ? sendJson(response, {}, 429, headers) : sendJson(response, {}),
    );
    const { client, call, clock } = startHarness();

    await client({ baseUrl: server.origin }).json({ path: '/x' }, call());

    expect(clock.waits).toEqual([waitMs]);
  });

  it.each([-37, 37])('as a date is measured by a server clock %i minutes off', async (minutes) => {
    const serverNow = Date.parse('2026-01-01T00:00:00Z') + minutes * 60_000;
    const headers = {
      date: new Date(serverNow).toUTCString(),
      'retry-after': new Date(serverNow + 25_000).toUTCString(),
    };
    const server = await startServer((response, _request, index) =>
      index === 0 ? sendJson(response, {}, 429, headers) : sendJson(response, {}),
    );
    const { client, call, clock } = startHarness();

    await client({ baseUrl: server.origin }).json({ path: '/x' }, call());

    expect(clock.waits).toEqual([25_000]);
  });

  it('of a later refusal counts when it ends later', async () => {
    const { client, call, clock } = startHarness();
    const arrivals: number[] = [];
    const server: LoopbackServer = await startServer(async (response, request, index) => {
      arrivals.push(clock.now());
      await server.arrived(2);
      const wait = request.url === '/long' ? '60' : '5';
      if (index < 2) sendJson(response, {}, 429, { 'retry-after': wait });
      else sendJson(response, {});
    });
    const http = client({ baseUrl: server.origin });
    const startedAt = clock.now();
    // A clock that stands still until both refusals were read.
    const sleep = clock.sleep.bind(clock);
    clock.sleep = async (ms, signal) => {
      if (ms >= 1_000) await new Promise((resolve) => setTimeout(resolve, 30));
      return sleep(ms, signal);
    };

    await Promise.all(['/short', '/long'].map((path) => http.json({ path }, call())));

    expect(arrivals).toHaveLength(4);
    for (const at of arrivals.slice(2)) expect(at).toBeGreaterThanOrEqual(startedAt + 60_000);
  });

  it('longer than the deadline ends the request at once', async () => {
    const server = await startServer((response) =>
      sendJson(response, {}, 429, { 'retry-after': '3600' }),
    );
    const { client, call, clock } = startHarness();
    const http = client({ baseUrl: server.origin });

    const first = await errorOf(http.json({ path: '/x' }, call()));
    const second = await errorOf(http.json({ path: '/y' }, call()));

    expect(first).toMatchObject({ code: 'rate_limited', retryAfterMs: 3_600_000, status: 429 });
    expect(second).toMatchObject({ code: 'rate_limited', retryAfterMs: 3_600_000 });
    expect(server.requests).toHaveLength(1);
    expect(clock.waits).toEqual([]);
  });
});

it('repeats a refused POST, because a 429 was certainly not done', async () => {
  const server = await startServer((response, _request, index) =>
    sendJson(response, {}, index === 0 ? 429 : 200),
  );
  const { client, call } = startHarness();

  await client({ baseUrl: server.origin }).json({ method: 'POST', path: '/x' }, call());

  expect(server.requests).toHaveLength(2);
});

it('pauses the origin for every client of the host', async () => {
  const { client, call, clock } = startHarness();
  const arrivals: number[] = [];
  const server = await startServer((response, _request, index) => {
    arrivals.push(clock.now());
    sendJson(response, {}, index === 0 ? 429 : 200, index === 0 ? { 'retry-after': '20' } : {});
  });
  const one = client({ baseUrl: `${server.origin}/one` });
  const two = client({ baseUrl: `${server.origin}/two` });

  const first = one.json({ path: '/x' }, call());
  await server.arrived(1);
  await new Promise((resolve) => setTimeout(resolve, 20));
  await Promise.all([first, ...Array.from({ length: 5 }, () => two.json({ path: '/x' }, call()))]);

  const [refusedAt = 0, ...later] = arrivals;
  expect(later).toHaveLength(6);
  for (const at of later) expect(at).toBeGreaterThanOrEqual(refusedAt + 20_000);
});

describe('the rate-limit headers of a service', () => {
  it('can ask for a wait after a good answer', async () => {
    const server = await startServer((response) => sendJson(response, {}));
    const { client, call, clock, exchanges } = startHarness();
    const http = client({
      baseUrl: server.origin,
      rateLimit: () => ({ retryAfterMs: 5_000 }),
    });

    await http.json({ path: '/x' }, call());
    await http.json({ path: '/y' }, call());

    expect(clock.waits).toEqual([5_000]);
    expect(exchanges.map(({ waitedMs }) => waitedMs)).toEqual([undefined, 5_000]);
  });

  it.each([Number.NaN, -5_000, Number.POSITIVE_INFINITY])(
    'that make no sense (%s) hang nothing',
    async (retryAfterMs) => {
      const server = await startServer((response, _request, index) =>
        sendJson(response, {}, index === 0 ? 429 : 200, { 'retry-after': '3' }),
      );
      const { client, call, clock } = startHarness();
      const http = client({
        baseUrl: server.origin,
        rateLimit: ({ status }) => (status === 429 ? { retryAfterMs } : undefined),
      });

      const answer = await http.json({ path: '/x' }, call()).catch((error: unknown) => error);

      expect(answer).toMatchObject(
        retryAfterMs > 0
          ? { code: 'rate_limited', retryAfterMs: 365 * 86_400_000 }
          : { status: 200 },
      );
      expect(clock.waits).toEqual(retryAfterMs > 0 ? [] : [3_000]);
    },
  );

  it('can make a refusal of another status a rate limit', async () => {
    const server = await startServer((response, _request, index) =>
      sendJson(response, {}, index === 0 ? 403 : 200),
    );
    const { client, call, clock } = startHarness();
    const http = client({
      baseUrl: server.origin,
      rateLimit: ({ status }) => (status === 403 ? { retryAfterMs: 4_000 } : undefined),
    });

    await http.json({ path: '/x' }, call());

    expect(clock.waits).toEqual([4_000]);
  });

  it('halve the concurrency when they say that the limit is near', async () => {
    let inFlight = 0;
    let peak = 0;
    const server: LoopbackServer = await startServer(async (response, request) => {
      inFlight += 1;
      peak = Math.max(peak, inFlight);
      await server.arrived(8);
      await new Promise((resolve) => setTimeout(resolve, 30));
      inFlight -= 1;
      sendJson(response, {}, 200, request.url === '/near' ? { 'x-near': 'true' } : {});
    });
    const { client, call } = startHarness({ limits: { concurrency: 8 } });
    const http = client({
      baseUrl: server.origin,
      rateLimit: ({ headers }) => ({ nearLimit: headers['x-near'] === 'true' }),
    });
    const burst = (count: number, path: string): Promise<unknown> =>
      Promise.all(Array.from({ length: count }, () => http.json({ path }, call())));

    await burst(8, '/near');
    const before = peak;
    peak = 0;
    await burst(8, '/calm');

    expect(before).toBe(8);
    expect(peak).toBeLessThanOrEqual(5);
  });
});

it('shares one pace among clients of an origin, the strictest, whichever sends first', async () => {
  let inFlight = 0;
  let peak = 0;
  const server = await startServer(async (response) => {
    inFlight += 1;
    peak = Math.max(peak, inFlight);
    await new Promise((resolve) => setTimeout(resolve, 20));
    inFlight -= 1;
    sendJson(response, {});
  });
  const { client, call } = startHarness();
  const fast = client({ baseUrl: server.origin, limits: { concurrency: 6 } });
  client({ baseUrl: server.origin, limits: { concurrency: 2 } });

  await Promise.all(Array.from({ length: 6 }, () => fast.json({ path: '/x' }, call())));

  expect(peak).toBe(2);
});

it.each([{ requestsPerSecond: 0 }, { concurrency: 0.5 }, { retries: Number.NaN }])(
  'refuses the limits %j',
  (limits) => {
    const { client } = startHarness({ limits });

    expect(() => client({ baseUrl: 'https://a.example' })).toThrow(
      expect.objectContaining({ code: 'config' }),
    );
  },
);

it('lets the user override the limits of the connector', async () => {
  const server = await startServer((response) => sendJson(response, {}, 503));
  const { client, call } = startHarness({ limits: { retries: 1 } });
  const http = client({ baseUrl: server.origin, limits: { retries: 3 } });

  await errorOf(http.json({ path: '/x' }, call()));

  expect(server.requests).toHaveLength(2);
});
