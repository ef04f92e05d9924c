import { buffer } from 'node:stream/consumers';

import { describe, expect, it } from 'vitest';

import {
  addPages,
  collect,
  documentsOf,
  Mirror,
  readScopes,
  startWorld,
  textOf,
  type World,
} from './__fixtures__/harness.ts';
import type { ConfluenceConfig } from './config.ts';

const context = { contextPath: '/confluence' };

function startServer(options: Parameters<typeof startWorld>[0] = {}): Promise<World> {
  return startWorld({ deployment: 'data-center', dataCenter: context, ...options });
}

function idsOf(mirror: Mirror): string[] {
  return [...mirror.documents.keys()].toSorted();
}

describe('a space of Data Center', () => {
  it('gives pages with their texts and places, posts, comments and attachments', async () => {
    const world = await startServer();
    const { site, call } = world;
    const home = site.idOf('ENG', 'Engineering');
    const mei = site.addUser({ name: 'Mei' });
    const mention = `<p>Ask <ac:link><ri:user ri:account-id="${mei}"/></ac:link></p>`;
    const page = site.addPage({ space: 'ENG', title: 'Deploy it', body: mention, author: mei });
    const below = site.addPage({ space: 'ENG', title: 'Übersicht', parent: page });
    const post = site.addPage({ space: 'ENG', title: 'News', kind: 'blogpost' });
    const comment = site.comments.addFooter({ on: page, body: '<p>Why?</p>', by: mei });
    const reply = site.comments.reply(comment, { body: '<p>Because.</p>' });
    const file = site.attachments.add({ on: page, name: 'ä b.txt', content: 'bytes' });
    site.labels.add(page, 'howto');
    site.restrictions.setReaders(below, { users: [mei], groups: ['board'] });
    const mirror = new Mirror();
    const attachments: ConfluenceConfig['attachments'] = {
      download: true,
      maxBytes: 1000,
      types: ['*'],
    };

    await mirror.sync(world, world.connect({ attachments }));

    const get = (id: string) => mirror.documents.get(id);
    expect(mirror.documents.size).toBe(7);
    expect(get(page)).toMatchObject({
      parent: home,
      url: `${world.sandbox.url}/display/ENG/Deploy+it`,
      revision: '1@ENG',
    });
    expect(get(below)?.parent).toBe(page);
    expect(get(post)).toMatchObject({ kind: 'blogpost', parent: null });
    expect(get(`footer-comment:${reply}`)?.parent).toBe(`footer-comment:${comment}`);
    expect(mirror.headers.get(page)?.labels).toEqual(['howto']);
    expect(mirror.headers.get(below)?.permissions?.readers).toEqual([
      'Ada Okafor',
      'Mei',
      'group:board',
    ]);
    const text = await textOf(get(page) ?? expect.fail('no page'), call);
    expect(text.markdown).toContain('ctx:user/');
    expect([...mirror.people.values()]).toContain('Mei');
    const { bytes } = await textOf(get(file) ?? expect.fail('no file'), call);
    const stream = (await bytes?.open(call)) ?? expect.fail('no bytes');
    expect(String(await buffer(stream))).toBe('bytes');
  });

  it('costs in a second run the lists and the searches alone, and shows what changed', async () => {
    const world = await startServer();
    const { site } = world;
    const [first = ''] = addPages(site, 3);
    const mirror = new Mirror();
    const connector = world.connect();
    await mirror.sync(world, connector);
    world.takeRequests();

    await mirror.sync(world, world.connect());
    const quiet = world.takeRequests();
    site.edit(first, '<p>New</p>');
    await mirror.sync(world, world.connect());

    expect(quiet.map((url) => url.split('?')[0])).toEqual([
      '/confluence/rest/api/space',
      '/confluence/rest/api/content',
      '/confluence/rest/api/content',
      '/confluence/rest/api/content/search',
      '/confluence/rest/api/content/search',
    ]);
    expect(mirror.revisions.get(first)).toBe('2@ENG');
    expect(world.takeRequests().filter((url) => url.includes('ids='))).toHaveLength(1);
  });

  it('is whole when the server gives fewer rows than asked for and hides some', async () => {
    const world = await startServer({
      searchLimits: { plain: 4, withExpansions: 3, withBodies: 2 },
    });
    const pages = addPages(world.site, 15);
    const hidden = pages.slice(3, 9);
    for (const id of hidden) world.site.restrict(id);
    const mirror = new Mirror();

    const events = await mirror.sync(world, world.connect());

    const ends = events.flatMap((event) =>
      event.type === 'listing' && event.state === 'complete' ? [event.authoritative ?? true] : [],
    );
    expect(new Set(ends)).toEqual(new Set([true]));
    expect(idsOf(mirror)).toHaveLength(16 - hidden.length);
  });

  it.each([0, 6])(
    'is whole when the server goes on by the limit that was asked for (%i hidden)',
    async (count) => {
      const world = await startServer({
        dataCenter: { ...context, echoesLimit: true },
        searchLimits: { plain: 4, withExpansions: 3, withBodies: 2 },
      });
      const pages = addPages(world.site, 15);
      // The last of them: where rows are hidden in between, nobody can tell.
      for (const id of pages.slice(pages.length - count)) world.site.restrict(id);
      const mirror = new Mirror();

      await mirror.sync(world, world.connect());

      expect(idsOf(mirror)).toHaveLength(16 - count);
    },
  );

  it('shows once what comes twice because rows before it are hidden', async () => {
    const world = await startServer();
    const pages = addPages(world.site, 130);
    for (const id of pages.filter((_, index) => index % 3 === 1)) world.site.restrict(id);
    const mirror = new Mirror();

    const events = await mirror.sync(world, world.connect());

    expect(idsOf(mirror)).toHaveLength(131 - 43);
    expect(documentsOf(events)).toHaveLength(131 - 43);
    expect(events.filter(({ type }) => type === 'warning')).toEqual([]);
  });

  it('ends where the rows do, though the links go on', async () => {
    const world = await startServer({
      faults: [{ when: {}, what: { kind: 'listing', nextPastEnd: true } }],
    });
    addPages(world.site, 3);
    const mirror = new Mirror();

    await mirror.sync(world, world.connect());

    expect(idsOf(mirror)).toHaveLength(4);
  });

  it.each([true, false])(
    'knows single documents: there, in the trash, gone (ids: %s)',
    async (knowsIds) => {
      const world = await startServer({ dataCenter: { ...context, knowsIds } });
      const { site, call } = world;
      const [kept = '', trashed = '', purged = ''] = addPages(site, 3);
      const comment = site.comments.addFooter({ on: kept, body: '<p>Hm</p>' });
      const file = site.attachments.add({ on: kept, name: 'a.txt', content: 'a' });
      site.trash(trashed);
      site.purge(purged);
      const connector = world.connect();
      const [scope = expect.fail('no space')] = await readScopes(connector, world);
      const ids = [kept, trashed, purged, `footer-comment:${comment}`, 'footer-comment:4711', file];

      const events = await collect(world.connect().fetch(ids, scope, call));

      expect(documentsOf(events).map(({ id }) => id)).toEqual([
        kept,
        `footer-comment:${comment}`,
        file,
      ]);
      expect(events.filter(({ type }) => type === 'delete')).toEqual([
        { type: 'delete', id: trashed, reason: 'trashed' },
      ]);
    },
  );

  it('believes no empty answer of a server that may not understand the question', async () => {
    const world = await startServer({ dataCenter: { ...context, knowsIds: false } });
    const { site, call } = world;
    const post = site.addPage({ space: 'ENG', title: 'News', kind: 'blogpost' });
    site.restrict(site.idOf('ENG', 'Engineering'));
    const connector = world.connect();
    const [scope = expect.fail('no space')] = await readScopes(connector, world);

    const events = await collect(connector.fetch([post], scope, call));

    expect(documentsOf(events).map(({ id }) => id)).toEqual([post]);
  });

  it.each(['UTC', 'Asia/Tokyo', 'America/St_Johns'])(
    'finds what changed whatever the time zone of the server is (%s)',
    async (timeZone) => {
      const world = await startServer({ dataCenter: { ...context, timeZone } });
      const { site } = world;
      const [page = ''] = addPages(site, 1);
      const mirror = new Mirror();
      await mirror.sync(world, world.connect());
      site.clock.advance(7_200_000);
      const comment = site.comments.addFooter({ on: page, body: '<p>Hm</p>' });
      site.clock.advance(1_800_000);

      await mirror.sync(world, world.connect());

      expect(mirror.documents.has(`footer-comment:${comment}`)).toBe(true);
    },
  );

  it('sends nothing that a server protects against forgery: it only asks by GET', async () => {
    const world = await startServer();
    addPages(world.site, 2);
    const mirror = new Mirror();
    await world.connect().check(world.call, { thorough: true });
    await mirror.sync(world, world.connect());
    await mirror.sync(world, world.connect(), { reconcile: true });

    expect(new Set(world.sandbox.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
  });

  it('finds pages by the addresses that it gives out', async () => {
    const world = await startServer({ dataCenter: {} });
    const [page = ''] = addPages(world.site, 1);
    const { url } = world.sandbox;
    const connector = world.connect();

    expect(connector.resolveUrl(new URL(`${url}/pages/viewpage.action?pageId=${page}`))).toBe(page);
    expect(connector.resolveUrl(new URL(`${url}/spaces/ENG/pages/${page}/Page`))).toBe(page);
    expect(
      await collect(connector.descendants(world.site.idOf('ENG', 'Engineering'), world.call)),
    ).toEqual([[page]]);
  });
});

describe('the credentials of Data Center', () => {
  it('are a token alone or a name with a password', async () => {
    const world = await startServer();

    for (const auth of [{ token: 'env:TOKEN' }, { username: 'ada', token: 'env:TOKEN' }]) {
      const report = await world.connect({ auth }).check(world.call, { thorough: true });

      expect(report.checks.map(({ id, status }) => `${id} ${status}`)).toEqual([
        'credentials passed',
        'search passed',
        'space ENG passed',
      ]);
      expect(report.identity?.label).toContain('Ada Okafor');
    }
  });

  it('that are refused stop a run, and say how to mend it', async () => {
    const world = await startServer();
    const connector = world.connect({ auth: { token: 'env:TOKEN' } }, { token: 'wrong' });

    const [check] = (await connector.check(world.call)).checks;

    expect(check).toMatchObject({ status: 'failed', error: { code: 'auth', status: 401 } });
    expect(check?.fix).toContain('personal access token');
  });

  it('of a session that has ended lead to a page to sign in, and are no deletion', async () => {
    const cookie = { credential: { kind: 'cookie', name: 'JSESSIONID', value: 'A1' } } as const;
    const world = await startServer({ credentials: [cookie] });
    const [page = ''] = addPages(world.site, 1);
    const auth = { cookie: 'env:COOKIE' };
    const connect = () => world.connect({ auth }, { cookie: 'JSESSIONID=A1' });
    const connector = connect();
    const [scope = expect.fail('no space')] = await readScopes(connector, world);
    expect(documentsOf(await collect(connector.fetch([page], scope, world.call)))).toHaveLength(1);

    world.sandbox.principals = [];

    await expect(collect(connect().fetch([page], scope, world.call))).rejects.toMatchObject({
      code: 'auth',
    });
    const [check] = (await connect().check(world.call)).checks;
    expect(check?.fix).toContain('sign in again');
  });

  it('stand beside the headers that a proxy wants', async () => {
    const credential = { kind: 'bearer', token: 'pat' } as const;
    const world = await startServer({
      credentials: [{ credential, requiredHeaders: { 'X-Gate': 'open' } }],
    });
    const auth = { token: 'env:TOKEN' };
    const check = async (headers: Record<string, string>) =>
      (await world.connect({ auth, headers }, { token: 'pat', headers }).check(world.call)).checks;

    expect(await check({ 'X-Gate': 'open' })).toMatchObject([{ status: 'passed' }]);
    expect(await check({ 'X-Gate': 'shut' })).toMatchObject([{ status: 'failed' }]);
  });

  it('that no longer hold are no deletion', async () => {
    const world = await startServer();
    const [page = ''] = addPages(world.site, 1);
    const connector = world.connect();
    const [scope = expect.fail('no space')] = await readScopes(connector, world);
    world.sandbox.faults = [{ when: {}, what: { kind: 'revoked-token' } }];

    await expect(collect(connector.fetch([page], scope, world.call))).rejects.toMatchObject({
      code: 'auth',
    });
  });
});
