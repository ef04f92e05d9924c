import { describe, expect, it } from 'vitest';

import { deployments } from './__fixtures__/deployments.ts';
import { collect, readScopes, type World } from './__fixtures__/harness.ts';

describe.each(deployments)('spaces on $name', ({ startWorld, isCloud }) => {
  async function startCompany(): Promise<World> {
    const world = await startWorld();
    const { site } = world;
    site.addSpace({ key: 'HR', name: 'People' });
    site.addSpace({ key: 'OLD', name: 'Old' });
    site.addSpace({ key: '~ada', name: 'Ada', type: 'personal' });
    site.addSpace({ key: 'KB', name: 'Help', type: 'knowledge_base' });
    site.archiveSpace('OLD');
    return world;
  }

  describe('scopes', () => {
    it('gives the named spaces in config order with one request', async () => {
      const world = await startCompany();
      const connector = world.connect({ spaces: ['HR', 'eng', 'HR'] });

      const events = await collect(connector.scopes(world.call));

      expect(events).toEqual([
        expect.objectContaining({ type: 'scope' }),
        {
          type: 'scope',
          scope: {
            id: world.site.spaces.get('ENG').id,
            slug: 'ENG',
            title: 'Engineering',
            kind: 'space',
            url: `${world.sandbox.url}/${isCloud ? 'spaces' : 'display'}/ENG`,
            data: { key: 'ENG', homepageId: world.site.idOf('ENG', 'Engineering') },
          },
        },
        { type: 'complete' },
      ]);
      expect(world.takeRequests()).toHaveLength(1);
    });

    it('asks for 250 keys at once, and follows where fewer rows are given', async () => {
      const world = await startWorld();
      const spaces = Array.from({ length: 260 }, (_, index) => `K${index}`);
      for (const key of spaces) world.site.addSpace({ key, name: key });

      const scopes = await readScopes(world.connect({ spaces }), world);

      expect(scopes.map(({ slug }) => slug)).toEqual(spaces);
      expect(world.takeRequests()).toHaveLength(isCloud ? 2 : 3);
    });

    it('reads a named space also when it is archived or personal', async () => {
      const world = await startCompany();

      const scopes = await readScopes(world.connect({ spaces: ['OLD', '~ada'] }), world);

      expect(scopes.map(({ slug }) => slug)).toEqual(['OLD', '~ada']);
    });

    it.each([
      [{}, ['ENG', 'HR', 'KB']],
      [{ personalSpaces: true }, ['ENG', 'HR', 'KB', '~ada']],
      [{ includeArchived: true }, ['ENG', 'HR', 'KB', 'OLD']],
    ])('with "all" and %j gives %j', async (options, expected) => {
      const world = await startCompany();

      const scopes = await readScopes(world.connect({ spaces: 'all', ...options }), world);

      expect(scopes.map(({ slug }) => slug)).toEqual(expected);
      expect(world.takeRequests()).toHaveLength(1);
    });

    it('shows a user who is choosing every space', async () => {
      const world = await startCompany();

      const events = await collect(world.connect().scopes(world.call, { all: true }));

      const slugs = events.flatMap((event) => (event.type === 'scope' ? [event.scope.slug] : []));
      expect(slugs).toEqual(['ENG', 'HR', 'KB', 'OLD', '~ada']);
    });

    it('names an unknown key and the nearest one, and goes on with the others', async () => {
      const world = await startCompany();

      const events = await collect(world.connect({ spaces: ['EGN', 'HR'] }).scopes(world.call));

      expect(events).toMatchObject([
        {
          type: 'unavailable',
          slug: 'EGN',
          error: { code: 'config', message: expect.stringContaining('Did you mean ENG?') },
        },
        { type: 'scope', scope: { slug: 'HR' } },
        { type: 'complete' },
      ]);
      expect(world.takeRequests()).toHaveLength(2);
    });

    it('names an unknown key also when the suggestion cannot be had', async () => {
      const world = await startCompany();
      world.sandbox.faults = [{ when: { from: 2 }, what: { kind: 'server-error', status: 500 } }];

      const events = await collect(world.connect({ spaces: ['EGN'] }).scopes(world.call));

      expect(events).toMatchObject([{ type: 'unavailable', slug: 'EGN' }, { type: 'complete' }]);
    });

    it('finds a space by its new key and keeps its id', async () => {
      const world = await startCompany();
      const [before] = await readScopes(world.connect({ spaces: ['HR'] }), world);
      world.site.renameSpaceKey('HR', 'PEOPLE');

      const [after] = await readScopes(world.connect({ spaces: ['PEOPLE'] }), world);

      expect(after).toMatchObject({ id: before?.id, slug: 'PEOPLE' });
    });

    it.each([
      [{ kind: 'revoked-token' as const }, 'auth'],
      [{ kind: 'login-page' as const }, 'auth'],
      [{ kind: 'server-error' as const, status: 503 as const }, 'transient'],
      [{ kind: 'listing' as const, repeatedCursor: true }, 'transient'],
    ])('fails with %j, which is not the same as no space', async (what, code) => {
      const world = await startCompany();
      world.sandbox.faults = [{ when: {}, what }];

      await expect(collect(world.connect().scopes(world.call))).rejects.toMatchObject({ code });
    });
  });
});
