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
      spaces: ['ENG'],
      includeArchived: false,
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
    [{ auth: { username: 'ada@example.com' } }, 'auth'],
    [{ space: ['ENG'] }, ''],
  ])('refuses %j at its place', (config, field) => {
    expect(read(config).error?.issues[0]?.path[0] ?? '').toBe(field);
  });

  it('takes personal spaces with all', () => {
    expect(read({ spaces: 'all', personalSpaces: true }).success).toBe(true);
  });
});
