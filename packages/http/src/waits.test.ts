import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

import type { HttpClient, RateLimitSignal } from '@context-sync/core';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';

import { startHarness } from './__fixtures__/harness.ts';
import { sendJson, startServer } from './__fixtures__/loopback-server.ts';
import { createOrigins } from './origins.ts';

const DEADLINE_MS = 240_000;
const SERVER_CLOCK = Date.parse('2031-05-05T05:05:05Z');

interface Step {
  readonly status: number;
  readonly headers: Record<string, string>;
  /** How long nothing may be sent after it. */
  readonly waitMs: number;
}

const seconds = fc.integer({ min: 0, max: 150 });
const floor = (count: number): number => Math.max(1, count) * 1_000;

const step: fc.Arbitrary<Step> = fc.oneof(
  seconds.chain((wait) =>
    fc.constantFrom(
      { status: 429, headers: { 'retry-after': `${wait}` }, waitMs: floor(wait) },
      { status: 503, headers: { 'retry-after': `${wait}` }, waitMs: floor(wait) },
      { status: 429, headers: { ratelimit: `"a";r=0;t=${wait}` }, waitMs: floor(wait) },
      {
        status: 429,
        headers: {
          date: new Date(SERVER_CLOCK).toUTCString(),
          'retry-after': new Date(SERVER_CLOCK + wait * 1_000).toUTCString(),
        },
        waitMs: floor(wait),
      },
    ),
  ),
  // Without a wait that can be read, the first backoff is the least: 2 s times 0.7.
  fc
    .constantFrom<Record<string, string>>({}, { 'retry-after': '-9' }, { 'retry-after': 'soon' })
    .map((headers) => ({ status: 429, headers, waitMs: 1_400 })),
  fc.constantFrom(
    { status: 502, headers: {}, waitMs: 0 },
    { status: 200, headers: {}, waitMs: 0 },
    { status: 200, headers: { 'x-near': 'true' }, waitMs: 0 },
  ),
);

/** Calls back for each request to a port, in the moment in which Node makes it. */
function onRequest(port: number, then: () => void): () => void {
  const listener = (message: unknown): void => {
    const { request } = message as { request: ClientRequest };
    if (request.getHeader('host') === `127.0.0.1:${port}`) then();
  };
  subscribe('http.client.request.start', listener);
  return () => void unsubscribe('http.client.request.start', listener);
}

it('nothing is sent before the end of an announced wait, by no client of the origin', async () => {
  let announced = 0;
  let sent = 0;

  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const origins = createOrigins();
      const limits = { concurrency: 3, deadlineMs: DEADLINE_MS };
      const one = startHarness({ origins, limits });
      const { clock } = one;
      const two = startHarness({ origins, limits, clock });
      const server = await startServer((response, _request, index) => {
        const { status, headers } = steps[index] ?? { status: 200, headers: {} };
        sendJson(response, {}, status, { ...headers, 'x-step': `${index}` });
      });
      let notBefore = 0;
      const early: number[] = [];
      const stop = onRequest(server.port, () => {
        sent += 1;
        if (clock.now() < notBefore) early.push(notBefore - clock.now());
      });
      onTestFinished(stop);
      // The client asks its connector in the moment in which it learns of the wait.
      const rateLimit = (answer: {
        headers: Readonly<Record<string, string>>;
      }): RateLimitSignal | undefined => {
        const waitMs = steps[Number(answer.headers['x-step'])]?.waitMs ?? 0;
        if (waitMs > 0) announced += 1;
        notBefore = Math.max(notBefore, clock.now() + waitMs);
        return answer.headers['x-near'] === undefined ? undefined : { nearLimit: true };
      };
      const clientOf = ({ client }: typeof one): HttpClient =>
        client({ baseUrl: server.origin, rateLimit });
      const [a, b, c] = [clientOf(one), clientOf(one), clientOf(two)];

      await Promise.allSettled(
        [a, b, c, a, b, c, a, b, c].map((http, index) =>
          http.json({ path: `/${index}` }, one.call()),
        ),
      );
      await Promise.all([one.http.close(), two.http.close()]);
      stop();

      expect(early).toEqual([]);
      for (let index = 0; index < 9; index += 1) {
        const own = [...one.exchanges, ...two.exchanges].filter(({ url }) =>
          url.endsWith(`/${index}`),
        );
        const waited = own.reduce((sum, { waitedMs = 0 }) => sum + waitedMs, 0);
        expect(own.length).toBeLessThanOrEqual(5);
        expect(waited).toBeLessThanOrEqual(DEADLINE_MS);
      }
    }),
    { numRuns: 20 },
  );

  expect(announced).toBeGreaterThan(10);
  expect(sent).toBeGreaterThan(announced);
}, 60_000);
