import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { get, getAll, nextOf, rowsOf } from '../__fixtures__/sandbox-client.ts';
import { smallSite } from '../__fixtures__/small-site.ts';
import { type ConfluenceSandbox, type FaultKind, startConfluenceSandbox } from '../index.ts';

describe('a fault', () => {
  let sandbox: ConfluenceSandbox;
  const pages = '/api/v2/pages?limit=4';
  const always = (what: FaultKind): void => {
    sandbox.faults = [{ when: {}, what }];
  };
  const statuses = async (count: number): Promise<number[]> => {
    const answers: number[] = [];
    for (let index = 0; index < count; index += 1) answers.push((await get(sandbox, pages)).status);
    return answers;
  };

  beforeEach(async () => {
    sandbox = await startConfluenceSandbox({ site: smallSite() });
  });
  afterEach(() => sandbox.close());

  it('hits requests by number, by path, from and to a number, and so many times', async () => {
    const what = { kind: 'server-error', status: 503 } as const;
    sandbox.faults = [
      { when: { request: [2, 3] }, what },
      { when: { path: '/spaces' }, what },
      { when: { path: /user\/cur/, times: 1 }, what },
      { when: { from: 7, to: 8 }, what },
    ];

    expect(await statuses(3)).toEqual([200, 503, 503]);
    expect((await get(sandbox, '/api/v2/spaces')).status).toBe(503);
    expect((await get(sandbox, '/rest/api/user/current')).status).toBe(503);
    expect((await get(sandbox, '/rest/api/user/current')).status).toBe(200);
    expect(await statuses(3)).toEqual([503, 503, 200]);
  });

  it('hits the same random requests for the same seed', async () => {
    const plan = [
      {
        when: { chance: { probability: 0.5, seed: 7 } },
        what: { kind: 'server-error', status: 500 } as const,
      },
    ];
    sandbox.faults = plan;
    const first = await statuses(20);
    const twin = await startConfluenceSandbox({ site: smallSite(), faults: plan });

    const second: number[] = [];
    for (let index = 0; index < 20; index += 1) second.push((await get(twin, pages)).status);
    await twin.close();

    expect(second).toEqual(first);
    expect(new Set(first)).toEqual(new Set([200, 500]));
  });

  it.each([
    [{ kind: 'rate-limit', retryAfter: 3 } as const, '3'],
    [{ kind: 'rate-limit' } as const, null],
    [
      { kind: 'rate-limit', retryAfter: { dateInMs: 60_000 } } as const,
      expect.stringMatching(/GMT$/),
    ],
    [{ kind: 'server-error', status: 503, retryAfter: 0 } as const, '0'],
  ])('%j says when to come again', async (what, retryAfter) => {
    always(what);

    const answer = await get(sandbox, pages);
    expect(answer.status).toBe(what.kind === 'rate-limit' ? 429 : 503);
    expect(answer.headers.get('retry-after')).toEqual(retryAfter);
  });

  it('near-limit warns in a good answer', async () => {
    always({ kind: 'near-limit' });

    const { status, headers } = await get(sandbox, pages);
    expect([status, headers.get('x-ratelimit-nearlimit')]).toEqual([200, 'true']);
  });

  it.each(['reset', 'truncated-body'] as const)('%s breaks the connection', async (kind) => {
    always({ kind });

    await expect(get(sandbox, pages)).rejects.toThrow();
    sandbox.faults = [];
    expect((await get(sandbox, pages)).status).toBe(200);
    expect(sandbox.requests[0]?.status).toBe(kind === 'reset' ? 0 : 200);
  });

  it.each([
    [{ kind: 'login-page' } as const, 200, 'text/html'],
    [{ kind: 'not-found-page' } as const, 404, 'text/html'],
    [{ kind: 'scoped-token' } as const, 401, 'text/html'],
    [{ kind: 'missing-scope' } as const, 401, 'application/json'],
    [{ kind: 'revoked-token' } as const, 404, 'application/json'],
  ])('%j refuses in its own way', async (what, status, type) => {
    always(what);

    const answer = await get(sandbox, pages);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain(type);
  });

  it('revoked-token from a request on looks like absence', async () => {
    sandbox.faults = [{ when: { from: 2 }, what: { kind: 'revoked-token' } }];

    expect(await statuses(3)).toEqual([200, 404, 404]);
    expect((await get(sandbox, '/rest/api/user/current')).status).toBe(403);
  });

  it('slow waits', async () => {
    always({ kind: 'slow', ms: 60 });
    const start = performance.now();

    await get(sandbox, pages);
    expect(performance.now() - start).toBeGreaterThan(55);
  });

  it('expired-cursor refuses the second page only', async () => {
    always({ kind: 'expired-cursor', status: 410 });

    const first = await get(sandbox, pages);
    expect(first.status).toBe(200);
    expect((await get(sandbox, nextOf(first) ?? '')).status).toBe(410);
  });

  it('a repeated cursor gives the same page again', async () => {
    sandbox.faults = [{ when: { from: 2 }, what: { kind: 'listing', repeatedCursor: true } }];
    const first = await get(sandbox, pages);

    const second = await get(sandbox, nextOf(first) ?? '');
    const third = await get(sandbox, nextOf(second) ?? '');

    expect(nextOf(second)).toBe(nextOf(first));
    expect(rowsOf(third)).toEqual(rowsOf(second));
  });

  it('short pages lose nothing', async () => {
    const all = await getAll(sandbox, pages);
    always({ kind: 'listing', rows: 1 });

    expect(await getAll(sandbox, pages)).toEqual(all);
    expect(sandbox.requests).toHaveLength(3 + 11);
  });

  it('a row comes twice, another not at all', async () => {
    const [first, second] = await getAll(sandbox, pages);
    always({ kind: 'listing', duplicateRow: true, missingIds: [second?.id ?? ''] });

    const ids = rowsOf(await get(sandbox, pages)).map((row) => row.id);
    expect(ids).toHaveLength(4);
    expect(ids.filter((id) => id === first?.id)).toHaveLength(2);
    expect(ids).not.toContain(second?.id);
  });

  it('adds a row of another space', async () => {
    const other = sandbox.site.addPage({ space: 'B', title: 'Elsewhere' });
    always({ kind: 'listing', foreignRow: true });
    const spaceId = sandbox.site.spaces.get('A').id;

    const rows = await getAll(sandbox, `/api/v2/spaces/${spaceId}/pages`);
    expect(rows).toHaveLength(12);
    expect(rows.filter((row) => row['spaceId'] !== spaceId).map(({ id }) => id)).toEqual([other]);
    const search = '/rest/api/content/search?cql=space=B&limit=100';
    expect(rowsOf(await get(sandbox, search))).toHaveLength(2);
    expect(rowsOf(await get(sandbox, '/api/v2/spaces?keys=A'))).toHaveLength(2);
  });

  it('hits only what asks for bodies, or for many rows', async () => {
    const what = { kind: 'server-error', status: 504 } as const;
    sandbox.faults = [{ when: { withBodies: true, limitOver: 50 }, what }];
    const search = '/rest/api/content/search?cql=type=page&limit=100&expand=version';
    const status = async (path: string): Promise<number> => (await get(sandbox, path)).status;

    expect(await status('/api/v2/pages?limit=100&body-format=storage')).toBe(504);
    expect(await status(`${search},body.storage`)).toBe(504);
    expect(await status(search)).toBe(200);
    expect(await status('/api/v2/pages?limit=50&body-format=storage')).toBe(200);
  });
});
