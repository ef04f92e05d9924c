import { describe, expect, it } from 'vitest';

import {
  bearer,
  bearerHeader,
  bearerSecrets,
  startAccessWorld,
} from './__fixtures__/access-world.ts';
import { deployments } from './__fixtures__/deployments.ts';
import { refusals, type Rule, wants } from './__fixtures__/gatekeeper.ts';
import {
  addPages,
  collect,
  collectUntilFailure,
  Mirror,
  readScopes,
} from './__fixtures__/harness.ts';
import type { SpaceEvent } from './cursor.ts';

describe.each(deployments)('on $name', ({ startWorld, asked, stranger, isCloud }) => {
  const good = wants(bearerHeader.name, bearerHeader.value, stranger);

  /** A mirrored space, and the sync of it in which the host begins to follow another rule. */
  async function syncUntil(route: RegExp, change: Rule) {
    const world = await startAccessWorld({ site: good }, startWorld);
    const ids = addPages(world.site, 5);
    const folder = world.site.addPage({ space: 'ENG', title: 'Empty', kind: 'folder' });
    const mirror = new Mirror();
    await mirror.sync(world, world.connectWith(bearer, bearerSecrets));
    // Each run has a connector of its own, which remembers what it searched for.
    const connector = world.connectWith(bearer, bearerSecrets);
    const [scope] = await readScopes(connector, world);
    if (scope === undefined) return expect.fail('There is no scope.');
    for (const id of ids) world.site.edit(id, '<p>New</p>');
    const what = { kind: 'listing' as const, rows: 2 };
    world.sandbox.faults = [{ when: { path: asked.pages }, what }];

    let hasChanged = false;
    world.siteHost.rule = (request) => {
      hasChanged ||= route.test(`${request.path}?${request.query.toString()}`);
      return hasChanged ? change(request) : good(request);
    };
    const run = mirror.run(connector, { scope, mode: 'incremental', call: world.call });
    const result = await collectUntilFailure(run);
    return { ...result, world, connector, scope, ids: [...ids, `folder:${folder}`] };
  }

  function expectNothingGone(events: readonly SpaceEvent[], kind: string): void {
    expect(events.filter(({ type }) => type === 'delete')).toEqual([]);
    const completed = events.flatMap((event) =>
      event.type === 'listing' && event.state === 'complete' ? (event.kinds ?? []) : [],
    );
    expect(completed).not.toContain(kind);
  }

  const moments = [
    ['on the second page of the list', asked.morePages, 'page'],
    ['while texts are read', asked.pagesById, 'page'],
    ['before the posts', asked.posts, 'blogpost'],
    ['before the first search', /content\/search/, isCloud ? 'folder' : 'footer-comment'],
  ] as const;

  const changes: readonly (readonly [string, Rule, string])[] = [
    ['is revoked', stranger, 'auth'],
    ...(isCloud
      ? ([['is refused by the gateway', () => refusals.gatewayStranger, 'auth']] as const)
      : []),
    ['is shown a login page', () => refusals.loginPage, 'auth'],
  ];

  describe('a token that half way', () => {
    it.each(
      changes.flatMap(([what, rule, code]) =>
        moments.map(([when, route, kind]) => ({ what, when, rule, route, kind, code })),
      ),
    )('$what $when takes nothing with it', async ({ rule, route, kind, code }) => {
      const { events, error } = await syncUntil(route, rule);

      expect(error.code).toBe(code);
      expectNothingGone(events, kind);
    });

    it.each(changes)('%s proves of no document that it is gone', async (_what, rule) => {
      const { world, connector, scope, ids } = await syncUntil(asked.posts, rule);
      world.siteHost.rule = rule;

      await expect(collect(connector.fetch(ids, scope, world.call))).rejects.toMatchObject({
        code: 'auth',
      });
    });

    it.runIf(isCloud)('loses a scope says which, and takes nothing with it', async () => {
      const lost: Rule = ({ path }) => (path.includes('/pages') ? refusals.scope : undefined);

      const { events, error } = await syncUntil(asked.morePages, lost);

      expect(error).toMatchObject({
        code: 'auth',
        message: expect.stringContaining('read:page:confluence'),
      });
      expectNothingGone(events, 'page');
    });
  });

  describe('a space that half way', () => {
    it.each([
      [
        'is not there any more',
        isCloud ? refusals.spaceGone : refusals.noServerSpace,
        'scope_gone',
      ],
      ['may not be viewed any more', refusals.noPermission, 'permission'],
    ])('%s stops alone, and no document goes', async (_what, refusal, code) => {
      const hidden: Rule = (request) =>
        /\/spaces\/\d+\/|\/content$/.test(request.path) ? refusal : good(request);

      const { events, error } = await syncUntil(asked.morePages, hidden);

      expect(error.code).toBe(code);
      expect(error.hint).toMatch(/access|allowed/);
      expectNothingGone(events, 'page');
    });
  });
});
