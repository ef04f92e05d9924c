import { describe, expect, it } from 'vitest';

import { deployments } from './__fixtures__/deployments.ts';
import {
  collect,
  collectUntilFailure,
  documentsOf,
  makeContext,
  Mirror,
} from './__fixtures__/harness.ts';
import { type OddServer, oddServersOf, withPages } from './__fixtures__/odd-server.ts';
import { ConfluenceConnector } from './connector.ts';
import type { SpaceEvent } from './cursor.ts';

const call = { signal: new AbortController().signal, logger: makeLogger() };

function makeLogger() {
  const nothing = (): void => undefined;
  return { debug: nothing, info: nothing, warn: nothing, error: nothing };
}

function sync({ connector, scope }: OddServer): AsyncIterable<SpaceEvent> {
  return new Mirror().run(connector, { scope, mode: 'incremental', call });
}

describe.each(deployments)('on $name', ({ isCloud }) => {
  const { startOddServer, pageRow } = oddServersOf(isCloud);

  describe('a list', () => {
    it('with a row of another space is not of this space at all', async () => {
      const server = await startOddServer(
        withPages([pageRow('1'), pageRow('2', { spaceId: '8' })]),
      );

      const { events, error } = await collectUntilFailure(sync(server));

      expect(error).toMatchObject({ code: 'transient', message: expect.stringContaining('ENG') });
      expect(events).not.toContainEqual(expect.objectContaining({ state: 'complete' }));
    });

    it('with a row that cannot be read names it, or says that something is unknown', async () => {
      const rows = [pageRow('1', { version: null }), { title: 'Nameless' }, null, pageRow('2')];
      const server = await startOddServer(withPages(rows));

      const events = await collect(sync(server));

      const failures = events.filter(({ type }) => type === 'failure');
      expect(failures.map((event) => 'id' in event && event.id)).toEqual(['1', false, false]);
      expect(documentsOf(events).map(({ id }) => id)).toEqual(['2']);
    });

    it('with statuses that nobody asked for gives only those asked for', async () => {
      const rows = ['current', 'draft', 'archived', 'historical', 'trashed'].map((status, index) =>
        pageRow(String(index + 1), { status }),
      );
      const server = await startOddServer(withPages(rows));

      expect(documentsOf(await collect(sync(server))).map(({ id }) => id)).toEqual(['1']);
    });

    it('without the texts that were asked for gives no empty documents', async () => {
      const rows = [pageRow('1', { body: {} }), pageRow('2', { body: { storage: { value: '' } } })];
      const server = await startOddServer(withPages(rows));

      const events = await collect(sync(server));

      expect(events.filter(({ type }) => type === 'failure')).toMatchObject([{ id: '1' }]);
      expect(documentsOf(events).map(({ id }) => id)).toEqual(['2']);
    });

    it.runIf(isCloud)('with ADF that is no document gives no empty documents', async () => {
      const values = ['', 'null', '{"type":"doc"', '{"version":1}', '{"type":"doc","content":[]}'];
      const rows = values.map((value, index) =>
        pageRow(String(index + 1), { body: { atlas_doc_format: { value } } }),
      );
      const server = await startOddServer(withPages(rows), { body: 'adf' });

      const events = await collect(sync(server));

      expect(events.filter(({ type }) => type === 'failure')).toMatchObject(
        ['1', '2', '3', '4'].map((id) => ({ id })),
      );
      expect(documentsOf(events).map(({ id }) => id)).toEqual(['5']);
    });

    it.runIf(isCloud).each([
      ['in its body', (next: string) => ({ body: { results: [pageRow('1')], _links: { next } } })],
      [
        'in a header',
        (next: string) => ({
          body: { results: [pageRow('1')] },
          headers: { link: `<${next}>; rel="next"` },
        }),
      ],
    ])('that names the next page %s is asked for it at our own address', async (_where, first) => {
      const server = await startOddServer((url) => {
        if (!url.pathname.endsWith('/pages')) return { body: { results: [] } };
        if (url.searchParams.has('cursor')) return { body: { results: [pageRow('2')] } };
        return first('https://elsewhere.example/steal?cursor=a%2Bb%3D&limit=1');
      });

      const events = await collect(sync(server));

      expect(documentsOf(events).map(({ id }) => id)).toEqual(['1', '2']);
      expect(server.requests[1]).toContain(
        '/wiki/api/v2/spaces/9/pages?status=current&sort=id&limit=250',
      );
      expect(server.requests[1]).toContain('cursor=a+b=');
    });

    it.each([
      [{ results: [pageRow('1')], _links: { next: '/wiki/api/v2/pages?limit=1' } }],
      [{ results: [pageRow('1')], _links: { next: '' } }],
      [{ rows: [] }],
      [[]],
      [null],
    ])('that reads %j fails', async (body) => {
      const server = await startOddServer(() => ({ body }));

      const { events, error } = await collectUntilFailure(sync(server));

      expect(error.code).toBe('transient');
      expect(events).not.toContainEqual(expect.objectContaining({ state: 'complete' }));
    });

    it.each([
      // Of Data Center that is the end: it gives such links behind the last row.
      ...(isCloud ? ([['no row', []]] as const) : []),
      ['the same row', [pageRow('1')]] as const,
    ])('that goes on for ever with %s ends as failed', async (_what, results) => {
      let count = 0;
      const server = await startOddServer(() => {
        count += 1;
        return { body: { results, _links: { next: `/wiki/api/v2/pages?cursor=${count}` } } };
      });

      const { events, error } = await collectUntilFailure(sync(server));

      expect(error.code).toBe('transient');
      expect(events).not.toContainEqual(expect.objectContaining({ state: 'complete' }));
      expect(server.requests.length).toBeLessThan(30);
    });

    it.runIf(isCloud)('that ignores which ids were asked for fails', async () => {
      const server = await startOddServer(withPages([pageRow('1'), pageRow('2')]));
      const { connector, scope } = server;

      await expect(collect(connector.fetch(['1'], scope, call))).rejects.toMatchObject({
        code: 'transient',
      });
    });
  });

  describe('an id', () => {
    it.runIf(isCloud)(
      'that the service refuses does not keep the others from being read',
      async () => {
        const server = await startOddServer(({ pathname, searchParams }) => {
          const ids = searchParams.getAll('id');
          if (ids.includes('666')) return { status: 400, body: { errors: [{ title: 'Bad id' }] } };
          const isPages = pathname.endsWith('/pages');
          return { body: { results: isPages ? ids.map((id) => pageRow(id)) : [] } };
        });
        const { connector, scope } = server;

        const events = await collect(connector.fetch(['1', '2', '666', '3', '4'], scope, call));

        expect(documentsOf(events).map(({ id }) => id)).toEqual(['1', '2', '3', '4']);
      },
    );
  });

  describe('a parent that is no page', () => {
    it.runIf(isCloud).each(['whiteboard', 'database', 'embed', 'folder'])(
      'is read as %s',
      async (parentType) => {
        const path = {
          whiteboard: 'whiteboards',
          database: 'databases',
          embed: 'embeds',
          folder: 'folders',
        };
        const server = await startOddServer(({ pathname }) => {
          if (pathname.endsWith('/pages'))
            return { body: { results: [pageRow('1', { parentId: '5', parentType })] } };
          const isNode = pathname === `/wiki/api/v2/${path[parentType as keyof typeof path]}/5`;
          return {
            body: isNode ? { id: 5, title: 'Ideas', version: { number: 2 } } : { results: [] },
          };
        });

        const documents = documentsOf(await collect(sync(server)));

        expect(documents).toMatchObject([
          { id: '1', parent: `${parentType}:5` },
          { id: `${parentType}:5`, kind: parentType, title: 'Ideas', parent: null, revision: '2' },
        ]);
      },
    );
  });

  describe('check', () => {
    it('takes a visitor without an account for a refused token', async () => {
      const { connector } = await startOddServer(() => ({ body: { type: 'anonymous' } }));

      const report = await connector.check(call);

      expect(report).toMatchObject({ checks: [{ status: 'failed', error: { code: 'auth' } }] });
      expect(report.identity).toBeUndefined();
    });

    it('says that there is no Confluence where nothing answers for it', async () => {
      const { connector } = await startOddServer(() => ({ status: 404, body: '<html>?</html>' }));

      const report = await connector.check(call);

      expect(report.checks[0]).toMatchObject({
        status: 'failed',
        message: expect.stringContaining('There is no Confluence at http://127.0.0.1:'),
        error: { code: 'config' },
      });
    });

    it('fails with the reason when the token cannot be found', async () => {
      const { connector } = await startOddServer(() => ({ body: {} }));
      const context = { ...makeContext('token'), secrets: { get: async () => undefined } };

      const report = await new ConfluenceConnector(connector.config, context).check(call);

      expect(report.checks[0]).toMatchObject({ status: 'failed', error: { code: 'auth' } });
    });
  });
});
