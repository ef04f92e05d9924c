import { createServer, type AddressInfo } from 'node:net';

import { describe, expect, it } from 'vitest';

import { createTrust } from './__fixtures__/certificates.ts';
import { errorOf, startHarness } from './__fixtures__/harness.ts';
import { sendJson, startServer } from './__fixtures__/loopback-server.ts';
import { startProxy } from './__fixtures__/proxy-server.ts';

const trust = createTrust();
const describeTls = describe.skipIf(trust === undefined);
const suffix = trust === undefined ? ' (skipped: openssl is not installed)' : '';

const PASSWORD = 'p@ss+word';
const USER_INFO = `me:${encodeURIComponent(PASSWORD)}@`;
const BASIC = `Basic ${Buffer.from(`me:${PASSWORD}`).toString('base64')}`;

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('a kept connection that the server closes as it is used again', () => {
  it.each([
    ['a GET', { method: 'GET' as const }, true],
    ['a POST', { method: 'POST' as const }, false],
    ['a POST that is harmless', { method: 'POST' as const, idempotent: true }, true],
  ])('%s is repeated: %s', async (_what, request, isRepeated) => {
    const server = await startServer((response, _request, index) =>
      index === 1 ? void response.socket?.resetAndDestroy() : sendJson(response, {}),
    );
    const { client, call } = startHarness();
    const http = client({ baseUrl: server.origin });
    await http.json({ path: '/first' }, call());

    const second = http.json({ path: '/second', ...request }, call());

    expect(await second.then(() => true).catch(() => false)).toBe(isRepeated);
    expect(server.requests).toHaveLength(isRepeated ? 3 : 2);
    expect(server.connections).toBe(isRepeated ? 2 : 1);
  });
});

describe('a host that is not there', () => {
  it('by its name: says which and what to check, at once', async () => {
    const { client, call, clock } = startHarness();

    const error = await errorOf(
      client({ baseUrl: 'http://nowhere.invalid' }).json({ path: '/x' }, call()),
    );

    expect(error.code).toBe('transient');
    expect(error.message).toContain('nowhere.invalid');
    expect(error.hint).toMatch(/HTTPS_PROXY|name server/);
    expect(clock.waits.length).toBeLessThanOrEqual(4);
  });

  it('by its port: says which and what to check, at once', async () => {
    const port = await closedPort();
    const { client, call, clock } = startHarness();

    const error = await errorOf(
      client({ baseUrl: `http://127.0.0.1:${port}` }).json({ path: '/x' }, call()),
    );

    expect(error.code).toBe('transient');
    expect(error.message).toContain(`127.0.0.1:${port} cannot be reached (ECONNREFUSED)`);
    expect(error.hint).toContain('NO_PROXY');
    expect(clock.waits).toEqual([]);
  });
});

describeTls(`TLS${suffix}`, () => {
  it('trusts an extra CA, and keeps the connection', async () => {
    const server = await startServer((response) => sendJson(response, { a: 1 }), trust);
    const { client, call } = startHarness({ ca: [trust?.ca ?? ''] });
    const http = client({ baseUrl: server.origin });

    await http.json({ path: '/x' }, call());

    expect((await http.json({ path: '/x' }, call())).body).toEqual({ a: 1 });
    expect(server.connections).toBe(1);
  });

  it('without it says that the certificate is not trusted and how to give the CA', async () => {
    const server = await startServer((response) => sendJson(response, {}), trust);
    const { client, call } = startHarness();

    const error = await errorOf(client({ baseUrl: server.origin }).json({ path: '/x' }, call()));

    expect(error.code).toBe('transient');
    expect(error.message).toContain(`no trusted TLS connection to 127.0.0.1:${server.port}`);
    expect(error.hint).toContain('NODE_EXTRA_CA_CERTS');
    expect(server.requests).toHaveLength(0);
  });

  it('does not follow a redirect to http', async () => {
    const plain = await startServer((response) => sendJson(response, {}));
    const server = await startServer((response) => {
      response.writeHead(302, { location: plain.origin }).end();
    }, trust);
    const { client, call } = startHarness({ ca: [trust?.ca ?? ''] });

    const error = await errorOf(client({ baseUrl: server.origin }).json({ path: '/x' }, call()));

    expect(error.code).toBe('permanent');
    expect(error.message).toContain('from https to http');
    expect(plain.requests).toHaveLength(0);
  });
});

it('refuses a CA that is not PEM', () => {
  expect(() => startHarness({ ca: ['nonsense'] })).toThrow(
    expect.objectContaining({ code: 'config' }),
  );
});

