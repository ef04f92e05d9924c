import type { Check } from '@context-sync/core';
import { describe, expect, it } from 'vitest';

import {
  bearer,
  bearerHeader,
  bearerSecrets,
  startAccessWorld,
} from './__fixtures__/access-world.ts';
import { deployments } from './__fixtures__/deployments.ts';
import { refusals, type Rule, wants, wantsScopes } from './__fixtures__/gatekeeper.ts';
import { addPages } from './__fixtures__/harness.ts';
import { tokenScopes } from './token-scopes.ts';

const basic = { auth: { username: 'ada@example.com', token: 'env:TOKEN' } };
const basicSecrets = { 'auth.token': 'basic-4711' };
const pair = Buffer.from('ada@example.com:basic-4711').toString('base64');
function troubles(checks: readonly Check[]): Check[] {
  return checks.filter(({ status }) => status !== 'passed');
}

describe.each(deployments)('on $name', ({ startWorld, asked, stranger, isCloud }) => {
  const basicRule = wants('authorization', `Basic ${pair}`, stranger);

  /** The rule of a good account, and what it is refused besides. */
  function except(route: RegExp, refusal: ReturnType<Rule>): Rule {
    return (request) =>
      basicRule(request) ??
      (route.test(`${request.path}?${request.query.toString()}`) ? refusal : undefined);
  }

  describe('doctor tells', () => {
    it('that all is well, and what it looked at', async () => {
      const world = await startAccessWorld({ site: basicRule }, startWorld);

      const { identity, checks } = await world.examine(basic, basicSecrets);

      expect(identity?.label).toContain('Ada Okafor');
      expect(checks.map(({ id, status }) => `${id}: ${status}`)).toEqual([
        'credentials: passed',
        'search: passed',
        'space ENG: passed',
      ]);
      expect(world.siteHost.requests).toHaveLength(4);
    });

    it.each([
      [{ include: { labels: ['howto'] } }, 'passed', ''],
      [{ exclude: { cql: 'colour = red' } }, 'failed', 'colour'],
      [{ include: { ancestors: ['4711'] } }, 'failed', '4711'],
    ])('whether %j can be asked', async (filter, status, word) => {
      const world = await startAccessWorld({ site: basicRule }, startWorld);

      const { checks } = await world.examine({ ...basic, ...filter }, basicSecrets);

      expect(checks.filter(({ id }) => id === 'include and exclude')).toEqual([
        expect.objectContaining({ status }),
      ]);
      expect(JSON.stringify(checks)).toContain(word);
    });

    it('a bad token', async () => {
      const world = await startAccessWorld({ site: basicRule }, startWorld);

      const { checks, identity } = await world.examine(basic, { 'auth.token': 'old-4711' });

      expect(identity).toBeUndefined();
      expect(checks).toMatchObject([
        {
          id: 'credentials',
          status: 'failed',
          message: expect.stringContaining(
            isCloud
              ? 'lets nobody in with this e-mail address and token'
              : 'refused this user name and password',
          ),
          fix: expect.stringContaining(
            isCloud ? 'make a new token at https://id.atlassian.com' : 'personal access token',
          ),
          error: { code: 'auth' },
        },
      ]);
      expect(JSON.stringify(checks)).not.toContain('old-4711');
    });

    it.runIf(isCloud)('a bad token at the gateway, and blames no scope', async () => {
      const rule = wantsScopes({ ...bearerHeader, lacks: [] });
      const world = await startAccessWorld({ gateway: rule }, startWorld);

      const config = { ...bearer, gateway: world.gatewayHost.origin };
      const { checks } = await world.examine(config, { 'auth.token': 'old-4711' });

      expect(checks).toMatchObject([
        {
          id: 'credentials',
          message: expect.stringContaining('refused this token'),
          fix: expect.stringContaining('remove "gateway"'),
        },
      ]);
    });

    it.runIf(isCloud)('a scoped token on the host of the site', async () => {
      const world = await startAccessWorld({ site: () => refusals.scopedTokenAtSite }, startWorld);

      const { checks } = await world.examine(basic, basicSecrets);

      expect(checks).toMatchObject([
        {
          status: 'failed',
          message: expect.stringContaining('only works at api.atlassian.com'),
          fix: expect.stringContaining('gateway: true'),
          error: { code: 'auth', status: 401 },
        },
      ]);
    });

    it('a wrong host', async () => {
      const world = await startAccessWorld(
        { site: () => ({ status: 404, body: '<html>?</html>' }) },
        startWorld,
      );

      const { checks } = await world.examine(basic, basicSecrets);

      expect(checks).toMatchObject([
        {
          status: 'failed',
          message: expect.stringContaining(`There is no Confluence at ${world.siteHost.origin}`),
          fix: expect.stringContaining('baseUrl'),
          error: { code: 'config' },
        },
      ]);
    });

    it('a host that has no name, with what to look at', async () => {
      const world = await startAccessWorld({}, startWorld);

      const config = { ...basic, baseUrl: 'https://nowhere.invalid' };
      const { checks } = await world.examine(config, basicSecrets);

      expect(checks).toMatchObject([
        { status: 'indeterminate', fix: expect.stringMatching(/nowhere\.invalid/) },
      ]);
    });

    it('a login page in place of data', async () => {
      const world = await startAccessWorld({ site: () => refusals.loginPage }, startWorld);

      const { checks } = await world.examine(basic, basicSecrets);

      expect(checks).toMatchObject([
        {
          status: 'failed',
          message: expect.stringContaining('login page'),
          fix: expect.stringMatching(/auth\.cookie.*headers/),
          error: { code: 'auth' },
        },
      ]);
    });

    it('a session that has ended', async () => {
      const world = await startAccessWorld({ site: () => refusals.loginPage }, startWorld);

      const config = { auth: { cookie: 'env:COOKIE' } };
      const { checks } = await world.examine(config, { 'auth.cookie': 'session=old-4711' });

      expect(checks[0]?.fix).toContain('sign in again in the browser');
    });

    it('an anonymous answer', async () => {
      const world = await startAccessWorld({ site: () => refusals.anonymous }, startWorld);

      const { checks, identity } = await world.examine(bearer, bearerSecrets);

      expect(identity).toBeUndefined();
      expect(checks).toMatchObject([
        {
          status: 'failed',
          message: expect.stringContaining('did not accept this token'),
          fix: expect.stringContaining('auth.token'),
          error: { code: 'auth' },
        },
      ]);
    });

    it.each([
      ['permission', refusals.noPermission],
      ['scope_gone', refusals.spaceGone],
    ])('a space whose pages it may not list (%s)', async (code, refusal) => {
      const world = await startAccessWorld({ site: except(asked.pages, refusal) }, startWorld);

      const { checks } = await world.examine(basic, basicSecrets);

      expect(troubles(checks)).toMatchObject([
        {
          id: 'space ENG',
          status: 'failed',
          message: expect.stringContaining('may not list its pages'),
          fix: expect.stringContaining('administrator of the space ENG'),
          error: { code },
        },
      ]);
    });

    it.runIf(isCloud)('a space that shows no page', async () => {
      const world = await startAccessWorld({ site: basicRule }, startWorld);
      world.site.restrict(world.site.idOf('ENG', 'Engineering'));

      const { checks } = await world.examine(basic, basicSecrets);

      expect(checks.at(-1)).toMatchObject({
        id: 'space ENG',
        status: 'passed',
        message: expect.stringContaining('shows this account no page'),
        fix: expect.stringContaining('permission'),
      });
    });

    it('of all spaces only those that are in trouble', async () => {
      const site = except(asked.pages, undefined);
      const world = await startAccessWorld({ site }, startWorld);
      const hidden = world.site.addSpace({ key: 'HID', name: 'Hidden' });
      world.site.addSpace({ key: 'OPS', name: 'Operations' });
      const ofHidden = isCloud ? new RegExp(`/spaces/${hidden}/pages\\?`) : /spaceKey=HID/;
      world.siteHost.rule = except(ofHidden, refusals.noPermission);

      const { checks } = await world.examine({ ...basic, spaces: 'all' }, basicSecrets);

      expect(checks.slice(2)).toMatchObject([
        { id: 'spaces', status: 'passed', message: '2 of 3 list their pages.' },
        { id: 'space HID', status: 'failed' },
      ]);
    });

    it('that the search is refused, which is no failure', async () => {
      const world = await startAccessWorld(
        { site: except(/search\?/, refusals.noPermission) },
        startWorld,
      );

      const { checks } = await world.examine(basic, basicSecrets);

      expect(troubles(checks)).toMatchObject([
        {
          id: 'search',
          status: 'skipped',
          message: expect.stringContaining(isCloud ? 'more requests' : 'attachments stay'),
        },
      ]);
      expect(troubles(checks)[0]?.error).toBeUndefined();
    });

    it('what it could not find out, and does not blame anybody', async () => {
      const broken = { status: 503, body: { message: 'down' } };
      const world = await startAccessWorld({ site: except(/space|search/, broken) }, startWorld);

      const { checks } = await world.examine(basic, basicSecrets);

      expect(troubles(checks).map(({ id, status }) => `${id}: ${status}`)).toEqual([
        'search: indeterminate',
        'spaces: indeterminate',
      ]);
    });
  });
});

