import { onTestFinished, describe, expect, it } from 'vitest';

import { ask } from '../__fixtures__/data-center-client.ts';
import { makeDiscussedSite } from '../__fixtures__/discussed-site.ts';
import { nextOf, rowsOf } from '../__fixtures__/sandbox-client.ts';
import { smallSite } from '../__fixtures__/small-site.ts';
import { type ConfluenceSandbox, type SandboxOptions, startConfluenceSandbox } from '../index.ts';
import { userKeyOf } from './people.ts';

async function start(options: SandboxOptions = {}): Promise<ConfluenceSandbox> {
  const site = options.site ?? smallSite();
  const sandbox = await startConfluenceSandbox({ deployment: 'data-center', ...options, site });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

const idsOf = (answer: Awaited<ReturnType<typeof ask>>): string[] =>
  rowsOf(answer).map(({ id }) => id);
const titlesOf = (answer: Awaited<ReturnType<typeof ask>>): string[] =>
  rowsOf(answer).map(({ title }) => title);

describe('lists of a Data Center', () => {
  it('begin where they are told to, and name the next page below the context path', async () => {
    const sandbox = await start({ dataCenter: { contextPath: '/confluence' } });

    const first = await ask(sandbox, '/rest/api/content?spaceKey=A&type=page&limit=4');
    const second = await ask(sandbox, nextOf(first) ?? '');
    const third = await ask(sandbox, nextOf(second) ?? '');

    expect(sandbox.url).toMatch(/:\d+\/confluence$/);
    expect(first.body).toMatchObject({ start: 0, limit: 4, size: 4 });
    expect(first.body['_links']).toMatchObject({ base: sandbox.url, context: '/confluence' });
    expect(nextOf(first)).toMatch(/^\/rest\/api\/content\?.*start=4/);
    expect(new Set([first, second, third].flatMap(idsOf)).size).toBe(11);
    expect(nextOf(third)).toBeUndefined();
  });

  it('give fewer rows than asked for, with bodies still fewer', async () => {
    const sandbox = await start({ searchLimits: { plain: 6, withExpansions: 5, withBodies: 3 } });
    const list = '/rest/api/content?spaceKey=A&limit=100';

    const [plain, some, bodies] = await Promise.all(
      ['', '&expand=version', '&expand=body.storage'].map((rest) => ask(sandbox, list + rest)),
    );

    expect([plain?.body['limit'], some?.body['limit'], bodies?.body['limit']]).toEqual([6, 5, 3]);
    expect(bodies?.body['size']).toBe(3);
  });

  it('of some versions name the limit that was asked for, and go on by it', async () => {
    const searchLimits = { plain: 6, withExpansions: 5, withBodies: 3 };
    const sandbox = await start({ searchLimits, dataCenter: { echoesLimit: true } });

    const first = await ask(sandbox, '/rest/api/content?spaceKey=A&limit=8');

    expect(first.body).toMatchObject({ limit: 8, size: 6 });
    expect(nextOf(first)).toContain('start=8');
  });

  it('leave out what is hidden after they cut the page', async () => {
    const site = smallSite();
    site.restrict(site.idOf('A', 'Page 1'));
    const sandbox = await start({ site });

    const first = await ask(sandbox, '/rest/api/content?spaceKey=A&limit=4');

    expect(titlesOf(first)).toEqual(['Home', 'Page 0', 'Page 2']);
    expect(first.body).toMatchObject({ size: 3, limit: 4 });
    expect(nextOf(first)).toContain('start=4');
  });

  it('show what is in the trash by its status, and nothing archived', async () => {
    const site = smallSite();
    site.trash(site.idOf('A', 'Page 1'));
    site.archive(site.idOf('A', 'Page 2'));
    const sandbox = await start({ site });
    const list = '/rest/api/content?spaceKey=A&limit=100&status=';

    expect(titlesOf(await ask(sandbox, `${list}trashed`))).toEqual(['Page 1']);
    expect(idsOf(await ask(sandbox, `${list}any`))).toHaveLength(10);
    expect(idsOf(await ask(sandbox, `${list}current`))).toHaveLength(9);
  });

  it('go on behind their end when the fault of old versions is there', async () => {
    const sandbox = await start({
      faults: [{ when: {}, what: { kind: 'listing', nextPastEnd: true } }],
    });

    const behind = await ask(sandbox, '/rest/api/content?spaceKey=A&start=500');

    expect(rowsOf(behind)).toEqual([]);
    expect(nextOf(behind)).toBeDefined();
  });
});

describe('contents of a Data Center', () => {
  it('have no folders: a page in one lies under the page above', async () => {
    const site = smallSite();
    const folder = site.addPage({ space: 'A', title: 'Box', kind: 'folder' });
    const inside = site.addPage({ space: 'A', title: 'Inside', parent: folder });
    const sandbox = await start({ site });

    const page = await ask(sandbox, `/rest/api/content/${inside}?expand=ancestors`);
    const home = site.idOf('A', 'Home');
    const children = await ask(sandbox, `/rest/api/content/${home}/child/page?limit=100`);

    expect(page.body['ancestors']).toMatchObject([{ id: home, type: 'page' }]);
    expect(idsOf(children)).toContain(inside);
    expect((await ask(sandbox, `/rest/api/content/${folder}`)).status).toBe(404);
  });

  it('name people by user name and key, in bodies too', async () => {
    const { site, ids } = makeDiscussedSite();
    const mention = `<p><ac:link><ri:user ri:account-id="${ids.user}"/></ac:link></p>`;
    site.edit(ids.page, mention, ids.user);
    const sandbox = await start({ site });
    const key = userKeyOf(ids.user);

    const page = await ask(sandbox, `/rest/api/content/${ids.page}?expand=body.storage,version`);
    const person = await ask(sandbox, `/rest/api/user?key=${key}`);

    expect(JSON.stringify(page.body['body'])).toContain(`ri:userkey=\\"${key}\\"`);
    expect(JSON.stringify(page.body)).not.toContain(ids.user);
    expect(page.body['version']).toMatchObject({ by: { userKey: key, username: 'mei' } });
    expect(person.body).toMatchObject({ userKey: key, displayName: 'Mei' });
  });

  it('show comments of all depths only when asked, and files with their bytes', async () => {
    const { site, ids } = makeDiscussedSite();
    const sandbox = await start({ site });
    const list = `/rest/api/content/${ids.page}/child`;

    expect(idsOf(await ask(sandbox, `${list}/comment`))).toEqual([ids.footer, ids.inline]);
    expect(idsOf(await ask(sandbox, `${list}/comment?depth=all`))).toContain(ids.reply);
    expect(idsOf(await ask(sandbox, `${list}/comment?location=inline`))).toEqual([ids.inline]);
    const [file] = rowsOf(await ask(sandbox, `${list}/attachment`));
    const links = file?.['_links'] as { download: string } | undefined;
    expect((await ask(sandbox, links?.download ?? '')).body).toEqual({ text: 'first' });
  });

  it('are found by CQL with the clock of the server, in types that it knows', async () => {
    const site = smallSite();
    const sandbox = await start({ site, dataCenter: { timeZone: 'Asia/Tokyo' } });
    const search = (cql: string): ReturnType<typeof ask> =>
      ask(sandbox, `/rest/api/content/search?limit=50&cql=${encodeURIComponent(cql)}`);

    const since = await search('type=page and lastmodified >= "2026/01/05 18:10"');
    const before = await search('type=page and lastmodified < "2026/01/05 18:10"');

    expect(idsOf(since)).not.toEqual([]);
    expect(idsOf(since).length + idsOf(before).length).toBe(11);
    expect((await search('type=folder')).status).toBe(400);
  });
});

describe('the door of a Data Center', () => {
  it('opens to a name with a password and to a token, and says who came', async () => {
    const sandbox = await start();
    const pair = Buffer.from(`${sandbox.username}:${sandbox.token}`).toString('base64');

    const byToken = await ask(sandbox, '/rest/api/user/current');
    const byPair = await ask(sandbox, '/rest/api/user/current', { authorization: `Basic ${pair}` });

    expect(byToken.body).toEqual(byPair.body);
    expect(byToken.headers.get('x-ausername')).toBe('ada');
    expect(byToken.headers.get('x-ratelimit-fillrate')).toBe('50');
    expect(byToken.headers.get('x-confluence-request-time')).toMatch(/^\d{13}$/);
  });

  it('tells a wrong token by a header, sends a lost session to a page, and a stranger away', async () => {
    const sandbox = await start({ dataCenter: { contextPath: '/confluence' } });
    const path = '/rest/api/user/current';

    const wrong = await ask(sandbox, path, { authorization: 'Bearer nonsense' });
    const lost = await ask(sandbox, path, { cookie: 'JSESSIONID=old' });
    const stranger = await ask(sandbox, path, {});

    expect([wrong.status, lost.status, stranger.status]).toEqual([401, 302, 403]);
    expect(wrong.headers.get('x-seraph-loginreason')).toBe('AUTHENTICATED_FAILED');
    expect(lost.headers.get('location')).toMatch(/^\/confluence\/login\.action\?os_destination=/);
    const page = await ask(sandbox, '/login.action', {});
    expect(page.headers.get('content-type')).toContain('html');
  });

  it('limits requests in its own words', async () => {
    const limit = { kind: 'rate-limit', retryAfter: 0 } as const;
    const sandbox = await start({ faults: [{ when: {}, what: limit }] });

    const { status, headers } = await ask(sandbox, '/rest/api/space');

    expect([status, headers.get('retry-after')]).toEqual([429, '0']);
    expect(headers.get('x-ratelimit-interval-seconds')).toBe('1');
    expect(headers.get('x-ratelimit-nearlimit')).toBeNull();
  });

  it('tells that the limit is near by what is left', async () => {
    const sandbox = await start({ faults: [{ when: {}, what: { kind: 'near-limit' } }] });

    const { status, headers } = await ask(sandbox, '/rest/api/space');

    expect([status, headers.get('x-ratelimit-remaining')]).toEqual([200, '9']);
    expect(headers.get('x-ratelimit-nearlimit')).toBeNull();
  });

  it('breaks when somebody asks for permissions of spaces', async () => {
    const sandbox = await start();

    expect((await ask(sandbox, '/rest/api/space?expand=permissions')).status).toBe(500);
  });
});
