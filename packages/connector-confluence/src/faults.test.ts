import type { Fault, FaultKind } from '@context-sync/sandbox';
import { describe, expect, it } from 'vitest';

import { deployments } from './__fixtures__/deployments.ts';
import {
  addPages,
  collectUntilFailure,
  documentsOf,
  Mirror,
  readScopes,
  textOf,
  type World,
} from './__fixtures__/harness.ts';
import type { SpaceEvent } from './cursor.ts';

describe.each(deployments)('faults on $name', ({ startWorld, asked, isCloud }) => {
  /** Lists come in pieces of two rows. */
  const short: Fault = { when: { path: asked.pages }, what: { kind: 'listing', rows: 2 } };

  /** A mirrored space of several list pages, and the sync of it that a fault hits. */
  async function syncUnder(fault: Fault): Promise<{ events: SpaceEvent[]; code: string }> {
    const world = await startWorld();
    addPages(world.site, 5);
    const connector = world.connect();
    const [scope] = await readScopes(connector, world);
    if (scope === undefined) return expect.fail('There is no scope.');
    const mirror = new Mirror();
    await mirror.sync(world, connector);
    for (const id of mirror.documents.keys()) world.site.edit(id, '<p>New</p>');

    world.sandbox.faults = [short, fault];
    const run = mirror.run(connector, { scope, mode: 'incremental', call: world.call });
    const { events, error } = await collectUntilFailure(run);
    return { events, code: error.code };
  }

  function expectNothingGone(events: readonly SpaceEvent[], kind: string): void {
    expect(events.filter(({ type }) => type === 'delete')).toEqual([]);
    const completed = events.flatMap((event) =>
      event.type === 'listing' && event.state === 'complete' ? (event.kinds ?? []) : [],
    );
    expect(completed).not.toContain(kind);
  }

  const breaks: readonly (readonly [FaultKind, string])[] = [
    [{ kind: 'server-error', status: 500 }, 'transient'],
    [{ kind: 'server-error', status: 503 }, 'transient'],
    [{ kind: 'rate-limit', retryAfter: 3600 }, 'rate_limited'],
    [{ kind: 'reset' }, 'transient'],
    [{ kind: 'truncated-body' }, 'transient'],
    [{ kind: 'login-page' }, 'auth'],
    [{ kind: 'revoked-token' }, 'auth'],
    [{ kind: 'missing-scope' }, 'auth'],
    [{ kind: 'listing', repeatedCursor: true }, 'transient'],
    [{ kind: 'listing', rows: 0 }, 'transient'],
  ];

  describe('a sync that is hit by', () => {
    it.each(breaks)(
      '%j on the second page of a list ends without a word on the rest',
      async (what, code) => {
        const result = await syncUnder({ when: { path: asked.morePages }, what });

        expect(result.code).toBe(code);
        expectNothingGone(result.events, 'page');
      },
    );

    it.each(breaks.slice(0, 8))('%j while texts are read ends the same way', async (what, code) => {
      const result = await syncUnder({ when: { path: asked.pagesById }, what });

      expect(result.code).toBe(code);
      expectNothingGone(result.events, 'page');
    });

    it.each(breaks.slice(0, 8))('%j in the list of posts keeps the posts', async (what, code) => {
      const result = await syncUnder({ when: { path: asked.posts }, what });

      expect(result.code).toBe(code);
      expectNothingGone(result.events, 'blogpost');
    });

    it.runIf(isCloud).each([400, 410] as const)(
      'an expired cursor (%i) ends as failed',
      async (status) => {
        const result = await syncUnder({ when: {}, what: { kind: 'expired-cursor', status } });

        expect(result.code).toBe('cursor_invalid');
        expectNothingGone(result.events, 'page');
      },
    );
  });

  async function syncFresh(
    faults: readonly Fault[],
    count = 4,
  ): Promise<{ world: World; events: SpaceEvent[]; ids: string[] }> {
    const world = await startWorld();
    const home = world.site.idOf('ENG', 'Engineering');
    const ids = [home, ...addPages(world.site, count)];
    world.sandbox.faults = faults;
    return { world, ids, events: await new Mirror().sync(world, world.connect()) };
  }

  describe('a list', () => {
    it('may be cut into short pages', async () => {
      const what = { kind: 'listing' as const, rows: 2 };
      const { events, ids } = await syncFresh([{ when: { path: asked.pages }, what }]);

      expect(documentsOf(events).map(({ id }) => id)).toEqual(ids);
      expect(events).toContainEqual(
        expect.objectContaining({ kinds: ['page'], authoritative: true }),
      );
    });

    it('that gives a row twice may have left another out, so nothing goes by it', async () => {
      const what = { kind: 'listing' as const, duplicateRow: true };
      const { events, ids } = await syncFresh([{ when: { path: asked.pages }, what }]);

      expect(documentsOf(events).map(({ id }) => id)).toEqual(ids);
      expect(events).toContainEqual(
        expect.objectContaining({ state: 'complete', kinds: ['page'], authoritative: false }),
      );
      expect(events).toContainEqual(expect.objectContaining({ code: 'listing-doubtful' }));
    });

    it('too heavy for one answer is read in smaller ones, then in larger ones again', async () => {
      const path = /limit=(250|125|62|31)&.*body/;
      const what = { kind: 'server-error' as const, status: 500 as const };
      const { events, ids, world } = await syncFresh([{ when: { path, times: 4 }, what }], 40);

      expect(documentsOf(events).map(({ id }) => id)).toEqual(ids);
      const limits = world
        .takeRequests()
        .flatMap((url) => (asked.pages.test(url) ? (/limit=(\d+)/.exec(url)?.[1] ?? []) : []));
      expect(limits).toEqual(['250', '125', '62', '31', '15', '30']);
    });

    it('whose service is away is not asked for in ever smaller pieces', async () => {
      const world = await startWorld();
      addPages(world.site, 40);
      const connector = world.connect();
      const [scope] = await readScopes(connector, world);
      if (scope === undefined) return expect.fail('There is no scope.');
      world.takeRequests();
      world.sandbox.faults = [{ when: {}, what: { kind: 'server-error', status: 504 } }];

      const run = new Mirror().run(connector, { scope, mode: 'full', call: world.call });
      const { error } = await collectUntilFailure(run);

      expect(error.code).toBe('transient');
      // Two tries with texts, two for a single row without.
      const limits = world.takeRequests().map((url) => /limit=(\d+)/.exec(url)?.[1]);
      expect(limits).toEqual(['250', '250', '1', '1']);
    });

    it('that takes a gateway too long is read in smaller pieces', async () => {
      const what = { kind: 'server-error' as const, status: 504 as const };
      const { events, ids } = await syncFresh([
        { when: { withBodies: true, limitOver: 20 }, what },
      ]);

      expect(documentsOf(events).map(({ id }) => id)).toEqual(ids);
    });

    it('with texts that cannot be sent names the documents and gives no empty ones', async () => {
      const what = { kind: 'server-error' as const, status: 500 as const };
      const { events, ids } = await syncFresh([{ when: { path: asked.texts }, what }], 2);

      const failed = events.flatMap((event) => (event.type === 'failure' ? [event.id] : []));
      expect(failed).toEqual(ids);
      expect(documentsOf(events)).toEqual([]);
    });
  });

  describe('texts read by id', () => {
    it('are not asked for in ever smaller batches of a service that is away', async () => {
      const world = await startWorld();
      const connector = world.connect();
      const [scope] = await readScopes(connector, world);
      if (scope === undefined) return expect.fail('There is no scope.');
      const mirror = new Mirror();
      const ids = addPages(world.site, 40);
      await mirror.sync(world, connector);
      for (const id of ids) world.site.edit(id, '<p>New</p>');
      const path = asked.pagesById;
      world.sandbox.faults = [{ when: { path }, what: { kind: 'server-error', status: 504 } }];
      world.takeRequests();

      const run = mirror.run(connector, { scope, mode: 'incremental', call: world.call });
      const { error } = await collectUntilFailure(run);

      expect(error.code).toBe('transient');
      expect(world.takeRequests().filter((url) => asked.pagesById.test(url))).toHaveLength(4);
    });

    it('are asked for in smaller batches when one of them is too heavy', async () => {
      const world = await startWorld();
      const connector = world.connect();
      const mirror = new Mirror();
      const ids = addPages(world.site, 5);
      await mirror.sync(world, connector);
      for (const id of ids) world.site.edit(id, '<p>New</p>');
      const heavy = ids[3] ?? '';
      const path = new RegExp(`[?&]ids?=${heavy}.*(body-format|body.storage)`);
      world.sandbox.faults = [{ when: { path }, what: { kind: 'server-error', status: 500 } }];

      const events = await mirror.sync(world, connector);

      expect(events.filter(({ type }) => type === 'failure')).toMatchObject([{ id: heavy }]);
      const changed = documentsOf(events).filter(({ revision }) => revision.startsWith('2@'));
      expect(changed.map(({ id }) => id)).toEqual(ids.filter((id) => id !== heavy));
    });

    it('that are missing from the answer are failures, not deletions', async () => {
      const world = await startWorld();
      const connector = world.connect();
      const mirror = new Mirror();
      const [lost = '', other = ''] = addPages(world.site, 2);
      await mirror.sync(world, connector);
      for (const id of [lost, other]) world.site.edit(id, '<p>New</p>');
      const what = { kind: 'listing' as const, missingIds: [lost] };
      world.sandbox.faults = [{ when: { path: asked.pagesById }, what }];

      const events = await mirror.sync(world, connector);

      expect(events.filter(({ type }) => type === 'failure')).toMatchObject([{ id: lost }]);
      expect(documentsOf(events).find(({ id }) => id === other)?.revision).toBe('2@ENG');
    });

    it('can be read alone, for a mirror that lost its own', async () => {
      const world = await startWorld();
      const connector = world.connect();
      const mirror = new Mirror();
      const [id = ''] = addPages(world.site, 1);
      await mirror.sync(world, connector);
      const events = await mirror.sync(world, connector);
      const document = documentsOf(events).find((each) => each.id === id);
      if (document === undefined) return expect.fail('It was not listed.');

      world.site.restrict(id);

      await expect(textOf(document, world.call)).rejects.toMatchObject({ code: 'transient' });
    });
  });
});
