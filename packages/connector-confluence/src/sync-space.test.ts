import { describe, expect, it } from 'vitest';

import { deployments } from './__fixtures__/deployments.ts';
import {
  addPages,
  collect,
  documentsOf,
  Mirror,
  readScopes,
  textOf,
} from './__fixtures__/harness.ts';

describe.each(deployments)(
  'sync-space on $name',
  ({ startWorld, asked, isCloud, personId, webPath }) => {
    describe('sync', () => {
      it('yields pages, posts and folders, each in a listing of its own', async () => {
        const world = await startWorld();
        const { site } = world;
        const home = site.idOf('ENG', 'Engineering');
        const folder = site.addPage({ space: 'ENG', title: 'Guides', kind: 'folder' });
        const page = site.addPage({
          space: 'ENG',
          title: 'Deploy',
          parent: folder,
          body: '<p>Go</p>',
        });
        const post = site.addPage({
          space: 'ENG',
          title: 'News',
          kind: 'blogpost',
          body: '<p>Hi</p>',
        });

        const events = await new Mirror().sync(world, world.connect());

        const shapes = events.flatMap((event) => {
          if (event.type === 'listing') return [`${event.state} ${event.kinds?.join()}`];
          return event.type === 'upsert' ? [`${event.document.kind} ${event.document.id}`] : [];
        });
        const nodes = 'folder,whiteboard,database,embed';
        expect(shapes).toEqual([
          'begin page',
          `page ${home}`,
          `page ${page}`,
          'complete page',
          'begin blogpost',
          `blogpost ${post}`,
          'complete blogpost',
          ...(isCloud ? [`begin ${nodes}`, `folder folder:${folder}`, `complete ${nodes}`] : []),
          'begin footer-comment,inline-comment',
          'complete footer-comment,inline-comment',
          'begin attachment',
          'complete attachment',
        ]);
      });

      it('describes a page wholly', async () => {
        const world = await startWorld();
        const { site } = world;
        const home = site.idOf('ENG', 'Engineering');
        const id = site.addPage({ space: 'ENG', title: 'Deploy', position: 7, body: '<p>Go</p>' });

        const documents = documentsOf(await new Mirror().sync(world, world.connect()));

        const { content, ...header } = documents.find((document) => document.id === id) ?? {};
        const { createdAt, authorId } = site.contents.get(id);
        expect(header).toEqual({
          id,
          kind: 'page',
          title: 'Deploy',
          revision: '1@ENG',
          parent: home,
          order: 7,
          url: world.sandbox.url + webPath({ id, title: 'Deploy' }),
          aliases: [
            'eng:deploy',
            `${world.sandbox.url}/pages/viewpage.action?pageId=${id}`,
            `${world.sandbox.url}/spaces/ENG/pages/${id}`,
            `${world.sandbox.url}/display/ENG/Deploy`,
          ],
          createdAt,
          updatedAt: createdAt,
          author: { id: personId(authorId), name: personId(authorId) },
          metadata: { space: 'ENG', version: 1 },
        });
        expect(content).toBeTypeOf('function');
      });

      it('gives the text of each document, whichever way it was read', async () => {
        const world = await startWorld();
        const mirror = new Mirror();
        const [id = ''] = addPages(world.site, 2);
        const find = async (): Promise<string | undefined> => {
          const documents = documentsOf(await mirror.sync(world, world.connect()));
          const document = documents.find((each) => each.id === id);
          return document && (await textOf(document, world.call)).markdown;
        };

        expect(await find()).toBe('Text 0\n');
        expect(await find()).toBe('Text 0\n');
        world.site.edit(id, '<p>Other</p>');
        expect(await find()).toBe('Other\n');
      });

      it('shows a move and a new place without a new version, and reads no text for it', async () => {
        const world = await startWorld();
        const mirror = new Mirror();
        const [a = '', b = ''] = addPages(world.site, 2);
        await mirror.sync(world, world.connect());
        world.takeRequests();

        world.site.move(b, { parent: a });
        await mirror.sync(world, world.connect());

        expect(mirror.documents.get(b)).toMatchObject({ parent: a, revision: '1@ENG' });
        expect(world.takeRequests().filter((url) => asked.texts.test(url))).toEqual([]);
      });

      it('reads again what moved to another selected space, where its links mean other pages', async () => {
        const world = await startWorld();
        world.site.addSpace({ key: 'HR', name: 'People' });
        const connector = world.connect({ spaces: ['ENG', 'HR'] });
        const [id = ''] = addPages(world.site, 1);
        const mirror = new Mirror();
        await mirror.sync(world, connector);

        world.site.move(id, { space: 'HR' });
        const events = await mirror.sync(world, connector);

        expect(documentsOf(events).filter((document) => document.id === id)).toMatchObject([
          { revision: '1@HR', parent: null, metadata: { space: 'HR' } },
        ]);
      });

      it.runIf(isCloud).each([
        [false, []],
        [true, [{ metadata: { status: 'archived' } }]],
      ])(
        'with includeArchived %j gives of archived pages %j',
        async (includeArchived, expected) => {
          const world = await startWorld();
          const [id = ''] = addPages(world.site, 1);
          world.site.archive(id);

          const events = await new Mirror().sync(world, world.connect({ includeArchived }));

          expect(documentsOf(events).filter((document) => document.id === id)).toMatchObject(
            expected,
          );
        },
      );

      it('lets go of blog posts that are not wanted any more, without a request', async () => {
        const world = await startWorld();
        world.site.addPage({ space: 'ENG', title: 'News', kind: 'blogpost' });

        const events = await new Mirror().sync(world, world.connect({ blogPosts: false }));

        expect(documentsOf(events).map(({ kind }) => kind)).toEqual(['page']);
        expect(events).toContainEqual({ type: 'listing', state: 'complete', kinds: ['blogpost'] });
        expect(world.takeRequests().filter((url) => asked.posts.test(url))).toEqual([]);
      });

      it('stops at maxPages, says so, and does not call the listing whole', async () => {
        const world = await startWorld();
        addPages(world.site, 3);

        const capped = await new Mirror().sync(world, world.connect({ maxPages: 3 }));
        const roomy = await new Mirror().sync(world, world.connect({ maxPages: 4 }));

        expect(documentsOf(capped)).toHaveLength(3);
        expect(capped).toContainEqual(
          expect.objectContaining({ state: 'complete', kinds: ['page'], authoritative: false }),
        );
        expect(capped).toContainEqual(expect.objectContaining({ code: 'list-cut' }));
        expect(documentsOf(roomy)).toHaveLength(4);
        expect(roomy.filter(({ type }) => type === 'warning')).toEqual([]);
        expect(roomy).toContainEqual(
          expect.objectContaining({ state: 'complete', kinds: ['page'], authoritative: true }),
        );
      });

      it('keeps titles of any bytes as they are', async () => {
        const titles = [
          '../../etc/passwd',
          'a/b\\c:d*e?f"g<h>i|j',
          ' . ',
          'CON',
          '\u202Etxt.exe',
          'e\u0301',
          '\u00e9 2',
          '👩‍👩‍👧',
          '第一章',
          '%2e%2e',
          '[x](y) `z` #',
          '\u0007bell',
          '\uD800',
          'x'.repeat(255),
        ];
        const world = await startWorld();
        const ids = titles.map((title) =>
          world.site.addPage({ space: 'ENG', title, parent: null }),
        );

        const documents = documentsOf(await new Mirror().sync(world, world.connect()));

        const byId = new Map(documents.map((document) => [document.id, document]));
        expect(ids.map((id) => byId.get(id)?.title)).toEqual(titles);
        for (const { url } of documents) expect(URL.canParse(url ?? '')).toBe(true);
      });

      it('ends when the caller aborts', async () => {
        const world = await startWorld();
        addPages(world.site, 3);
        const connector = world.connect();
        const [scope] = await readScopes(connector, world);
        const stop = new AbortController();
        if (scope === undefined) return expect.fail('There is no scope.');

        stop.abort();
        const call = { ...world.call, signal: stop.signal };
        const events = collect(new Mirror().run(connector, { scope, mode: 'full', call }));

        await expect(events).rejects.toMatchObject({ code: 'cancelled' });
      });
    });
  },
);
