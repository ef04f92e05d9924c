import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { get, getAll, nextOf, rowsOf } from './__fixtures__/sandbox-client.ts';
import { smallSite } from './__fixtures__/small-site.ts';
import { type ConfluenceSandbox, startConfluenceSandbox } from './index.ts';

describe('the sandbox', () => {
  let sandbox: ConfluenceSandbox;
  let spaceId: string;
  const site = (): ConfluenceSandbox['site'] => sandbox.site;
  const id = (title: string): string => site().idOf('A', title);
  const titles = async (path: string): Promise<string[]> =>
    (await getAll(sandbox, `/api/v2${path}`)).map(({ title }) => title);

  beforeEach(async () => {
    sandbox = await startConfluenceSandbox({ site: smallSite() });
    spaceId = site().spaces.get('A').id;
  });
  afterEach(() => sandbox.close());

  it('gives 25 rows unless asked, and says where the next page is', async () => {
    const all = Array.from({ length: 30 }, (_, index) => `More ${index}`);
    for (const title of all) site().addPage({ space: 'B', title });
    const path = `/api/v2/spaces/${site().spaces.get('B').id}/pages`;

    const first = await get(sandbox, `${path}?title=&foo=bar`);
    const next = nextOf(await get(sandbox, path)) ?? '';

    expect(rowsOf(first)).toEqual([]);
    expect(next).toMatch(/^\/wiki\/api\/v2\/spaces\/\d+\/pages\?cursor=[\w-]+$/);
    expect(rowsOf(await get(sandbox, next)).map(({ title }) => title)).toEqual(all.slice(25));
    const { headers } = await get(sandbox, `${path}?limit=1`);
    expect(headers.get('link')).toMatch(
      /^<\/wiki\/api\/v2\/.*>; rel="next", <http.*\/wiki>; rel="base"$/,
    );
  });

  it.each([
    'limit=0',
    'limit=251',
    'limit=x',
    'status=draft',
    'body-format=view',
    'sort=size',
    'cursor=?',
  ])('refuses %s', async (query) => {
    expect((await get(sandbox, `/api/v2/pages?${query}`)).status).toBe(400);
  });

  it('ignores a parameter it does not know', async () => {
    expect(rowsOf(await get(sandbox, '/api/v2/pages?ids=1&labels=x'))).toHaveLength(11);
  });

  it('reads up to 250 pages by id, repeated or with commas, and leaves unknown ids out', async () => {
    const [one, two] = [id('Page 1'), id('Page 2')];
    const many = Array.from({ length: 251 }, (_, index) => index + 1).join(',');

    expect(await titles(`/pages?id=${one}&id=${two}&id=1`)).toEqual(['Page 1', 'Page 2']);
    expect(await titles(`/pages?id=${one},${two}`)).toHaveLength(2);
    expect((await get(sandbox, `/api/v2/pages?id=${many}`)).status).toBe(400);
  });

  it('gives bodies only when asked', async () => {
    const page = id('Page 3');

    expect((await get(sandbox, `/api/v2/pages/${page}`)).body['body']).toEqual({});
    const [row] = rowsOf(await get(sandbox, `/api/v2/pages?id=${page}&body-format=storage`));
    expect(row?.['body']).toEqual({ storage: { representation: 'storage', value: '<p>3</p>' } });
  });

  it('finds spaces by key whatever the case, and nothing for an unknown key', async () => {
    expect(rowsOf(await get(sandbox, '/api/v2/spaces?keys=a&keys=NOSUCH'))).toHaveLength(1);
    expect(rowsOf(await get(sandbox, '/api/v2/spaces?keys=NOSUCH'))).toEqual([]);
    expect(rowsOf(await get(sandbox, '/api/v2/spaces?keys=A,B&status=archived'))).toEqual([]);
    site().archiveSpace('B');
    expect(rowsOf(await get(sandbox, '/api/v2/spaces?status=archived'))).toHaveLength(1);
  });

  it('sorts by modification, newest first', async () => {
    site().edit(id('Page 4'), '');

    const [first] = await titles(`/spaces/${spaceId}/pages?sort=-modified-date&limit=3`);
    expect(first).toBe('Page 4');
  });

  it('still answers for a trashed page, without its place, and lists it with the trash only', async () => {
    const page = id('Page 5');
    site().trash(page);

    const { status, body } = await get(sandbox, `/api/v2/pages/${page}`);
    expect([status, body['status'], body['parentId']]).toEqual([200, 'trashed', null]);
    expect(await titles(`/spaces/${spaceId}/pages`)).not.toContain('Page 5');
    expect(await titles(`/pages?id=${page}&status=trashed`)).toEqual(['Page 5']);
  });

  it('lists archived pages by default and not with status=current', async () => {
    site().archive(id('Page 6'));

    expect(await titles(`/spaces/${spaceId}/pages`)).toContain('Page 6');
    expect(await titles(`/spaces/${spaceId}/pages?status=current`)).not.toContain('Page 6');
    expect(await titles(`/spaces/${spaceId}/pages?status=archived`)).toEqual(['Page 6']);
    expect(rowsOf(await get(sandbox, '/rest/api/content/search?cql=type=page'))).toHaveLength(10);
  });

  it('denies restricted and purged pages, with their children, in every way', async () => {
    const hidden = id('Page 7');
    const below = site().addPage({ space: 'A', title: 'Below', parent: hidden });
    const purged = id('Page 8');
    site().restrict(hidden);
    site().purge(purged);

    for (const gone of [hidden, below, purged]) {
      const answer = await get(sandbox, `/api/v2/pages/${gone}`);
      expect([answer.status, JSON.stringify(answer.body)]).toEqual([
        404,
        expect.stringContaining(`Cannot find a page with id [${gone}]`),
      ]);
      expect(await titles(`/pages?id=${gone}&status=trashed&status=current`)).toEqual([]);
    }
    expect(await titles(`/spaces/${spaceId}/pages`)).toHaveLength(9);
  });

  it('shows a moved page in its new space', async () => {
    site().move(id('Page 9'), { space: 'B' });

    expect(await titles(`/spaces/${spaceId}/pages`)).not.toContain('Page 9');
    expect(await titles(`/spaces/${site().spaces.get('B').id}/pages`)).toEqual(['Page 9']);
  });

  it('pages a search by cursor alone, with a link that lacks /wiki', async () => {
    const cql = encodeURIComponent('type = page and space = "A"');

    const first = await get(sandbox, `/rest/api/content/search?cql=${cql}&limit=10&start=5`);
    const next = nextOf(first) ?? '';
    const second = await get(sandbox, next);

    expect(rowsOf(first)[0]?.title).toBe('Home');
    expect(next).toMatch(/^\/rest\/api\/content\/search\?next=true&cursor=/);
    expect(rowsOf(second).map(({ title }) => title)).toEqual(['Page 9']);
    expect(nextOf(second)).toBeUndefined();
  });

  it('does not know a page for a stranger, and lets him into no v1', async () => {
    const wrong = { authorization: `Basic ${btoa('a:b')}` };
    for (const headers of [{}, wrong]) {
      const v2 = await get(sandbox, '/api/v2/spaces', headers);
      expect(v2.status).toBe(404);
      expect(v2.body).toEqual({
        errors: [{ status: 404, code: 'NOT_FOUND', title: 'Not Found', detail: null }],
      });
      expect((await get(sandbox, '/rest/api/user/current', headers)).status).toBe(403);
    }
    const tenant = await get(sandbox, '/wiki/../_edge/tenant_info', {});
    expect(tenant.body).toEqual({ cloudId: expect.any(String) });
  });

  it('answers through the path of the gateway too', async () => {
    const tenant = await get(sandbox, '/wiki/../_edge/tenant_info', {});
    const path = `/ex/confluence/${String(tenant.body['cloudId'])}/wiki/api/v2/spaces?limit=1`;

    const answer = await get(sandbox, `/wiki/..${path}`);

    expect(nextOf(answer)).toMatch(/^\/wiki\/api\/v2\/spaces\?/);
  });

  it('records each request', async () => {
    await get(sandbox, '/api/v2/spaces?limit=1');
    await get(sandbox, '/api/v2/nothing', {});

    expect(sandbox.requests).toMatchObject([
      {
        number: 1,
        method: 'GET',
        path: '/wiki/api/v2/spaces',
        status: 200,
        hasAuthorization: true,
      },
      { number: 2, path: '/wiki/api/v2/nothing', status: 404, hasAuthorization: false },
    ]);
    expect(sandbox.requests[0]?.query.get('limit')).toBe('1');
  });
});
