import type { FetchEvent } from '@context-sync/core';
import { describe, expect, it } from 'vitest';

import { deployments } from './__fixtures__/deployments.ts';
import {
  addPages,
  collect,
  readScopes,
  textOf,
  type TestConnector,
  type World,
} from './__fixtures__/harness.ts';

describe.each(deployments)('fetch-documents on $name', ({ startWorld, asked, isCloud }) => {
  async function fetchIn(
    world: World,
    connector: TestConnector,
    ids: readonly string[],
  ): Promise<FetchEvent[]> {
    const [scope] = await readScopes(connector, world);
    if (scope === undefined) return expect.fail('There is no scope.');
    world.takeRequests();
    return collect(connector.fetch(ids, scope, world.call));
  }

  /** `upsert` or the reason of a deletion, by id. */
  function verdicts(events: readonly FetchEvent[]): Record<string, string> {
    return Object.fromEntries(
      events.map((event) => {
        if (event.type === 'upsert') return [event.document.id, `upsert in ${event.scope}`];
        if (event.type === 'parts') return [event.of, event.type];
        return [event.id, event.type === 'delete' ? event.reason : event.type];
      }),
    );
  }

  describe('fetch', () => {
    it('tells what is there, moved, archived, in the trash and unknown apart', async () => {
      const world = await startWorld();
      const { site } = world;
      const eng = site.spaces.get('ENG').id;
      const hr = site.addSpace({ key: 'HR', name: 'People' });
      site.addSpace({ key: 'OUT', name: 'Not selected' });
      const [
        here = '',
        moved = '',
        out = '',
        archived = '',
        trashed = '',
        purged = '',
        hidden = '',
      ] = addPages(site, 7);
      const post = site.addPage({ space: 'ENG', title: 'News', kind: 'blogpost' });
      const folder = site.addPage({ space: 'ENG', title: 'Guides', kind: 'folder' });
      site.move(moved, { space: 'HR' });
      site.move(out, { space: 'OUT' });
      site.archive(archived);
      site.trash(trashed);
      site.purge(purged);
      site.restrict(hidden);
      const ids = [here, moved, out, archived, trashed, purged, hidden, post, `folder:${folder}`];

      const events = await fetchIn(world, world.connect({ spaces: ['ENG', 'HR'] }), [
        ...ids,
        'folder:1',
        'no-id',
        '9'.repeat(40),
        'page:7',
        '',
      ]);

      expect(verdicts(events)).toEqual({
        [here]: `upsert in ${eng}`,
        [moved]: `upsert in ${hr}`,
        [out]: 'moved-out',
        ...(isCloud ? { [archived]: 'moved-out' } : {}),
        [trashed]: 'trashed',
        [post]: `upsert in ${eng}`,
        ...(isCloud ? { [`folder:${folder}`]: `upsert in ${eng}` } : {}),
      });
    });

    it('gives the text and the same document as a sync would', async () => {
      const world = await startWorld();
      const [id = ''] = addPages(world.site, 1);

      const [event] = await fetchIn(world, world.connect(), [id]);

      if (event?.type !== 'upsert') return expect.fail(JSON.stringify(event));
      expect(event.document.revision).toBe('1@ENG');
      expect((await textOf(event.document, world.call)).markdown).toBe('Text 0\n');
    });

    it.runIf(isCloud)('keeps archived pages and drops posts as the config says', async () => {
      const world = await startWorld();
      const [archived = ''] = addPages(world.site, 1);
      const post = world.site.addPage({ space: 'ENG', title: 'News', kind: 'blogpost' });
      world.site.archive(archived);
      const connector = world.connect({ includeArchived: true, blogPosts: false });

      const events = await fetchIn(world, connector, [archived, post]);

      expect(verdicts(events)).toEqual({
        [archived]: expect.stringContaining('upsert'),
        [post]: 'moved-out',
      });
    });

    it('asks for 250 ids at once, pages first', async () => {
      const world = await startWorld();
      const ids = addPages(world.site, 300);
      for (const id of ids.slice(0, 260)) world.site.purge(id);

      const events = await fetchIn(world, world.connect(), ids);

      expect(events).toHaveLength(40);
      // Of ids that are all gone it is asked whether the server understood the question.
      expect(world.takeRequests()).toHaveLength(isCloud ? 4 : 5);
    });

    it('throws when the service cannot answer, which proves nothing', async () => {
      const world = await startWorld();
      const ids = addPages(world.site, 3);
      world.sandbox.faults = [{ when: { path: asked.pagesById }, what: { kind: 'revoked-token' } }];

      await expect(fetchIn(world, world.connect(), ids)).rejects.toMatchObject({ code: 'auth' });
    });

    it('gives failures for texts that cannot be sent', async () => {
      const world = await startWorld();
      const ids = addPages(world.site, 2);
      const what = { kind: 'server-error' as const, status: 500 as const };
      world.sandbox.faults = [{ when: { path: asked.texts }, what }];

      const events = await fetchIn(world, world.connect(), ids);

      expect(events).toMatchObject(ids.map((id) => ({ type: 'failure', id })));
    });
  });
});
