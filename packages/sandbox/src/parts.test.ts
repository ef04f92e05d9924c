import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { makeDiscussedSite } from './__fixtures__/discussed-site.ts';
import { get, getAll, nextOf, post, rowsOf } from './__fixtures__/sandbox-client.ts';
import { type ConfluenceSandbox, type ConfluenceSite, startConfluenceSandbox } from './index.ts';

describe('comments, attachments and labels', () => {
  let sandbox: ConfluenceSandbox;
  let site: ConfluenceSite;
  let ids: ReturnType<typeof makeDiscussedSite>['ids'];
  const idsOf = async (path: string): Promise<string[]> =>
    (await getAll(sandbox, `/api/v2${path}`)).map(({ id }) => id);
  const search = async (cql: string, expand = ''): Promise<ReturnType<typeof rowsOf>> =>
    rowsOf(
      await get(
        sandbox,
        `/rest/api/content/search?cql=${encodeURIComponent(cql)}&limit=1000&expand=${expand}`,
      ),
    );
  const idsFound = async (cql: string): Promise<string[]> =>
    (await search(cql)).map(({ id }) => id);

  beforeEach(async () => {
    ({ site, ids } = makeDiscussedSite());
    sandbox = await startConfluenceSandbox({ site });
  });
  afterEach(() => sandbox.close());

  it('lists roots for a page, replies under each, and all of them for the site', async () => {
    expect(await idsOf(`/pages/${ids.page}/footer-comments`)).toEqual([ids.footer]);
    expect(await idsOf(`/footer-comments/${ids.footer}/children`)).toEqual([ids.reply]);
    expect(await idsOf('/footer-comments')).toEqual([ids.footer, ids.reply]);
    expect(await idsOf('/inline-comments?limit=1')).toEqual([ids.inline]);
    expect(await idsOf(`/blogposts/${ids.post}/footer-comments`)).toEqual([]);
    expect(await idsOf(`/footer-comments?id=${ids.reply}`)).toHaveLength(2);
  });

  it('sorts comments by their last change and filters inline ones by resolution', async () => {
    site.comments.edit(ids.footer, '<p>Edited.</p>');
    site.comments.resolve(ids.inline);
    const list = `/pages/${ids.page}/inline-comments?resolution-status=`;

    expect(await idsOf('/footer-comments?sort=-modified-date')).toEqual([ids.footer, ids.reply]);
    expect(await idsOf(`${list}open`)).toEqual([]);
    expect(await idsOf(`${list}resolved`)).toEqual([ids.inline]);
    expect((await get(sandbox, '/api/v2/footer-comments?sort=title')).status).toBe(400);
  });

  it('gives the anchor, the resolution and the body of an inline comment', async () => {
    site.comments.resolve(ids.inline, ids.user);

    const { body } = await get(
      sandbox,
      `/api/v2/inline-comments/${ids.inline}?body-format=storage`,
    );
    const [row] = await search(
      `id = ${ids.inline}`,
      'extensions.inlineProperties,extensions.resolution,body.storage,container,ancestors',
    );

    expect(body).toMatchObject({
      pageId: ids.page,
      resolutionStatus: 'resolved',
      resolutionLastModifierId: ids.user,
      properties: { inlineOriginalSelection: 'Friday' },
      body: { storage: { value: '<p>No.</p>' } },
    });
    expect(row).toMatchObject({
      type: 'comment',
      container: { id: ids.page, type: 'page' },
      extensions: {
        location: 'inline',
        inlineProperties: { originalSelection: 'Friday' },
        resolution: { status: 'resolved' },
      },
    });
  });

  it('names the comment that a reply answers in v1', async () => {
    const [row] = await search(`id = ${ids.reply}`, 'ancestors');

    expect(row).toMatchObject({ ancestors: [{ id: ids.footer, type: 'comment' }] });
  });

  it('takes the parts of a trashed page out of all lists, and brings them back unchanged', async () => {
    const before = (await get(sandbox, `/api/v2/footer-comments/${ids.footer}`)).body;
    site.trash(ids.page);

    const lists = ['/footer-comments', '/inline-comments', '/attachments?status=trashed'];
    for (const list of lists) expect(await idsOf(list)).toEqual([]);
    expect(await idsFound('type in (comment, attachment) and space = A')).toHaveLength(1);
    expect((await get(sandbox, `/api/v2/footer-comments/${ids.footer}`)).status).toBe(404);
    expect((await get(sandbox, `/api/v2/pages/${ids.page}/attachments`)).status).toBe(404);

    site.restore(ids.page);
    expect((await get(sandbox, `/api/v2/footer-comments/${ids.footer}`)).body).toEqual(before);
    expect(await idsFound(`container = ${ids.page}`)).toHaveLength(4);
  });

  it('lists attachments by page, state, name and media type', async () => {
    const other = site.attachments.add({ on: ids.page, name: 'old.png', content: '' });
    site.attachments.delete(other);

    expect(await idsOf(`/pages/${ids.page}/attachments`)).toEqual([ids.file]);
    expect(await idsOf(`/pages/${ids.page}/attachments?status=trashed`)).toEqual([other]);
    expect(await idsOf('/attachments?filename=plan.txt')).toEqual([ids.file]);
    expect(await idsOf('/attachments?mediaType=text/plain&sort=-created-date')).toEqual([ids.file]);
    expect((await get(sandbox, `/api/v2/attachments/${ids.file.slice(3)}`)).body).toMatchObject({
      fileSize: 5,
      comment: 'a draft',
      downloadLink: expect.stringMatching(/^\/download\/attachments\/\d+\/plan\.txt\?version=1/),
    });
    expect(await idsFound('type = attachment')).not.toContain(other);
  });

  it('gives labels in v2 and in v1, by prefix too', async () => {
    const names = async (path: string): Promise<unknown[]> =>
      rowsOf(await get(sandbox, path)).map(({ name }) => name);

    expect(await names(`/api/v2/pages/${ids.page}/labels?sort=name`)).toEqual([
      'favourite',
      'roadmap',
    ]);
    expect(await names(`/api/v2/pages/${ids.page}/labels?prefix=my`)).toEqual(['favourite']);
    expect(await names(`/rest/api/content/${ids.page}/label`)).toEqual(['roadmap', 'favourite']);
    const [row] = await search('label = roadmap', 'metadata.labels');
    expect(row).toMatchObject({ metadata: { labels: { size: 2 } } });
  });

  it('names the readers of a page that the account may see', async () => {
    const expand = 'restrictions.read.restrictions.user,restrictions.read.restrictions.group';
    const [row] = await search(`id = ${ids.page}`, expand);
    const path = `/rest/api/content/${ids.page}/restriction/byOperation?expand=restrictions.user`;

    const { read } = (await get(sandbox, path)).body as { read: object };

    const user = { results: [{ accountId: site.account.accountId }, { accountId: ids.user }] };
    expect(row).toMatchObject({
      restrictions: { read: { restrictions: { user, group: { results: [{ name: 'board' }] } } } },
    });
    expect(read).toMatchObject({ restrictions: { user } });
  });

  it('looks people up in bulk, without those who are unknown or hidden', async () => {
    const gone = site.addUser({ name: 'Priya' });
    site.people.rename(ids.user, 'Mei Tanaka');
    site.people.deactivate(ids.user);
    site.people.hide(gone);
    const accountIds = [ids.user, gone, 'nobody'];

    const { body } = await post(sandbox, '/api/v2/users-bulk', { accountIds });

    expect(body['results']).toMatchObject([
      { accountId: ids.user, displayName: 'Mei Tanaka (Deactivated)', accountStatus: 'inactive' },
    ]);
    expect((await post(sandbox, '/api/v2/users-bulk', { accountIds: [] })).status).toBe(400);
    expect((await get(sandbox, '/api/v2/users-bulk')).status).toBe(404);
  });

  it('tells the types of ids, and null for what is not there', async () => {
    const contentIds = [ids.page, Number(ids.reply), ids.inline, ids.file, '7'];

    const { body } = await post(sandbox, '/api/v2/content/convert-ids-to-types', { contentIds });

    expect(body['results']).toEqual({
      [ids.page]: 'page',
      [ids.reply]: 'footer-comment',
      [ids.inline]: 'inline-comment',
      [ids.file]: 'attachment',
      '7': null,
    });
  });

  it('gives descendants down to a depth', async () => {
    const below = site.addPage({
      space: 'A',
      title: 'Board',
      kind: 'whiteboard',
      parent: ids.page,
    });
    const path = `/pages/${ids.home}/descendants`;

    expect(await idsOf(`${path}?depth=1`)).toEqual([ids.page]);
    expect(await idsOf(path)).toEqual([ids.page, below]);
    expect((await get(sandbox, `/api/v2${path}?depth=11`)).status).toBe(400);
  });

  it('shows a change to CQL only after the lag, and to v2 at once', async () => {
    site.catchUp();
    site.index.lagMs = 300_000;
    const late = site.comments.addFooter({ on: ids.page, body: '' });
    site.trash(ids.post);

    expect(await idsOf('/footer-comments')).toContain(late);
    expect(await idsFound('type = comment')).not.toContain(late);
    expect(await idsFound('type = blogpost')).toEqual([ids.post]);
    site.clock.advance(300_000);
    expect(await idsFound('type = comment')).toContain(late);
    expect(await idsFound('type = blogpost')).toEqual([]);

    const last = site.comments.addFooter({ on: ids.page, body: '' });
    site.catchUp();
    expect(await idsFound('type = comment')).toContain(last);
  });

  it('cuts the pages of a search by what is expanded', async () => {
    await sandbox.close();
    const searchLimits = { withBodies: 1, withExpansions: 2, plain: 3 };
    sandbox = await startConfluenceSandbox({ site, searchLimits });
    const count = async (expand: string): Promise<number> =>
      (await search('space = A', expand)).length;

    expect([await count('body.storage'), await count('version'), await count('')]).toEqual([
      1, 2, 3,
    ]);
  });

  it('keeps the expansions on the second page of a search', async () => {
    const first = await get(
      sandbox,
      '/rest/api/content/search?cql=type=comment&limit=1&expand=version',
    );

    const [row] = rowsOf(await get(sandbox, `/wiki${nextOf(first) ?? ''}`));

    expect(row).toMatchObject({ id: ids.reply, version: { number: 1 } });
  });
});
