import type { ServerResponse } from 'node:http';

import { describe, expect, it } from 'vitest';

import { errorOf, startHarness } from './__fixtures__/harness.ts';
import { sendJson, startServer } from './__fixtures__/loopback-server.ts';

type Fault = (response: ServerResponse) => void;

const FAULTS: Record<string, Fault> = {
  408: (response) => sendJson(response, {}, 408),
  502: (response) => sendJson(response, {}, 502),
  503: (response) => sendJson(response, {}, 503),
  504: (response) => sendJson(response, {}, 504),
  'a reset before the answer': (response) => response.socket?.resetAndDestroy(),
  'a body cut off': (response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('{"a":', () => response.destroy());
  },
  'half a JSON text': (response) => void response.end('{"a":'),
  'damaged compression': (response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip at all');
  },
  'an answer that is not HTTP': (response) => void response.socket?.end('220 ready\r\n'),
};

describe.each(Object.entries(FAULTS))('after %s', (_name, fault) => {
  it('tries again', async () => {
    const server = await startServer((response, _request, index) =>
      index === 0 ? fault(response) : sendJson(response, { a: 1 }),
    );
    const { client, call, clock } = startHarness();

    const answer = await client({ baseUrl: server.origin }).json({ path: '/x' }, call());

    expect(answer.body).toEqual({ a: 1 });
    expect(clock.waits).toEqual([2_000]);
  });

  it('gives up after four more tries', async () => {
    const server = await startServer((response) => fault(response));
    const { client, call, clock } = startHarness();

    const error = await errorOf(client({ baseUrl: server.origin }).json({ path: '/x' }, call()));

    expect(error.code).toBe('transient');
    expect(server.requests).toHaveLength(5);
    expect(clock.waits).toEqual([2_000, 4_000, 8_000, 16_000]);
  });

  it('does not repeat a POST unless it is said to be harmless', async () => {
    const server = await startServer((response) => fault(response));
    const { client, call } = startHarness({ limits: { retries: 1 } });
    const http = client({ baseUrl: server.origin });

    await errorOf(http.json({ method: 'POST', path: '/once' }, call()));
    await errorOf(http.json({ method: 'POST', path: '/twice', idempotent: true }, call()));

    expect(server.requests.map(({ url }) => url)).toEqual(['/once', '/twice', '/twice']);
  });
});

it.each([400, 401, 403, 404, 410, 413, 500, 501])('does not repeat a %i', async (status) => {
  const server = await startServer((response) => sendJson(response, {}, status));
  const { client, call } = startHarness();

  await errorOf(client({ baseUrl: server.origin }).json({ path: '/x' }, call()));

  expect(server.requests).toHaveLength(1);
});

describe('an attempt that takes too long', () => {
  const slow: Record<string, Fault> = {
    'no answer': () => undefined,
    'an endless body': (response) => {
      const timer = setInterval(() => response.write(' '), 1);
      response.on('close', () => clearInterval(timer));
    },
    'a body that stops': (response) => void response.write('{'),
  };

  it.each(Object.entries(slow))('with %s is repeated', async (_name, fault) => {
    const server = await startServer((response, _request, index) =>
      index === 0 ? fault(response) : sendJson(response, { a: 1 }),
    );
    const { client, call, clock } = startHarness();

    const answer = client({ baseUrl: server.origin }).json({ path: '/x' }, call());
    await server.arrived(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    clock.expire();

    expect((await answer).body).toEqual({ a: 1 });
    expect(clock.waits).toEqual([2_000]);
  });

  it('says so when no try is left', async () => {
    const server = await startServer(() => undefined);
    const { client, call, clock } = startHarness({ limits: { retries: 0 } });

    const answer = errorOf(client({ baseUrl: server.origin }).json({ path: '/x' }, call()));
    await server.arrived(1);
    clock.expire();

    expect(await answer).toMatchObject({
      code: 'transient',
      message: expect.stringContaining('no complete answer within 0.6 s'),
    });
  });
});

it('never works past the deadline, also within an attempt', async () => {
  const server = await startServer(() => undefined);
  const { client, call } = startHarness({ limits: { deadlineMs: 300 } });

  const error = await errorOf(client({ baseUrl: server.origin }).json({ path: '/x' }, call()));

  expect(error).toMatchObject({
    code: 'transient',
    message: expect.stringContaining('within 0.3 s'),
  });
});

it('shows each retry in the log of the call', async () => {
  const server = await startServer((response, _request, index) =>
    sendJson(response, {}, index === 0 ? 503 : 200),
  );
  const { client, call, logs } = startHarness();

  await client({ baseUrl: server.origin }).json({ path: '/x', query: { token: 'hush' } }, call());

  expect(logs).toHaveLength(1);
  expect(logs[0]).toContain('"waitMs":2000');
  expect(logs[0]).not.toContain('hush');
});
