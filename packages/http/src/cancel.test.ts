import { getEventListeners } from 'node:events';
import { setTimeout } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { errorOf, startHarness } from './__fixtures__/harness.ts';
import { sendJson, startServer } from './__fixtures__/loopback-server.ts';

describe('an aborted call ends at once with cancelled', () => {
  it('before it is sent', async () => {
    const server = await startServer((response) => sendJson(response, {}));
    const { client, call } = startHarness();

    const error = await errorOf(
      client({ baseUrl: server.origin }).json({ path: '/x' }, call(AbortSignal.abort())),
    );

    expect(error.code).toBe('cancelled');
    expect(server.requests).toHaveLength(0);
  });

  it('while it is queued', async () => {
    const server = await startServer(() => undefined);
    const { client, call } = startHarness({ limits: { concurrency: 1 } });
    const http = client({ baseUrl: server.origin });
    const controller = new AbortController();
    const first = errorOf(http.json({ path: '/first' }, call()));
    const queued = errorOf(http.json({ path: '/queued' }, call(controller.signal)));
    await server.arrived(1);

    controller.abort();

    expect((await queued).code).toBe('cancelled');
    expect(server.requests).toHaveLength(1);
    void first;
  });

  it('while it is being signed', async () => {
    const { client, call } = startHarness();
    const controller = new AbortController();
    const http = client({
      baseUrl: 'http://127.0.0.1:9',
      authenticate: () => new Promise(() => undefined),
    });

    const answer = errorOf(http.json({ path: '/x' }, call(controller.signal)));
    controller.abort();

    expect((await answer).code).toBe('cancelled');
  });

  it.each([
    ['for the headers', false],
    ['for the rest of the body', true],
  ])('while it waits %s', async (_what, startsBody) => {
    const server = await startServer((response) => {
      if (startsBody) response.write('{');
    });
    const { client, call, clock } = startHarness();
    const controller = new AbortController();

    const answer = errorOf(
      client({ baseUrl: server.origin }).json({ path: '/x' }, call(controller.signal)),
    );
    await server.arrived(1);
    await setTimeout(20);
    controller.abort();

    expect((await answer).code).toBe('cancelled');
    expect(clock.waits).toEqual([]);
  });

  it('while it waits for the next try', async () => {
    const controller = new AbortController();
    const server = await startServer((response) => sendJson(response, {}, 503));
    const { client, call, clock } = startHarness({
      onExchange: () => setImmediate(() => controller.abort()),
    });
    // A wait that lasts until it is aborted.
    clock.sleep = (_ms, signal) =>
      new Promise((_, reject) =>
        signal?.addEventListener('abort', () => reject(new Error('aborted'))),
      );

    const answer = client({ baseUrl: server.origin }).json({ path: '/x' }, call(controller.signal));

    expect((await errorOf(answer)).code).toBe('cancelled');
  });
});

it('leaves no listener on the signal of a long run', async () => {
  const server = await startServer((response) => sendJson(response, {}));
  const { client, call } = startHarness();
  const { signal } = new AbortController();
  const http = client({ baseUrl: server.origin });

  for (let i = 0; i < 20; i += 1) await http.json({ path: '/x' }, call(signal));

  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

it('takes many requests under one signal for no leak', async () => {
  const warnings: string[] = [];
  const note = ({ name }: Error): unknown => warnings.push(name);
  process.on('warning', note);
  const server = await startServer((response) => sendJson(response, {}));
  const { client, call } = startHarness();
  const http = client({ baseUrl: server.origin });
  const { signal } = new AbortController();

  await Promise.all(Array.from({ length: 30 }, () => http.json({ path: '/x' }, call(signal))));
  await setTimeout(0);
  process.off('warning', note);

  expect(warnings).toEqual([]);
});

describe('close', () => {
  it('cancels what is queued and under way, and refuses what comes later', async () => {
    const server = await startServer(() => undefined);
    const { client, call, http: host } = startHarness({ limits: { concurrency: 1 } });
    const http = client({ baseUrl: server.origin });
    const answers = ['/a', '/b', '/c'].map((path) => errorOf(http.json({ path }, call())));
    await server.arrived(1);

    await host.close();
    answers.push(errorOf(http.json({ path: '/d' }, call())));

    expect((await Promise.all(answers)).map(({ code }) => code)).toEqual(
      Array.from({ length: 4 }, () => 'cancelled'),
    );
    expect(server.requests).toHaveLength(1);
  });

  it('leaves no timer of a slow queue behind', async () => {
    const server = await startServer((response) => sendJson(response, {}));
    const { client, call, http: host } = startHarness({ limits: { requestsPerSecond: 0.1 } });
    const http = client({ baseUrl: server.origin });
    const countTimers = async (): Promise<number> => {
      await setTimeout(20);
      return process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    };
    await http.json({ path: '/first' }, call());
    const before = await countTimers();
    const answers = ['/a', '/b', '/c'].map((path) => errorOf(http.json({ path }, call())));
    const queued = await countTimers();

    await host.close();
    await Promise.all(answers);

    expect(queued).toBeGreaterThan(before);
    expect(await countTimers()).toBeLessThanOrEqual(before);
  });

  it('may be called twice', async () => {
    const { http: host } = startHarness();

    await host.close();

    await expect(host.close()).resolves.toBeUndefined();
  });
});
