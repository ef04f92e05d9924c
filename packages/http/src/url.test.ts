import { describe, expect, it } from 'vitest';

import { buildUrl, parseBaseUrl } from './url.ts';

describe('buildUrl', () => {
  it.each([
    ['https://acme.atlassian.net/wiki', 'https://acme.atlassian.net/wiki/api/v2/pages'],
    ['https://acme.atlassian.net/wiki/', 'https://acme.atlassian.net/wiki/api/v2/pages'],
    ['https://acme.atlassian.net', 'https://acme.atlassian.net/api/v2/pages'],
    [
      'https://api.atlassian.com/ex/confluence/0-1/wiki',
      'https://api.atlassian.com/ex/confluence/0-1/wiki/api/v2/pages',
    ],
  ])('keeps the path of %s', (base, expected) => {
    expect(buildUrl(parseBaseUrl(base), { path: '/api/v2/pages' }).href).toBe(expected);
  });

  it('repeats a parameter for each item and leaves undefined out', () => {
    const query = { id: ['1', '2'], limit: 250, archived: false, cursor: undefined };

    const url = buildUrl(parseBaseUrl('https://a.example'), { path: '/x', query });

    expect(url.search).toBe('?id=1&id=2&limit=250&archived=false');
  });

  it('encodes a query so that it is read back the same', () => {
    const query = { cql: 'title = "a b+c&d%" AND ü', odd: '\uD800' };

    const url = buildUrl(parseBaseUrl('https://a.example'), { path: '/x', query });

    expect(url.search).not.toContain('+');
    expect(url.searchParams.get('cql')).toBe(query.cql);
  });

  it.each(['x', '/a?b', '/a#b', '/../admin', '/a/%2E%2e/b', '/a\\..\\b', '/a\n', '/a/.'])(
    'refuses the path %j',
    (path) => {
      const base = parseBaseUrl('https://a.example/wiki');

      expect(() => buildUrl(base, { path })).toThrow(expect.objectContaining({ code: 'bug' }));
    },
  );

  it('never leaves the host of the base URL', () => {
    const url = buildUrl(parseBaseUrl('https://a.example'), { path: '//evil.example/x' });

    expect(url.host).toBe('a.example');
  });
});

describe('parseBaseUrl', () => {
  it.each(['nonsense', 'ftp://a.example', 'https://u:hush@a.example', 'https://a.example?t=hush'])(
    'refuses %s without quoting it',
    (text) => {
      expect(() => parseBaseUrl(text)).toThrow(
        expect.objectContaining({ code: 'config', message: expect.not.stringContaining('hush') }),
      );
    },
  );
});
