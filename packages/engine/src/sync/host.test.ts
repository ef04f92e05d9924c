import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { memoryConnector, MemoryWorld } from '@context-sync/sandbox';
import { expect, it, onTestFinished } from 'vitest';

import { createHost } from './host.ts';
import { Redaction } from './redaction.ts';

/** A service that answers with these statuses, then with 200. */
async function startService(...statuses: number[]): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(statuses.shift() ?? 200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('counts requests, retries and waits, each under its scope', async () => {
  const baseUrl = await startService(503, 503);
  let now = 0;
  const host = createHost({
    source: {
      name: 'wiki',
      definition: memoryConnector(new MemoryWorld()),
      config: {},
      prints: { scope: '', render: '', identity: '' },
      secret: async () => undefined,
    },
    // Only the waits of 10 s and less end: a time-out of an attempt is longer.
    clock: {
      now: () => now,
      sleep: (ms) => {
        if (ms > 10_000) return new Promise(() => undefined);
        now += ms;
        return Promise.resolve();
      },
    },
    network: {},
    redaction: new Redaction(),
    observe: () => undefined,
  });
  onTestFinished(() => host.http.close());
  const client = host.http.client({ baseUrl });
  const { signal } = new AbortController();

  await client.json({ path: '/x' }, host.call('ENG', signal));
  await client.json({ path: '/y' }, host.call('', signal));

  expect(host.traffic('ENG')).toEqual({ requests: 3, retries: 2, waitedMs: now, bytes: 6 });
  expect(now).toBeGreaterThan(2_000);
  expect(host.traffic('')).toEqual({ requests: 1, retries: 0, waitedMs: 0, bytes: 2 });
});
