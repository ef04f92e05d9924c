import { describe, expect, it } from 'vitest';

import {
  type AccessWorld,
  bearer,
  bearerHeader,
  bearerSecrets,
  startAccessWorld,
} from './__fixtures__/access-world.ts';
import { refusals, wantsScopes } from './__fixtures__/gatekeeper.ts';
import { addPages, collect, documentsOf, Mirror, readScopes } from './__fixtures__/harness.ts';

const cloudId = '6f1e2d3c-4b5a-4978-8a6b-5c4d3e2f1a0b';

async function startGateway(): Promise<AccessWorld> {
  const gateway = wantsScopes({ ...bearerHeader, lacks: [] });
  return startAccessWorld({ site: () => refusals.anonymous, gateway });
}

function through(world: AccessWorld, gateway = world.gatewayHost.origin) {
  return world.connectWith({ ...bearer, gateway }, bearerSecrets);
}

describe('through the gateway', () => {
  it('only the cloud id comes from the site, asked once and without credentials', async () => {
    const world = await startGateway();
    const connector = through(world);

    await Promise.all([connector.check(world.call), connector.check(world.call)]);
    await new Mirror().sync(world, connector);

    expect(world.siteHost.requests.map(({ url }) => url)).toEqual(['/_edge/tenant_info']);
    expect(world.siteHost.requests[0]?.headers).not.toHaveProperty('authorization');
    const prefix = `/ex/confluence/${cloudId}/wiki/`;
    expect(world.gatewayHost.requests.filter(({ url }) => !url.startsWith(prefix))).toEqual([]);
    expect(world.gatewayHost.requests.filter(({ status }) => status !== 200)).toEqual([]);
  });

  it('the cloud id is remembered for the next run', async () => {
    const world = await startGateway();

    await through(world).check(world.call);
    await through(world).check(world.call);

    expect(world.siteHost.requests).toHaveLength(1);
    expect([...world.cache.values()]).toEqual([cloudId]);
  });

  it('the site is not asked when the config has the cloud id', async () => {
    const world = await startGateway();

    const address = `${world.gatewayHost.origin}/ex/confluence/${cloudId}/wiki`;
    const { checks } = await through(world, address).check(world.call);

    expect(checks).toEqual([{ id: 'credentials', status: 'passed' }]);
    expect(world.siteHost.requests).toEqual([]);
  });

  it('a list goes on at the gateway, though its links leave that out', async () => {
    const world = await startGateway();
    const ids = addPages(world.site, 5);
    const what = { kind: 'listing' as const, rows: 2 };
    world.sandbox.faults = [{ when: { path: /spaces\/\d+\/pages/ }, what }];

    const events = await new Mirror().sync(world, through(world));

    const found = documentsOf(events).map(({ id }) => id);
    expect(found).toEqual(expect.arrayContaining(ids));
    const pages = world.gatewayHost.requests.filter(({ url }) => /\/pages\?/.test(url));
    expect(pages).toHaveLength(3);
    expect(pages.at(-1)?.url).toMatch(/^\/ex\/confluence\/.*[?&]cursor=/);
    expect(world.siteHost.requests).toHaveLength(1);
  });

  it('documents keep the addresses of the site, and the source its identity', async () => {
    const world = await startGateway();
    world.siteHost.rule = () => undefined;
    addPages(world.site, 1);

    const direct = world.connectWith(bearer, bearerSecrets);
    const identities = await Promise.all(
      [direct, through(world)].map(async (each) => (await each.check(world.call)).identity),
    );
    const documents = documentsOf(await new Mirror().sync(world, through(world)));

    expect(identities[0]?.id).toContain(`${world.siteHost.origin}/wiki/`);
    expect(identities[1]).toEqual(identities[0]);
    const urls = documents.map(({ url }) => url);
    expect(urls.filter((url) => !url?.startsWith(`${world.siteHost.origin}/wiki/`))).toEqual([]);
  });

  it('a redirect to the site gets no credentials', async () => {
    const world = await startGateway();
    world.siteHost.rule = () => ({ status: 200, body: { accountId: 'x', type: 'known' } });
    world.gatewayHost.rule = ({ path }) => ({
      status: 302,
      body: {},
      headers: { location: `${world.siteHost.origin}/wiki${path}` },
    });

    const config = { ...bearer, gateway: world.gatewayHost.origin, headers: { 'X-Key': 'env:K' } };
    const secrets = { ...bearerSecrets, 'headers.X-Key': 'key-4711' };
    await world.connectWith(config, secrets).check(world.call);

    const [, redirected] = world.siteHost.requests;
    expect(redirected?.url).toBe('/wiki/rest/api/user/current');
    expect(JSON.stringify(redirected?.headers)).not.toContain('4711');
    expect(world.gatewayHost.requests[0]?.headers).toMatchObject({ 'x-key': 'key-4711' });
  });
});

describe('a site that tells no cloud id', () => {
  it.each([
    ['is not there', { status: 404, body: { message: 'no' } }],
    ['shows a web page', { status: 200, body: '<html>Hello</html>' }],
    ['tells something else', { status: 200, body: { cloudId: '../../evil' } }],
  ])('%s: that is a fault of the config, with what to do', async (_what, answer) => {
    const world = await startGateway();
    world.siteHost.answerPublic = answer;

    const { checks } = await through(world).check(world.call);

    expect(checks).toMatchObject([
      {
        status: 'failed',
        message: expect.stringContaining('does not tell its cloud id'),
        fix: expect.stringContaining('/_edge/tenant_info'),
        error: { code: 'config' },
      },
    ]);
    expect(world.gatewayHost.requests).toEqual([]);
  });

  it('is down for a moment: nobody is blamed, and the next request asks again', async () => {
    const world = await startGateway();
    const connector = through(world);
    world.siteHost.answerPublic = { status: 503, body: {} };

    const { checks } = await connector.check(world.call);
    world.siteHost.answerPublic = undefined;

    expect(checks).toMatchObject([{ status: 'indeterminate' }]);
    expect(await readScopes(connector, world)).toHaveLength(1);
    expect(await collect(connector.scopes(world.call))).toHaveLength(2);
  });
});