describe('a scope that the token lacks', () => {
  async function examineWithout(...lacks: RegExp[]) {
    const world = await startAccessWorld({ gateway: wantsScopes({ ...bearerHeader, lacks }) });
    addPages(world.site, 1);
    const config = { ...bearer, gateway: world.gatewayHost.origin };
    return world.examine(config, bearerSecrets);
  }

  it('is none when it has them all', async () => {
    const { checks } = await examineWithout();

    expect(troubles(checks)).toEqual([]);
    const scopes = checks.find(({ id }) => id === 'scopes')?.message;
    expect(scopes?.split(', ')).toEqual(tokenScopes.map(({ scope }) => scope));
  });

  it.each(tokenScopes)('$scope is named', async ({ scope, routes, optional = false }) => {
    const { checks } = await examineWithout(routes);

    const named = checks.filter(({ id }) => id.startsWith('scope '));
    expect(named.map(({ id }) => id)).toContain(`scope ${scope}`);
    const check = named.find(({ id }) => id === `scope ${scope}`);
    expect(check).toMatchObject({
      status: optional ? 'skipped' : 'failed',
      message: expect.stringContaining(scope),
      fix: expect.stringContaining(scope),
    });
  });

  it('is named with all the others at once', async () => {
    const { checks } = await examineWithout(/user\/current/, /comments/, /users-bulk/);

    expect(troubles(checks).map(({ id }) => id)).toEqual([
      'credentials',
      'scope read:confluence-user',
      'scope read:comment:confluence',
      'scope read:user:confluence',
    ]);
  });

  it('keeps the spaces from being asked when they need it', async () => {
    const { checks } = await examineWithout(/\/pages/);

    expect(checks.at(-1)).toMatchObject({ id: 'spaces', status: 'skipped' });
  });
});
