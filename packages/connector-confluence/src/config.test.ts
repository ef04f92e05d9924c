import { describe, expect, it } from 'vitest';

import { configSchema } from './config.ts';

const auth = { username: 'ada@example.com', token: 'env:TOKEN' };

function read(config: object) {
  return configSchema.safeParse({
    baseUrl: 'https://acme.atlassian.net',
    auth,
    spaces: ['ENG'],
    ...config,
  });
}

describe('configSchema', () => {
  it('fills in the defaults', () => {
    expect(read({}).data).toEqual({
      baseUrl: 'https://acme.atlassian.net/wiki',
      auth,
      headers: {},
      spaces: ['ENG'],
      includeArchived: false,
      body: 'storage',
      blogPosts: true,
      personalSpaces: false,
      include: {},
      exclude: {},
      comments: true,
      attachments: { download: false, maxBytes: 26_214_400, types: ['*'] },
      maxPages: 0,
    });
  });

  it.each([
    ['https://acme.atlassian.net/', 'https://acme.atlassian.net/wiki'],
    ['https://acme.atlassian.net/wiki/', 'https://acme.atlassian.net/wiki'],
    ['https://ACME.atlassian.net/wiki/spaces/ENG/overview', 'https://acme.atlassian.net/wiki'],
    ['http://127.0.0.1:8080/wiki', 'http://127.0.0.1:8080/wiki'],
    ['http://localhost:8080', 'http://localhost:8080/wiki'],
    ['http://[::1]:8080', 'http://[::1]:8080/wiki'],
  ])('reads the address %s', (baseUrl, expected) => {
    expect(read({ baseUrl }).data?.baseUrl).toBe(expected);
  });

  it.each([
    ['http://acme.atlassian.net', 'in clear'],
    ['http://127.0.0.1.example.com', 'in clear'],
    ['acme.atlassian.net', 'https://'],
    ['ftp://acme.atlassian.net', 'https://'],
    ['https://ada:token@acme.atlassian.net', '"auth"'],
    ['https://acme.atlassian.net/jira', 'https://acme.atlassian.net/wiki'],
    ['https://acme.atlassian.net/wikis', 'https://acme.atlassian.net/wiki'],
    ['https://api.atlassian.com/ex/confluence/1/wiki', 'gateway: true'],
  ])('refuses the address %s and says why', (baseUrl, reason) => {
    const issues = read({ baseUrl }).error?.issues;

    expect(issues).toHaveLength(1);
    expect(issues?.[0]).toMatchObject({
      path: ['baseUrl'],
      message: expect.stringContaining(reason),
    });
  });

  it.each([
    [{ spaces: [] }, 'spaces'],
    [{ spaces: 'ENG' }, 'spaces'],
    [{ personalSpaces: true }, 'personalSpaces'],
    [{ maxPages: -1 }, 'maxPages'],
    [{ space: ['ENG'] }, ''],
  ])('refuses %j at its place', (config, field) => {
    expect(read(config).error?.issues[0]?.path[0] ?? '').toBe(field);
  });

  it('takes personal spaces with all', () => {
    expect(read({ spaces: 'all', personalSpaces: true }).success).toBe(true);
  });
});

describe('auth', () => {
  it.each([
    [{ token: 'env:T' }],
    [{ username: 'ada@example.com', token: 'env:T' }],
    [{ cookie: 'env:C' }],
  ])('takes %j', (way) => {
    expect(read({ auth: way }).data?.auth).toEqual(way);
  });

  it.each([
    [{}, 'token', 'username and token, a token alone (bearer), or a cookie'],
    [{ username: 'ada@example.com' }, 'token', 'username and token'],
    [{ cookie: 'env:C', token: 'env:T' }, 'cookie', 'remove "token"'],
    [{ cookie: 'env:C', username: 'ada@example.com' }, 'cookie', 'remove "username"'],
  ])('refuses %j with one message', (way, field, message) => {
    expect(read({ auth: way }).error?.issues).toMatchObject([
      { path: ['auth', field], message: expect.stringContaining(message) },
    ]);
  });

  it('knows no other field', () => {
    expect(read({ auth: { token: 'env:T', password: 'x' } }).success).toBe(false);
  });
});

describe('gateway', () => {
  const url = 'https://api.atlassian.com/ex/confluence';
  const cloudId = '6f1e2d3c-4b5a-4978-8a6b-5c4d3e2f1a0b';

  it.each([
    [undefined, undefined],
    [false, undefined],
    [true, { url }],
    ['https://api.atlassian.com', { url }],
    [`${url}/${cloudId}`, { url, cloudId }],
    [`${url}/${cloudId}/wiki/`, { url, cloudId }],
    ['http://127.0.0.1:8080', { url: 'http://127.0.0.1:8080/ex/confluence' }],
  ])('reads %j', (gateway, expected) => {
    expect(read({ gateway }).data?.gateway).toEqual(expected);
  });

  it.each([
    ['yes', 'https://'],
    [7, 'true, false'],
    ['http://api.atlassian.com', 'in clear'],
    ['https://api.atlassian.com/ex/jira', '/ex/confluence'],
    [`${url}/not-an-id`, 'cloud id'],
    [`${url}/../../evil`, '/ex/confluence'],
  ])('refuses %j and says why', (gateway, reason) => {
    expect(read({ gateway }).error?.issues).toMatchObject([
      { path: ['gateway'], message: expect.stringContaining(reason) },
    ]);
  });
});

describe('headers', () => {
  it.each([
    [{ Authorization: 'x' }, 'Authorization', '"auth"'],
    [{ cookie: 'x' }, 'cookie', '"auth"'],
    [{ Host: 'x' }, 'Host', 'context-sync itself'],
    [{ 'Content-Length': '1' }, 'Content-Length', 'context-sync itself'],
    [{ 'X Key': 'x' }, 'X Key', 'letters, digits'],
    [{ 'X-Key': 'x', 'x-key': 'y' }, 'x-key', 'twice'],
  ])('refuse %j and say why', (headers, name, reason) => {
    expect(read({ headers }).error?.issues).toMatchObject([
      { path: ['headers', name], message: expect.stringContaining(reason) },
    ]);
  });
});
