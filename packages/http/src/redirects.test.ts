import { inspect } from 'node:util';

import type { HttpClient } from '@context-sync/core';
import { describe, expect, it } from 'vitest';

import { errorOf, type Harness, SECRET, startHarness } from './__fixtures__/harness.ts';
import {
  type Answer,
  type LoopbackServer,
  sendJson,
  startServer,
} from './__fixtures__/loopback-server.ts';

interface Pair extends Harness {
  readonly home: LoopbackServer;
  readonly other: LoopbackServer;
  readonly http: never;
  readonly api: HttpClient;
}

/** A service that redirects `/x` somewhere, and another origin. */
async function startPair(
  redirect: (home: LoopbackServer, other: LoopbackServer) => { status: number; location: string },
  atOther: Answer = (response) => sendJson(response, { at: 'other' }),
): Promise<Omit<Pair, 'http'>> {
  const other = await startServer(atOther);
  const home: LoopbackServer = await startServer((response, request) => {
    if (!request.url.startsWith('/x')) return sendJson(response, { at: 'home' });
    const { status, location } = redirect(home, other);
    return void response.writeHead(status, { location }).end('moved');
  });
  const harness = startHarness();
  const api = harness.client({
    baseUrl: home.origin,
    authenticate: async () => ({ authorization: `Bearer ${SECRET}`, cookie: `s=${SECRET}` }),
  });
  return { ...harness, home, other, api };
}

describe('on the same origin', () => {
  it.each([301, 302, 303, 307, 308])('a %i is followed with credentials', async (status) => {
    const { api, call, home } = await startPair(() => ({ status, location: '../y?a=1' }));

    const answer = await api.json({ path: '/x' }, call());

    expect(answer.body).toEqual({ at: 'home' });
    expect(home.requests[1]).toMatchObject({
      url: '/y?a=1',
      headers: { authorization: `Bearer ${SECRET}` },
    });
    expect(home.connections).toBe(1);
  });

  it.each([
    [301, 'GET', ''],
    [302, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', '{"a":1}'],
    [308, 'POST', '{"a":1}'],
  ])('a POST becomes after a %i a %s', async (status, method, body) => {
    const { api, call, home } = await startPair(() => ({ status, location: '/y' }));

    await api.json({ method: 'POST', path: '/x', body: { a: 1 } }, call());

    expect(home.requests[1]).toMatchObject({ method, body });
    expect('content-type' in (home.requests[1]?.headers ?? {})).toBe(body !== '');
  });

  it('the query that the server made is not shown', async () => {
    const { api, call, exchanges } = await startPair(() => ({
      status: 302,
      location: '/x?f=hush',
    }));

    const error = await errorOf(api.json({ path: '/x', query: { id: 7 } }, call()));

    expect(error.message).toContain('/x?id=7');
    expect(JSON.stringify([error, exchanges])).not.toContain('hush');
  });

  it('at most five are followed', async () => {
    const { api, call, home } = await startPair(() => ({ status: 302, location: '/x' }));

    const error = await errorOf(api.json({ path: '/x' }, call()));

    expect(error).toMatchObject({ code: 'permanent' });
    expect(error.message).toContain('more than 5 times');
    expect(home.requests).toHaveLength(6);
  });
});

describe('to another origin', () => {
  it('no credential and no header of the connector goes along', async () => {
    const { api, call, other } = await startPair((_home, { origin }) => ({
      status: 302,
      location: `${origin}/media?token=its-own`,
    }));

    const answer = await api.json({ path: '/x', headers: { 'x-api-key': SECRET } }, call());

    expect(answer.body).toEqual({ at: 'other' });
    expect(other.requests[0]?.url).toBe('/media?token=its-own');
    expect(JSON.stringify(other.requests)).not.toContain(SECRET);
    expect(other.requests[0]?.headers).not.toHaveProperty('x-api-key');
  });

  it('a fault there shows host and path, and nothing that signs the URL', async () => {
    const { api, call, exchanges, logs, other } = await startPair(
      (_home, { origin }) => ({ status: 302, location: `${origin}/media?f=hush#hush` }),
      (response) => void response.socket?.resetAndDestroy(),
    );

    const error = await errorOf(api.stream({ path: '/x' }, call()));

    expect(error.message).toContain(`${other.origin}/media?… failed`);
    expect(inspect([error, exchanges, logs], { depth: 20, showHidden: true })).not.toContain(
      'hush',
    );
    expect(logs).toHaveLength(4);
  });

  it('user name and password in the address are not used', async () => {
    const { api, call, other } = await startPair((_home, { port }) => ({
      status: 302,
      location: `http://me:hush@127.0.0.1:${port}/`,
    }));

    await api.json({ path: '/x' }, call());

    expect(other.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  it('and back home, the credentials are sent again', async () => {
    let origin = '';
    const pair = await startPair(
      (_home, other) => ({ status: 302, location: other.origin }),
      (response) => void response.writeHead(302, { location: `${origin}/y` }).end(),
    );
    origin = pair.home.origin;

    await pair.api.json({ path: '/x' }, pair.call());

    expect(pair.home.requests[1]?.headers['authorization']).toBe(`Bearer ${SECRET}`);
  });

  it('a POST is not followed', async () => {
    const { api, call, other } = await startPair((_home, { origin }) => ({
      status: 307,
      location: origin,
    }));

    const error = await errorOf(
      api.json({ method: 'POST', path: '/x', body: { secret: SECRET } }, call()),
    );

    expect(error.code).toBe('permanent');
    expect(other.requests).toHaveLength(0);
  });

  it.each([401, 403])('its %i says nothing about our credentials', async (status) => {
    const { api, call } = await startPair(
      (_home, { origin }) => ({ status: 302, location: `${origin}/f?sig=hush` }),
      (response) => sendJson(response, {}, status),
    );

    const error = await errorOf(api.json({ path: '/x' }, call()));

    expect(error).toMatchObject({ code: 'permission', status });
    expect(error.message).not.toContain('hush');
  });

  it.each([404, 410])('its %i does not say that the service lacks it', async (status) => {
    const { api, call, other } = await startPair(
      (_home, { origin }) => ({ status: 302, location: `${origin}/f` }),
      (response) => sendJson(response, {}, status),
    );

    const error = await errorOf(api.json({ path: '/x' }, call()));

    expect(error).toMatchObject({ code: 'permanent', status });
    expect(error.message).toContain(`redirected to 127.0.0.1:${other.port}`);
  });

  it('its login page is told by its host', async () => {
    const { api, call, other } = await startPair(
      (_home, { origin }) => ({ status: 302, location: `${origin}/login` }),
      (response) => void response.end('<html>'),
    );

    const error = await errorOf(api.json({ path: '/x' }, call()));

    expect(error.code).toBe('auth');
    expect(error.message).toContain(`redirect to 127.0.0.1:${other.port}`);
  });
});

it.each(['file:///etc/passwd', 'http://', 'javascript:alert(1)'])(
  'does not follow %s',
  async (location) => {
    const { api, call } = await startPair(() => ({ status: 302, location }));

    expect((await errorOf(api.json({ path: '/x' }, call()))).code).toBe('permanent');
  },
);