describe('an http proxy for http', () => {
  it('is asked with its credentials and the whole address', async () => {
    const server = await startServer((response) => sendJson(response, { a: 1 }));
    const proxy = await startProxy(server.port);
    const { client, call } = startHarness({
      proxy: { http: `http://${USER_INFO}127.0.0.1:${proxy.port}` },
    });

    const answer = await client({ baseUrl: 'http://wiki.example' }).json({ path: '/x' }, call());

    expect(answer.body).toEqual({ a: 1 });
    expect(proxy.seen).toEqual([`GET http://wiki.example/x ${BASIC}`]);
    expect(server.requests[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  it('that wants other credentials is told from the service', async () => {
    const proxy = await startProxy(1, 407);
    const { client, call } = startHarness({ proxy: { http: `127.0.0.1:${proxy.port}` } });

    const error = await errorOf(
      client({ baseUrl: 'http://wiki.example' }).json({ path: '/x' }, call()),
    );

    expect(error).toMatchObject({ code: 'config', status: 407 });
    expect(error.hint).toContain('HTTP_PROXY');
    expect(proxy.seen).toHaveLength(1);
  });

  it('that quotes its credentials does not get them into an error', async () => {
    const proxy = await startProxy(1, 403);
    const { client, call } = startHarness({
      proxy: { http: `http://${USER_INFO}127.0.0.1:${proxy.port}` },
    });
    const http = client({
      baseUrl: 'http://wiki.example',
      explain: ({ body }) => ({ message: `It said: ${JSON.stringify(body)}` }),
    });

    const error = await errorOf(http.json({ path: '/x' }, call()));

    expect(error.message).toContain('"proxy-authorization":"[redacted]"');
  });

  it('is not asked for loopback or a host of NO_PROXY', async () => {
    const server = await startServer((response) => sendJson(response, { a: 1 }));
    const proxy = await startProxy(server.port);
    const { client, call } = startHarness({
      proxy: { http: `127.0.0.1:${proxy.port}`, no: 'invalid' },
    });

    await client({ baseUrl: server.origin }).json({ path: '/x' }, call());
    await errorOf(client({ baseUrl: 'http://wiki.invalid' }).json({ path: '/x' }, call()));

    expect(proxy.seen).toEqual([]);
  });

  it('that is not there is named in the error, without its credentials', async () => {
    const port = await closedPort();
    const { client, call } = startHarness({
      proxy: { http: `http://${USER_INFO}127.0.0.1:${port}` },
    });

    const error = await errorOf(
      client({ baseUrl: 'http://wiki.example' }).json({ path: '/x' }, call()),
    );

    expect(error.message).toContain(`the proxy 127.0.0.1:${port} cannot be reached`);
    expect(JSON.stringify(error)).not.toContain(PASSWORD);
  });

  it.each(['socks5://hush@127.0.0.1:1', 'http://hush@:x', 'ftp://hush'])(
    'must be a URL we can use: %s',
    (value) => {
      expect(() => startHarness({ proxy: { http: value } })).toThrow(
        expect.objectContaining({ code: 'config', message: expect.not.stringContaining('hush') }),
      );
    },
  );
});

describeTls(`a proxy for https${suffix}`, () => {
  it('tunnels, with its credentials for itself and the target’s name for TLS', async () => {
    const server = await startServer((response) => sendJson(response, { a: 1 }), trust);
    const proxy = await startProxy(server.port);
    const { client, call } = startHarness({
      proxy: { https: `http://${USER_INFO}127.0.0.1:${proxy.port}` },
      ca: [trust?.ca ?? ''],
    });
    const http = client({ baseUrl: 'https://wiki.example' });

    await http.json({ path: '/x' }, call());
    await http.json({ path: '/y' }, call());

    expect(proxy.seen).toEqual([`CONNECT wiki.example:443 ${BASIC}`]);
    expect(server.requests.map(({ url }) => url)).toEqual(['/x', '/y']);
    expect(server.requests[0]?.servername).toBe('wiki.example');
    expect(server.requests[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  it('may want TLS for itself', async () => {
    const server = await startServer((response) => sendJson(response, { a: 1 }), trust);
    const proxy = await startProxy(server.port, 200, trust);
    const { client, call } = startHarness({
      proxy: { https: `https://${USER_INFO}127.0.0.1:${proxy.port}` },
      ca: [trust?.ca ?? ''],
    });

    const answer = await client({ baseUrl: 'https://wiki.example' }).json({ path: '/x' }, call());

    expect(answer.body).toEqual({ a: 1 });
    expect(proxy.seen).toEqual([`CONNECT wiki.example:443 ${BASIC}`]);
  });

  it('is left out for what NO_PROXY names', async () => {
    const server = await startServer((response) => sendJson(response, {}), trust);
    const proxy = await startProxy(server.port);
    const { client, call } = startHarness({
      proxy: { https: `http://127.0.0.1:${proxy.port}`, no: 'other.net, .INVALID:443' },
    });

    const error = await errorOf(
      client({ baseUrl: 'https://wiki.invalid' }).json({ path: '/x' }, call()),
    );

    expect(error.message).toContain('wiki.invalid');
    expect(proxy.seen).toEqual([]);
  });

  it('still checks the name in the certificate', async () => {
    const server = await startServer((response) => sendJson(response, {}), trust);
    const proxy = await startProxy(server.port);
    const { client, call } = startHarness({
      proxy: { https: `http://127.0.0.1:${proxy.port}` },
      ca: [trust?.ca ?? ''],
    });

    const error = await errorOf(
      client({ baseUrl: 'https://other.example' }).json({ path: '/x' }, call()),
    );

    expect(error.message).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(server.requests).toHaveLength(0);
  });

  it.each([
    [407, 'config', 1],
    [403, 'config', 1],
    [503, 'transient', 2],
  ])('that refuses with %i is not taken for the service', async (status, code, tries) => {
    const proxy = await startProxy(1, status);
    const { client, call } = startHarness({
      proxy: { https: `http://127.0.0.1:${proxy.port}` },
      limits: { retries: 1 },
    });

    const error = await errorOf(
      client({ baseUrl: 'https://wiki.example' }).json({ path: '/x' }, call()),
    );

    expect(error).toMatchObject({ code, status });
    expect(error.message).toContain(`the proxy 127.0.0.1:${proxy.port} refused`);
    expect(proxy.seen).toHaveLength(tries);
  });

  it('that never answers is left when the host closes', async () => {
    const proxy = await startProxy(1, 0);
    const {
      client,
      call,
      http: host,
    } = startHarness({
      proxy: { https: `http://127.0.0.1:${proxy.port}` },
    });
    const answer = errorOf(
      client({ baseUrl: 'https://wiki.example' }).json({ path: '/x' }, call()),
    );
    await expect.poll(() => proxy.seen.length).toBe(1);

    await host.close();

    expect((await answer).code).toBe('cancelled');
    await expect.poll(() => proxy.openSockets).toBe(0);
  });
});
