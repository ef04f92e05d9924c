import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { configSchema } from './config.ts';
import { both, withoutOrder } from './jql.ts';
import { issueReferences } from './references.ts';
import { issueIdOf, keyInUrl } from './site-urls.ts';
import { toUtc } from './times.ts';

const siteUrl = 'https://acme.atlassian.net';

describe('a query', () => {
  it.each([
    ['project = A ORDER BY updated DESC', 'project = A'],
    ['text ~ "order by name"', 'text ~ "order by name"'],
    [`summary ~ 'x' order  by key`, `summary ~ 'x'`],
    ['a = "\\" order by b"', 'a = "\\" order by b"'],
  ])('%s is asked for without its order', (jql, expected) => {
    expect(withoutOrder(jql)).toBe(expected);
  });

  it('keeps its meaning beside another one', () => {
    expect(both('a = 1 OR b = 2', 'updated >= 7')).toBe('(a = 1 OR b = 2) AND (updated >= 7)');
    expect(both('project = 1', '')).toBe('project = 1');
  });
});

describe('the key in an address', () => {
  it.each([
    ['/browse/OPS-1', 'OPS-1'],
    ['/browse/ops-1?focusedCommentId=7', 'OPS-1'],
    ['/jira/software/c/projects/OPS/boards/3?selectedIssue=OPS-9', 'OPS-9'],
    ['/jira/software/projects/OPS/issues/OPS-2', 'OPS-2'],
    ['/projects/OPS/issues/OPS-3', 'OPS-3'],
    ['/browse/OPS', undefined],
    ['/wiki/spaces/ENG/pages/1', undefined],
  ])('%s is %s', (path, key) => {
    expect(keyInUrl(siteUrl, siteUrl + path)).toBe(key);
  });

  it('of another site is none', () => {
    expect(keyInUrl(siteUrl, 'https://other.atlassian.net/browse/OPS-1')).toBeUndefined();
  });
});

describe('a link in a text', () => {
  const references = issueReferences({ siteUrl, issueId: '7' });

  it('to an issue is bound late, to a page it stays an address', () => {
    expect(references.url('/browse/OPS-1')).toMatch(/^ctx:name\/OPS-1\?url=https/);
    expect(references.url('/wiki/x')).toBe(`${siteUrl}/wiki/x`);
  });

  it('to a file is by its name, which the editor notes', () => {
    expect(references.media?.({ fileId: 'a', alt: 'x.png' })?.url).toMatch(/^ctx:att\/7%2Fx\.png/);
    expect(references.media?.({ fileId: 'a' })).toBeUndefined();
  });
});

describe('a time', () => {
  it('is the same moment whatever the zone of the account', () => {
    const moments = fc.date({
      min: new Date('2000-01-01'),
      max: new Date('2100-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moments, fc.integer({ min: -12 * 60, max: 14 * 60 }), (moment, offset) => {
        const local = new Date(moment.getTime() + offset * 60_000).toISOString().replace('Z', '');
        const pad = (number: number): string => String(Math.floor(number)).padStart(2, '0');
        const minutes = Math.abs(offset);
        const zone = `${offset < 0 ? '-' : '+'}${pad(minutes / 60)}${pad(minutes % 60)}`;

        expect(toUtc(local + zone)).toBe(moment.toISOString());
      }),
    );
  });
});

it('an id tells its issue, and a key is none', () => {
  expect(['7', 'comment:7:9', 'attachment:7:9', 'OPS-1'].map(issueIdOf)).toEqual([
    '7',
    '7',
    '7',
    undefined,
  ]);
});

describe('the config', () => {
  const auth = { username: 'jane@acme.com', token: 'env:TOKEN' };

  it('takes an address from the browser, keys in any case, and queries by project', () => {
    const config = configSchema.parse({
      baseUrl: `${siteUrl}/browse/OPS-1`,
      auth,
      projects: ['ops', { key: 'web', jql: 'labels = x ORDER BY key' }],
      jql: { name: 'open', query: 'resolution = Unresolved' },
    });

    expect(config).toMatchObject({
      baseUrl: siteUrl,
      projects: [{ key: 'OPS' }, { key: 'WEB', jql: 'labels = x' }],
      jql: { name: 'open', query: 'resolution = Unresolved' },
    });
  });

  it.each([
    [{ baseUrl: 'http://acme.atlassian.net' }, 'baseUrl'],
    [{ baseUrl: 'https://api.atlassian.com/ex/jira/x' }, 'baseUrl'],
    [{ projects: [] }, 'projects'],
    [{ jql: 'ORDER BY key' }, 'jql'],
    [{ jql: { name: '../x', query: 'a = 1' } }, 'jql.name'],
    [{ project: 'OPS' }, ''],
  ])('refuses %j at its field', (fields, path) => {
    const read = configSchema.safeParse({ baseUrl: siteUrl, auth, ...fields });

    expect(read.error?.issues[0]?.path.join('.')).toBe(path);
  });
});
