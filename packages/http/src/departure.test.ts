import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

import { describe, expect, it, onTestFinished } from 'vitest';

import { createTrust } from './__fixtures__/certificates.ts';
import { errorOf, startHarness } from './__fixtures__/harness.ts';
import { type LoopbackServer, sendJson, startServer } from './__fixtures__/loopback-server.ts';
import { startProxy } from './__fixtures__/proxy-server.ts';

const trust = createTrust();
const describeTls = describe.skipIf(trust === undefined);

interface Relay {
  readonly origin: string;
  /** Connections that were opened, and those that the client has left open. */
  readonly opened: number;
  readonly open: number;
  release(): void;
}

/** Stands before a server; from the second connection on, nothing passes until `release`. */
async function startRelay(port: number): Promise<Relay> {
  const sockets = new Set<Socket>();
  let opened = 0;
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const pass = (socket: Socket): void => {
    const onward = connect(port, '127.0.0.1').on('error', () => socket.destroy());
    socket.pipe(onward).pipe(socket);
    socket.on('close', () => onward.destroy());
  };
  const relay = createServer((socket) => {
    opened += 1;
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    if (opened === 1) pass(socket);
    else void released.then(() => pass(socket));
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    relay.close();
  });
  return {
    origin: `https://127.0.0.1:${(relay.address() as AddressInfo).port}`,
    get opened() {
      return opened;
    },
    get open() {
      return sockets.size;
    },
    release,
  };
}

describeTls('a request whose connection is not open yet', () => {
  it('is called back when its origin asks for a pause, and sent after that', async () => {
    const { client, call, clock, exchanges } = startHarness({ ca: [trust?.ca ?? ''] });
    const arrivals: Record<string, number> = {};
    let answer = (): void => undefined;
    const refused = new Promise<void>((resolve) => (answer = resolve));
    const server: LoopbackServer = await startServer(async (response, { url }, index) => {
      arrivals[url] = clock.now();
      if (index > 0) return sendJson(response, {});
      await refused;
      return sendJson(response, {}, 429, { 'retry-after': '20' });
    }, trust);
    const relay = await startRelay(server.port);
    const http = client({ baseUrl: relay.origin });
    const refusedAt = clock.now();
    // Time stands still until a request that was not called back has had time to arrive.
    const sleep = clock.sleep.bind(clock);
    let pass = (): void => undefined;
    const passed = new Promise<void>((resolve) => (pass = resolve));
    clock.sleep = async (ms, signal) => {
      if (ms >= 1_000) await passed;
      return sleep(ms, signal);
    };

    const first = http.json({ path: '/first' }, call());
    await server.arrived(1);
    const second = http.json({ path: '/second' }, call());
    await expect.poll(() => relay.opened).toBe(2);
    answer();
    await expect.poll(() => exchanges.length).toBeGreaterThan(0);
    relay.release();
    await new Promise((resolve) => setTimeout(resolve, 100));
    pass();
    await Promise.all([first, second]);

    expect(arrivals['/second']).toBeGreaterThanOrEqual(refusedAt + 20_000);
    expect(exchanges.map(({ status }) => status)).toEqual([429, 200, 200]);
  });

  it.each([
    ['aborted', 'cancelled'],
    ['out of time', 'transient'],
  ])('ends at once when it is %s in the handshake, and leaves no socket', async (how, code) => {
    const server = await startServer((response) => sendJson(response, {}), trust);
    const relay = await startRelay(server.port);
    const { client, call, clock } = startHarness({
      ca: [trust?.ca ?? ''],
      limits: { retries: 0 },
    });
    // The first connection passes; it is not the one that is looked at.
    const first = connect(Number(new URL(relay.origin).port), '127.0.0.1');
    await expect.poll(() => relay.opened).toBe(1);
    const controller = new AbortController();

    const answer = errorOf(
      client({ baseUrl: relay.origin }).json({ path: '/x' }, call(controller.signal)),
    );
    await expect.poll(() => relay.opened).toBe(2);
    if (how === 'aborted') controller.abort();
    else clock.expire();

    expect((await answer).code).toBe(code);
    first.destroy();
    relay.release();
    await expect.poll(() => relay.open).toBe(0);
    expect(server.requests).toHaveLength(0);
  });
});

it.each([
  ['aborted', 'cancelled'],
  ['out of time', 'transient'],
])('a tunnel that a proxy never opens is left when the request is %s', async (how, code) => {
  const proxy = await startProxy(1, 0);
  const { client, call, clock } = startHarness({
    proxy: { https: `http://127.0.0.1:${proxy.port}` },
    limits: { retries: 0 },
  });
  const controller = new AbortController();

  const answer = errorOf(
    client({ baseUrl: 'https://wiki.example' }).json({ path: '/x' }, call(controller.signal)),
  );
  await expect.poll(() => proxy.seen.length).toBe(1);
  if (how === 'aborted') controller.abort();
  else clock.expire();

  expect((await answer).code).toBe(code);
  await expect.poll(() => proxy.openSockets).toBe(0);
});
