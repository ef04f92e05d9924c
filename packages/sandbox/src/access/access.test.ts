import { afterEach, describe, expect, it } from 'vitest';

import { makeDiscussedSite } from '../__fixtures__/discussed-site.ts';
import { get, post, rowsOf } from '../__fixtures__/sandbox-client.ts';
import { type ConfluenceSandbox, type Principal, startConfluenceSandbox } from '../index.ts';

const basic = (username: string, token: string): string => `Basic ${btoa(`${username}:${token}`)}`;

const classic: Principal = { credential: { kind: 'basic', username: 'ada', token: 'classic' } };
const scoped: Principal = {
  credential: { kind: 'scoped', username: 'ada', token: 'scoped' },
  scopes: ['read:page:confluence', 'search:confluence'],
};
const asClassic = { authorization: basic('ada', 'classic') };
const asScoped = { authorization: basic('ada', 'scoped') };

describe('whom the sandbox lets in', () => {
  const { site, ids } = makeDiscussedSite();
  let sandbox: ConfluenceSandbox;
  const start = async (...credentials: Principal[]): Promise<void> => {
    sandbox = await startConfluenceSandbox({ site, credentials });
  };
  const onSite = async (path: string, headers: Record<string, string>): Promise<number> =>
    (await get(sandbox, path, headers)).status;
  const throughGateway = async (
    path: string,
    headers: Record<string, string>,
  ): Promise<[status: number, body: string]> => {
    const answer = await fetch(sandbox.gatewayUrl + path, { headers });
    return [answer.status, await answer.text()];
  };

  afterEach(() => sandbox.close());

  it('takes a classic token on the host of the site only', async () => {
    await start(classic);

    expect([sandbox.username, sandbox.token]).toEqual(['ada', 'classic']);
    expect(await onSite('/api/v2/pages', asClassic)).toBe(200);
    expect(await throughGateway('/api/v2/pages', asClassic)).toEqual([
      401,
      '{"code":401,"message":"Unauthorized"}',
    ]);
  });

  it('takes a scoped token through the gateway only, by name or as a bearer', async () => {
    await start(scoped);

    const refused = await get(sandbox, '/api/v2/pages', asScoped);
    expect([refused.status, refused.headers.get('content-type')]).toEqual([
      401,
      'text/html;charset=UTF-8',
    ]);
    for (const authorization of [asScoped.authorization, 'Bearer scoped']) {
      expect((await throughGateway('/api/v2/pages', { authorization }))[0]).toBe(200);
    }
  });

  it('tells a token that lacks the scope of a route, before it looks at the path', async () => {
    await start(scoped);
    const refusal = [401, '{"code":401,"message":"Unauthorized; scope does not match"}'];

    expect((await throughGateway('/rest/api/content/search?cql=type=page', asScoped))[0]).toBe(200);
    for (const path of ['/api/v2/footer-comments', '/rest/api/user/current', '/api/v2/nothing']) {
      expect(await throughGateway(path, asScoped)).toEqual(refusal);
    }
    expect((await throughGateway('/api/v2/pages/7', asScoped))[0]).toBe(404);
  });

  it('takes bearers, session cookies and headers of a proxy', async () => {
    await start(
      { credential: { kind: 'bearer', token: 'abc' } },
      { credential: { kind: 'cookie', name: 'session', value: '1' } },
      { credential: { kind: 'header', name: 'X-User', value: 'ada' } },
    );

    expect(await onSite('/api/v2/pages', { authorization: 'Bearer abc' })).toBe(200);
    expect(await onSite('/api/v2/pages', { cookie: 'theme=dark; session=1' })).toBe(200);
    expect(await onSite('/api/v2/pages', { 'x-user': 'ada' })).toBe(200);
    expect(await onSite('/api/v2/pages', { cookie: 'session=2' })).toBe(404);
    expect(await onSite('/rest/api/user/current', { authorization: 'Bearer x' })).toBe(403);
  });

  it('asks for a header besides the credentials', async () => {
    await start({ ...classic, requiredHeaders: { 'X-Gate': 'open' } });

    expect(await onSite('/api/v2/pages', asClassic)).toBe(404);
    expect(await onSite('/api/v2/pages', { ...asClassic, 'x-gate': 'open' })).toBe(200);
  });

  it('shows each principal what they may see, as their own person', async () => {
    const bearer = { kind: 'bearer', token: 'mei' } as const;
    await start(classic, { credential: bearer, accountId: ids.user, hiddenIds: [ids.post] });
    const mei = { authorization: 'Bearer mei' };

    const user = await get(sandbox, '/rest/api/user/current', mei);
    expect(user.body).toMatchObject({ accountId: ids.user, timeZone: 'Asia/Tokyo' });
    expect(await onSite(`/api/v2/blogposts/${ids.post}`, asClassic)).toBe(200);
    expect(await onSite(`/api/v2/blogposts/${ids.post}`, mei)).toBe(404);
    const cql = '/rest/api/content/search?cql=type=attachment';
    expect(rowsOf(await get(sandbox, cql, asClassic))).toHaveLength(2);
    expect(rowsOf(await get(sandbox, cql, mei))).toHaveLength(1);
  });

  it('can be narrowed and revoked at any time', async () => {
    await start(classic);
    const spaces = async (): Promise<number> =>
      rowsOf(await get(sandbox, '/api/v2/spaces', asClassic)).length;
    expect(await spaces()).toBe(1);

    sandbox.principals = [{ ...classic, spaces: [] }];
    expect(await spaces()).toBe(0);
    const types = await post(sandbox, '/api/v2/content/convert-ids-to-types', {
      contentIds: [ids.page],
    });
    expect(types.body['results']).toEqual({ [ids.page]: null });
    sandbox.principals = [];
    expect(await onSite('/api/v2/spaces', asClassic)).toBe(404);
  });
});
