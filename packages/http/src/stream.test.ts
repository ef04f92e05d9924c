import { gzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { errorOf, SECRET, startHarness } from './__fixtures__/harness.ts';
import { sendJson, startServer } from './__fixtures__/loopback-server.ts';
import { WATCHDOG_MS } from './__fixtures__/virtual-clock.ts';

async function readAll(body: ReadableStream<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

it('gives the bytes of any type and any size, and asks for them uncompressed', async () => {
  const bytes = Buffer.alloc(3_000_000, 'x');
  const server = await startServer((response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(bytes);
  });
  const { client, call, exchanges } = startHarness({ limits: { maxResponseBytes: 10 } });

  const { status, body } = await client({ baseUrl: server.origin }).stream({ path: '/x' }, call());

  expect(status).toBe(200);
  expect(exchanges).toHaveLength(0);
  expect((await readAll(body)).equals(bytes)).toBe(true);
  expect(exchanges).toMatchObject([{ bytes: 3_000_000 }]);
  expect(server.requests[0]?.headers['accept-encoding']).toBe('identity');
});

it('decompresses what a server compresses all the same', async () => {
  const server = await startServer((response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('hello'));
  });
  const { client, call } = startHarness();

  const { body } = await client({ baseUrl: server.origin }).stream({ path: '/x' }, call());

  expect((await readAll(body)).toString()).toBe('hello');
});

it('retries and follows redirects without credentials until the headers are there', async () => {
  const media = await startServer((response, _request, index) =>
    index === 0 ? sendJson(response, {}, 503) : void response.end('file'),
  );
  const home = await startServer((response) => {
    response.writeHead(302, { location: `${media.origin}/f?token=own` }).end();
  });
  const { client, call, clock } = startHarness();
  const http = client({
    baseUrl: home.origin,
    authenticate: async () => ({ authorization: `Bearer ${SECRET}` }),
  });

  const { body } = await http.stream({ path: '/x' }, call());

  expect((await readAll(body)).toString()).toBe('file');
  expect(clock.waits).toEqual([2_000]);
  expect(home.requests).toHaveLength(2);
  expect(JSON.stringify(media.requests)).not.toContain(SECRET);
});

it('turns a refusal into the same errors as json', async () => {
  const server = await startServer((response) => sendJson(response, {}, 404));
  const { client, call } = startHarness();

  const error = await errorOf(client({ baseUrl: server.origin }).stream({ path: '/x' }, call()));

  expect(error).toMatchObject({ code: 'not_found', status: 404 });
});

describe('a body that does not come to its end', () => {
  it('when the connection breaks, ends with transient', async () => {
    const server = await startServer((response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    });
    const { client, call } = startHarness();

    const { body } = await client({ baseUrl: server.origin }).stream({ path: '/x' }, call());

    expect((await errorOf(readAll(body))).code).toBe('transient');
  });

  it('when the call is aborted, ends with cancelled, read or not', async () => {
    const server = await startServer((response) => void response.write('half'));
    const { client, call, exchanges } = startHarness();
    const controller = new AbortController();
    const http = client({ baseUrl: server.origin });
    const read = await http.stream({ path: '/read' }, call(controller.signal));
    const unread = await http.stream({ path: '/unread' }, call(controller.signal));

    const reading = errorOf(readAll(read.body));
    controller.abort();

    expect((await reading).code).toBe('cancelled');
    expect(exchanges.map(({ url }) => url)).toContain(`${server.origin}/unread`);
    expect((await errorOf(readAll(unread.body))).code).toBe('cancelled');
  });

  it('when nothing moves for the time-out, ends with transient', async () => {
    const server = await startServer((response) => void response.write('half'));
    const { client, call, clock } = startHarness();

    const { body } = await client({ baseUrl: server.origin }).stream({ path: '/x' }, call());
    const reading = errorOf(readAll(body));
    await new Promise((resolve) => setTimeout(resolve, 20));
    clock.expire();

    expect(await reading).toMatchObject({
      code: 'transient',
      message: expect.stringContaining('stood still for 0.6 s'),
    });
  });

  it('when it drips for ever, ends with transient', async () => {
    const server = await startServer((response) => {
      const timer = setInterval(() => response.write('.'), 2);
      response.on('close', () => clearInterval(timer));
    });
    const { client, call, clock } = startHarness();
    const { body } = await client({ baseUrl: server.origin }).stream({ path: '/x' }, call());
    const reader = body.getReader();

    await reader.read();
    clock.advance(WATCHDOG_MS * 10);
    await reader.read();
    clock.expire();

    const rest = (async () => {
      for (let reads = 0; reads < 50; reads += 1) await reader.read();
    })();
    expect((await errorOf(rest)).code).toBe('transient');
  });

  it('when it moves slowly, is not given up', async () => {
    const server = await startServer((response) => {
      response.write('a'.repeat(1_000));
      setTimeout(() => response.end('b'), 60);
    });
    const { client, call, clock } = startHarness();
    const { body } = await client({ baseUrl: server.origin }).stream({ path: '/x' }, call());
    const reader = body.getReader();

    clock.advance(WATCHDOG_MS * 10);
    await reader.read();
    clock.expire();

    expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe('b');
    expect((await reader.read()).done).toBe(true);
  });
});

it('holds its slot until it is read or cancelled', async () => {
  const server = await startServer((response, request) => {
    if (request.url === '/stream') response.write('half');
    else sendJson(response, {});
  });
  const { client, call } = startHarness({ limits: { concurrency: 1 } });
  const http = client({ baseUrl: server.origin });
  const { body } = await http.stream({ path: '/stream' }, call());

  const answer = http.json({ path: '/next' }, call());
  await new Promise((resolve) => setTimeout(resolve, 30));
  const seenBefore = server.requests.length;
  await body.cancel();

  expect(seenBefore).toBe(1);
  expect((await answer).status).toBe(200);
});
