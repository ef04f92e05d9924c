import { createV1Client, createV2Client } from 'confluence.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { makeDiscussedSite } from './__fixtures__/discussed-site.ts';
import { bodyOf, type ConfluenceSandbox, sampleCompany, startConfluenceSandbox } from './index.ts';

type Clients = {
  v1: ReturnType<typeof createV1Client>;
  v2: ReturnType<typeof createV2Client>;
};

function makeClients({ url, username: email, token: apiToken }: ConfluenceSandbox): Clients {
  const config = { host: new URL(url).origin, auth: { type: 'basic' as const, email, apiToken } };
  return { v1: createV1Client(config), v2: createV2Client(config) };
}

/** confluence.js checks every answer against its own schemas and throws when one does not fit. */
describe('an independent client', () => {
  const site = sampleCompany();
  const contents = site.contents.all();
  const space = site.spaces.get('ENG');
  let sandbox: ConfluenceSandbox;
  let clients: Clients;

  beforeAll(async () => {
    sandbox = await startConfluenceSandbox({ site });
    clients = makeClients(sandbox);
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
        whiteboard: () => clients.v2.whiteboard.getWhiteboardById({ id }),
        database: () => clients.v2.database.getDatabaseById({ id }),
        embed: () => clients.v2.smartLink.getSmartLinkById({ id }),
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

describe('an independent client, of what belongs to a page', () => {
  const { site, ids } = makeDiscussedSite();
  const pageId = Number(ids.page);
  let sandbox: ConfluenceSandbox;
  let v1: Clients['v1'];
  let v2: Clients['v2'];

  beforeAll(async () => {
    sandbox = await startConfluenceSandbox({ site });
    ({ v1, v2 } = makeClients(sandbox));
  });
  afterAll(() => sandbox.close());

  it('reads comments and replies', async () => {
    const id = Number(ids.footer);
    const all = await v2.comment.getFooterComments({
      bodyFormat: 'storage',
      sort: '-created-date',
    });
    const onPage = await v2.comment.getPageInlineComments({ id: pageId });
    const replies = await v2.comment.getFooterCommentChildren({ id });
    const one = await v2.comment.getInlineCommentById({ commentId: Number(ids.inline) });

    expect(all.results?.map((comment) => comment.id)).toEqual([ids.reply, ids.footer]);
    expect(onPage.results?.[0]?.properties?.inlineOriginalSelection).toBe('Friday');
    expect(replies.results?.[0]?.parentCommentId).toBe(ids.footer);
    expect(one.resolutionStatus).toBe('open');
  });

  it('reads attachments, labels, descendants, people and types', async () => {
    const files = await v2.attachment.getPageAttachments({ id: pageId });
    const file = await v2.attachment.getAttachmentById({ id: ids.file });
    const labels = await v2.label.getPageLabels({ id: pageId });
    const below = await v2.descendants.getPageDescendants({ id: Number(ids.home) });
    const people = await v2.user.createBulkUserLookup({ body: { accountIds: [ids.user] } });
    const types = await v2.content.convertContentIdsToContentTypes({
      body: { contentIds: [ids.inline] },
    });

    expect(files.results?.map(({ title }) => title)).toEqual(['plan.txt']);
    expect(file.fileSize).toBe(5);
    expect(labels.results?.map(({ name }) => name)).toEqual(['roadmap', 'favourite']);
    expect(below.results?.map(({ id }) => id)).toEqual([ids.page]);
    expect(people.results?.[0]?.displayName).toBe('Mei');
    expect(types.results).toEqual({ [ids.inline]: 'inline-comment' });
  });

  it('searches with every expansion, and reads restrictions', async () => {
    const expand = [
      'version,space,ancestors,history,metadata.labels,body.storage',
      'extensions.inlineProperties,extensions.resolution,children.comment,children.attachment',
      'restrictions.read.restrictions.user,restrictions.read.restrictions.group',
    ];
    const found = await v1.content.searchContentByCQL({ cql: 'space = A', expand });
    const read = await v1.contentRestrictions.getRestrictionsByOperation({ id: ids.page });

    // The container of a page is a space, whose id is a number on the wire and a text in confluence.js.
    const cql = 'type in (comment, attachment)';
    const parts = await v1.content.searchContentByCQL({ cql, expand: ['container'] });

    expect(found.results.map((item) => item?.type)).toContain('attachment');
    expect(parts.results[0]?.container).toMatchObject({ id: ids.page });
    expect(read).toHaveProperty('read.operation', 'read');
  });
});
