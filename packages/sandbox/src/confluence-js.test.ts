import { createV1Client, createV2Client } from 'confluence.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { bodyOf, type ConfluenceSandbox, sampleCompany, startConfluenceSandbox } from './index.ts';

type Clients = {
  v1: ReturnType<typeof createV1Client>;
  v2: ReturnType<typeof createV2Client>;
};

/** confluence.js checks every answer against its own schemas and throws when one does not fit. */
describe('an independent client', () => {
  const site = sampleCompany();
  const contents = site.contents.all();
  const space = site.spaces.get('ENG');
  let sandbox: ConfluenceSandbox;
  let clients: Clients;

  beforeAll(async () => {
    sandbox = await startConfluenceSandbox({ site });
    const { username: email, token: apiToken } = sandbox;
    const config = {
      host: new URL(sandbox.url).origin,
      auth: { type: 'basic' as const, email, apiToken },
    };
    clients = { v1: createV1Client(config), v2: createV2Client(config) };
  });
  afterAll(() => sandbox.close());

  it('reads the spaces', async () => {
    const { results } = await clients.v2.space.getSpaces({ keys: ['ENG', 'HR'] });
    const one = await clients.v2.space.getSpaceById({ id: Number(space.id) });

    expect(results?.map(({ key }) => key)).toEqual(['ENG', 'HR']);
    expect(one.homepageId).toBe(space.homepageId);
  });

  it('reads all pages of a space through the cursors', async () => {
    const titles: (string | undefined)[] = [];
    let cursor: string | undefined;
    do {
      const options = {
        id: Number(space.id),
        limit: 7,
        ...(cursor === undefined ? {} : { cursor }),
      };
      const page = await clients.v2.page.getPagesInSpace(options);
      titles.push(...(page.results ?? []).map(({ title }) => title));
      const next = page._links?.next;
      cursor =
        next === undefined
          ? undefined
          : (new URL(next, sandbox.url).searchParams.get('cursor') ?? '');
    } while (cursor !== undefined);

    const expected = contents.filter(
      ({ spaceId, kind }) => spaceId === space.id && kind === 'page',
    );
    expect(titles).toEqual(expected.map(({ title }) => title));
  });

  it('reads the bodies of pages by their ids', async () => {
    const wanted = contents.filter(({ kind }) => kind === 'page').slice(0, 5);

    const ids = wanted.map(({ id }) => Number(id));
    const { results } = await clients.v2.page.getPages({ id: ids, bodyFormat: 'storage' });

    expect(results?.map(({ body }) => body?.storage?.value)).toEqual(wanted.map(bodyOf));
  });

  it('reads every page, blog post and folder alone', async () => {
    for (const { id: text, kind, title } of contents) {
      const id = Number(text);
      const read = {
        page: () => clients.v2.page.getPageById({ id, bodyFormat: 'storage' }),
        blogpost: () => clients.v2.blogPost.getBlogPostById({ id }),
        folder: () => clients.v2.folder.getFolderById({ id }),
      };
      expect((await read[kind]()).title).toBe(title);
    }
  });

  it('reads blog posts and children', async () => {
    const posts = await clients.v2.blogPost.getBlogPosts({ limit: 250 });
    const id = Number(site.idOf('ENG', 'Services'));
    const children = await clients.v2.children.getPageDirectChildren({ id });

    expect(posts.results).toHaveLength(6);
    expect(children.results?.map(({ title }) => title)).toContain('Lock gateway');
  });

  it('finds folders with CQL and knows who it is', async () => {
    const cql = 'type=folder and space="ENG"';
    const found = await clients.v1.content.searchContentByCQL({ cql, expand: ['ancestors'] });
    const rows = await clients.v1.search.searchByCQL({ cql });
    const user = await clients.v1.users.getCurrentUser();

    const folders = ['Projects', 'Winter lock: weekly notes'];
    expect(found.results.map((content) => content?.title)).toEqual(folders);
    expect(rows.results.map(({ title }) => title)).toEqual(folders);
    expect(user).toMatchObject({ accountId: site.account.accountId });
  });
});
