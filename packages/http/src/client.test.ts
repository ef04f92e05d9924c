import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { errorOf, SECRET, startHarness } from './__fixtures__/harness.ts';
import { sendJson, startServer } from './__fixtures__/loopback-server.ts';

describe('json', () => {
  it('sends a signed request and gives the parsed answer', async () => {
    const server = await startServer((response) => sendJson(response, { ok: [1] }));
    const { client, call } = startHarness({ userAgent: 'context-sync/1.2' });
    const http = client({
      baseUrl: `${server.origin}/wiki`,
      authenticate: async () => ({ authorization: `Bearer ${SECRET}` }),
    });

    const answer = await http.json(
      { path: '/api', query: { id: ['1', '2'] }, headers: { 'x-mine': 'yes' } },
      call(),
    );

    expect(answer).toMatchObject({ status: 200, body: { ok: [1] } });
    expect(answer.headers['content-type']).toBe('application/json');
    expect(server.requests).toMatchObject([
      {
        method: 'GET',
        url: '/wiki/api?id=1&id=2',
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${SECRET}`,
          'user-agent': 'context-sync/1.2',
          'x-mine': 'yes',
        },
      },
    ]);
  });

  it('sends a body as JSON', async () => {
    const server = await startServer((response) => sendJson(response, {}));
    const { client, call } = startHarness();

    await client({ baseUrl: server.origin }).json(
      { method: 'POST', path: '/x', body: { a: 'ü' } },
      call(),
    );

    expect(server.requests[0]).toMatchObject({
      method: 'POST',
      body: '{"a":"ü"}',
      headers: { 'content-type': 'application/json' },
    });
  });

  it('gives undefined for 204 only', async () => {
    const server = await startServer((response, _request, index) => {
      response.writeHead(index === 0 ? 204 : 200).end();
    });
    const { client, call } = startHarness();
    const http = client({ baseUrl: server.origin });

    expect((await http.json({ path: '/a' }, call())).body).toBeUndefined();
    expect(await errorOf(http.json({ path: '/b' }, call()))).toMatchObject({ code: 'transient' });
  });

  it.each([
    ['by its type', { 'content-type': 'text/html; charset=utf-8' }, 'Sign in'],
    ['by its first letter', { 'content-type': 'application/json' }, '\n  <!doctype html>'],
  ])('knows a login page %s', async (_how, headers, body) => {
    const server = await startServer((response) => {
      response.writeHead(200, headers).end(body);
    });
    const { client, call } = startHarness();

    const error = await errorOf(client({ baseUrl: server.origin }).json({ path: '/x' }, call()));

    expect(error).toMatchObject({ code: 'auth', status: 200 });
    expect(error.message).toContain('login page');
    expect(server.requests).toHaveLength(1);
  });

  it.each(['text/html', 'text/plain', 'application/octet-stream', ''])(
    'reads JSON that is called %j',
    async (type) => {
      const server = await startServer((response) => {
        response.writeHead(200, { 'content-type': type }).end(' {"a":1}');
      });
      const { client, call } = startHarness();

      const answer = await client({ baseUrl: server.origin }).json({ path: '/x' }, call());

      expect(answer.body).toEqual({ a: 1 });
    },
  );

  it.each([
    ['shorter', 5],
    ['longer', 50],
  ])('never gives half a body that is said to be %s', async (_what, length) => {
    const server = await startServer((response) => {
      const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;
      response.socket?.end(`${head}{"a":1,"b":2}`);
    });
    const { client, call } = startHarness({ limits: { retries: 0 } });

    const error = await errorOf(client({ baseUrl: server.origin }).json({ path: '/x' }, call()));

    expect(error.code).toBe('transient');
  });

  it('is not fooled by a second answer behind the first', async () => {
    const one = 'HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n{"a":1}';
    const server = await startServer((response, { url }) => {
      if (url === '/double') response.socket?.write(one + one.replace('"a"', '"z"'));
      else sendJson(response, { own: url });
    });
    const { client, call } = startHarness({ limits: { retries: 0 } });
    const http = client({ baseUrl: server.origin });

    await http.json({ path: '/double' }, call()).catch(() => undefined);

    expect((await http.json({ path: '/next' }, call())).body).toEqual({ own: '/next' });
  });

  it('stops reading an endless body at the cap', async () => {
    const server = await startServer((response) => {
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(50_000)));
        response.once('drain', more);
      };
      more();
    });
    const { client, call, exchanges } = startHarness({ limits: { maxResponseBytes: 100_000 } });

    const error = await errorOf(client({ baseUrl: server.origin }).json({ path: '/x' }, call()));

    expect(error.code).toBe('too_large');
    expect(exchanges[0]?.bytes).toBeLessThan(1_000_000);
  });

  it('counts the size after decompression', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000, ' '));
    const server = await startServer((response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    const { client, call, exchanges } = startHarness({ limits: { maxResponseBytes: 100_000 } });

    const error = await errorOf(client({ baseUrl: server.origin }).json({ path: '/x' }, call()));

    expect(bomb.byteLength).toBeLessThan(100_000);
    expect(error.code).toBe('too_large');
    expect(exchanges[0]?.bytes).toBeLessThan(1_000_000);
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ])('reads %s, and a byte order mark does not matter', async (encoding, compress) => {
    const server = await startServer((response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(compress('\uFEFF{"a":1}'));
    });
    const { client, call } = startHarness();

    const answer = await client({ baseUrl: server.origin }).json({ path: '/x' }, call());

    expect(answer.body).toEqual({ a: 1 });
    expect(server.requests[0]?.headers['accept-encoding']).toContain(encoding);
  });
});

describe('refusals', () => {
  it.each([
    [400, 'permanent'],
    [401, 'auth'],
    [403, 'permission'],
    [404, 'not_found'],
    [407, 'config'],
    [410, 'cursor_invalid'],
    [413, 'too_large'],
    [429, 'rate_limited'],
    [500, 'transient'],
    [503, 'transient'],
    [300, 'permanent'],
  ])('takes %i as %s', async (status, code) => {
    const server = await startServer((response) => sendJson(response, {}, status));
    const { client, call } = startHarness();

    const error = await errorOf(
      client({ baseUrl: server.origin }).json({ path: '/x', query: { token: 'hush' } }, call()),
    );

    expect(error).toMatchObject({ code, status });
    expect(error.message).toContain(`GET ${server.origin}/x?token=[redacted] answered ${status}`);
    expect(error.hint).toMatch(/\.$/);
  });

  it('lets the connector explain, and redacts what it says', async () => {
    const server = await startServer((response) =>
      sendJson(response, { title: `No space ${SECRET}` }, 404),
    );
    const { client, call } = startHarness();
    const http = client({
      baseUrl: `${server.origin}/ex/wiki`,
      explain: ({ status, body, path }) => ({
        code: 'scope_gone',
        message: `${status} for ${path}: ${(body as { title: string }).title}.`,
      }),
    });

    const error = await errorOf(http.json({ path: '/x/y', query: { limit: 1 } }, call()));

    expect(error.code).toBe('scope_gone');
    expect(error.message).toContain('404 for /x/y: No space [secret].');
    expect(error.message).toContain(`GET ${server.origin}/ex/wiki/x/y`);
  });

  it('lets the connector see no secret that a refusal quotes, so that a cut leaves no half of one', async () => {
    const title = `No space ${SECRET}`;
    const server = await startServer((response) => sendJson(response, { all: [{ title }] }, 404));
    const { client, call } = startHarness();
    const seen: unknown[] = [];
    const explain = ({ body }: { body: unknown }) => void seen.push(body);

    await errorOf(client({ baseUrl: server.origin, explain }).json({ path: '/x' }, call()));

    expect(seen).toEqual([{ all: [{ title: 'No space [secret]' }] }]);
  });

  it('tells the connector where a redirect led, also outside the base URL', async () => {
    const server = await startServer((response, { url }) => {
      if (url === '/wiki/x') response.writeHead(302, { location: '/login' }).end();
      else sendJson(response, { title: 'Who are you?' }, 401);
    });
    const { client, call } = startHarness();
    const paths: string[] = [];
    const explain = ({ path }: { path: string }) => void paths.push(path);

    await errorOf(
      client({ baseUrl: `${server.origin}/wiki`, explain }).json({ path: '/x' }, call()),
    );

    expect(paths).toEqual(['/login']);
  });

  it('turns a fault in a hook of the connector into a bug without secrets', async () => {
    const server = await startServer((response) => sendJson(response, {}, 404));
    const { client, call } = startHarness();
    const http = client({
      baseUrl: server.origin,
      explain: () => {
        throw new TypeError(`Cannot read ${SECRET}`);
      },
    });

    const error = await errorOf(http.json({ path: '/x' }, call()));

    expect(error.code).toBe('bug');
    expect(error.message).toContain('[secret]');
  });

  it('keeps the error of a failed signature', async () => {
    const server = await startServer((response) => sendJson(response, {}));
    const { client, call } = startHarness();
    const http = client({
      baseUrl: server.origin,
      authenticate: () => Promise.reject(new Error(`no ${SECRET}`)),
    });

    const error = await errorOf(http.json({ path: '/x' }, call()));

    expect(error).toMatchObject({ code: 'auth' });
    expect(error.message).toContain('[secret]');
    expect(server.requests).toHaveLength(0);
  });

  it('rejects a bad path instead of throwing', async () => {
    const { client, call } = startHarness();

    const answer = client({ baseUrl: 'http://127.0.0.1:9' }).json({ path: '/../x' }, call());

    expect((await errorOf(answer)).code).toBe('bug');
  });
});

it('counts each exchange with its bytes, attempt and wait; a redirect is no retry', async () => {
  const server = await startServer((response, _request, index) => {
    if (index === 0) return sendJson(response, {}, 503);
    if (index === 1) return void response.writeHead(302, { location: '/y' }).end();
    return sendJson(response, { a: 1 });
  });
  const { client, call, exchanges } = startHarness();

  await client({ baseUrl: server.origin }).json({ path: '/x' }, call());

  expect(exchanges).toMatchObject([
    { method: 'GET', url: `${server.origin}/x`, status: 503, bytes: 2, attempt: 1, isRetry: false },
    { status: 302, attempt: 2, isRetry: true, waitedMs: 2_000 },
    { status: 200, bytes: 7, attempt: 2, isRetry: false },
  ]);
  expect(exchanges[2]).not.toHaveProperty('waitedMs');
});

it('uses a connection again', async () => {
  const server = await startServer((response) => sendJson(response, {}));
  const { client, call } = startHarness();
  const http = client({ baseUrl: server.origin });

  for (let i = 0; i < 5; i += 1) await http.json({ path: '/x' }, call());

  expect(server.connections).toBe(1);
});
