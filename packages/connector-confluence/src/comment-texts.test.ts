import { expect, it } from 'vitest';

import { collect, documentsOf, textOf } from './__fixtures__/harness.ts';
import { pageRow, startOddServer } from './__fixtures__/odd-server.ts';

it('a comment whose text the search leaves out is read by its id', async () => {
  const version = { number: 1, createdAt: '2026-01-05T09:00:00.000Z' };
  const hit = {
    id: '77',
    type: 'comment',
    title: 'Re: Page 1',
    space: { id: '9' },
    container: { id: '1', type: 'page' },
    version: { number: 1, when: version.createdAt },
    extensions: { location: 'footer' },
  };
  const body = { storage: { representation: 'storage', value: '<p>It is here.</p>' } };
  const comment = { id: '77', pageId: '1', status: 'current', version, body };
  const { connector, scope } = await startOddServer(({ pathname, searchParams }) => {
    if (pathname.endsWith('/footer-comments/77')) return { body: comment };
    const isSearch = searchParams.get('cql')?.includes('type=comment') ?? false;
    if (isSearch) return { body: { results: [hit] } };
    return { body: { results: pathname.endsWith('/pages') ? [pageRow('1')] : [] } };
  });
  const known = { revision: () => undefined, count: () => 0, people: () => [] };
  const call = {
    signal: new AbortController().signal,
    logger: { debug: noLog, info: noLog, warn: noLog, error: noLog },
  };

  const request = { scope, mode: 'full', reconcile: false, known } as const;
  const documents = documentsOf(await collect(connector.sync(request, call)));

  const found = documents.find(({ id }) => id === 'footer-comment:77');
  if (found === undefined) return expect.fail('The comment is missing.');
  expect((await textOf(found, call)).markdown).toBe('It is here.\n');
});

function noLog(): void {}
