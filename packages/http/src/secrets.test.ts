import { inspect } from 'node:util';

import { ConnectorError } from '@context-sync/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';

import { type Harness, SECRET, startHarness } from './__fixtures__/harness.ts';
import { type Answer, sendJson, startServer } from './__fixtures__/loopback-server.ts';

const BASIC = `Basic ${Buffer.from(`me@example.org:${SECRET}`).toString('base64')}`;
const FORMS = [SECRET, encodeURIComponent(SECRET), BASIC, BASIC.slice('Basic '.length)];

type Step =
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: number }
  | { readonly kind: 'redirect'; readonly abroad: boolean; readonly status: number }
  | { readonly kind: 'reset' | 'cut' | 'html' | 'half' | 'good' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('status' as const),
    status: fc.constantFrom(400, 401, 403, 404, 408, 429, 429, 500, 502, 503, 504),
  }),
  fc.record({
    kind: fc.constant('status' as const),
    status: fc.constantFrom(429, 429, 503),
    retryAfter: fc.integer({ min: 0, max: 200 }),
  }),
  fc.record({
    kind: fc.constant('redirect' as const),
    abroad: fc.boolean(),
    status: fc.constantFrom(301, 302, 303, 307, 308),
  }),
  fc.record({ kind: fc.constantFrom('reset', 'cut', 'html', 'half', 'good') }),
);

const schedule = fc.record({
  steps: fc.array(step, { maxLength: 20 }),
  paths: fc.array(fc.constantFrom('/a', '/b', `/c/${encodeURIComponent(SECRET)}`), {
    minLength: 1,
    maxLength: 4,
  }),
  post: fc.boolean(),
});

/** A server that does what the schedule says, quoting every secret it was sent wherever it can. */
function playing(steps: readonly Step[], abroad: string, play: { index: number }): Answer {
  return (response, request) => {
    const next = steps[play.index] ?? { kind: 'good' };
    play.index += 1;
    const echo = `${request.url} ${JSON.stringify(request.headers)}`;
    switch (next.kind) {
      case 'status': {
        const wait = next.retryAfter === undefined ? {} : { 'retry-after': `${next.retryAfter}` };
        return sendJson(response, { message: echo }, next.status, wait);
      }
      case 'redirect': {
        const location = `${next.abroad ? abroad : ''}/next?token=own&q=own-of-server`;
        return void response.writeHead(next.status, { location }).end(echo);
      }
      case 'reset':
        return void response.socket?.resetAndDestroy();
      case 'cut':
        response.writeHead(200, { 'content-length': '9999' });
        return void response.write(echo, () => response.destroy());
      case 'html':
        return void response.end(`<html>${echo}`);
      case 'half':
        return void response.end(`{"${echo}`);
      case 'good':
        return sendJson(response, {});
    }
  };
}

function expectNoSecret(text: string): void {
  for (const form of FORMS) expect(text).not.toContain(form);
}

function everythingIn(error: ConnectorError): string {
  return [
    inspect(error, { depth: 20, showHidden: true }),
    JSON.stringify(error),
    error.stack,
    error.message,
    error.hint,
    inspect(error.cause, { depth: 20, showHidden: true }),
  ].join('\n');
}

/** Checks that nothing reached this server before the end of a wait that it had announced. */
function keepingWaits(
  answer: Answer,
  steps: readonly Step[],
  at: Harness,
  play: { index: number },
) {
  let notBefore = 0;
  const early: number[] = [];
  const guarded: Answer = (response, request, index) => {
    if (at.clock.now() < notBefore) early.push(notBefore - at.clock.now());
    const next = steps[play.index];
    if (next?.kind === 'status' && 'retryAfter' in next && next.retryAfter !== undefined) {
      const waitMs = Math.max(1, next.retryAfter) * 1_000;
      notBefore = Math.max(notBefore, at.clock.now() + waitMs);
    }
    return answer(response, request, index);
  };
  return { guarded, early };
}

it('whatever a server does: requests are bounded, waits are kept, no secret gets out', async () => {
  await fc.assert(
    fc.asyncProperty(schedule, async ({ steps, paths, post }) => {
      const play = { index: 0 };
      const harness = startHarness({ limits: { concurrency: 1, deadlineMs: 200_000 } });
      const abroad = await startServer((response) => sendJson(response, {}, 403));
      const played = playing(steps, abroad.origin, play);
      const { guarded, early } = keepingWaits(played, steps, harness, play);
      const home = await startServer(guarded);
      const http = harness.client({
        baseUrl: home.origin,
        authenticate: async () => ({ authorization: BASIC, 'x-api-key': SECRET }),
        explain: ({ body }) => ({ message: `It said: ${JSON.stringify(body)}` }),
      });

      const results = await Promise.allSettled(
        paths.map((path) =>
          http.json(
            {
              path,
              query: { access_token: SECRET, q: SECRET },
              ...(post && { method: 'POST', body: { password: SECRET } }),
            },
            harness.call(),
          ),
        ),
      );
      await harness.http.close();

      expect(early).toEqual([]);
      expect(home.requests.length).toBeLessThanOrEqual(paths.length * 5 * 6);
      for (const result of results) {
        if (result.status === 'fulfilled') continue;
        expect(ConnectorError.is(result.reason)).toBe(true);
        expectNoSecret(everythingIn(result.reason as ConnectorError));
      }
      expectNoSecret(harness.logs.join('\n'));
      expectNoSecret(JSON.stringify(harness.exchanges));
      expectNoSecret(JSON.stringify(abroad.requests));
    }),
    { numRuns: 40 },
  );
}, 60_000);
