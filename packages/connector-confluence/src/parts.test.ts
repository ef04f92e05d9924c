import type { Content } from '@context-sync/core';
import { describe, expect, it } from 'vitest';

import { deployments } from './__fixtures__/deployments.ts';
import {
  addPages,
  collect,
  documentsOf,
  Mirror,
  textOf,
  type World,
} from './__fixtures__/harness.ts';

describe.each(deployments)('parts on $name', ({ startWorld, asked, isCloud, personId }) => {
  /** A page that people discuss, with a file. */
  async function startDiscussion(): Promise<{
    world: World;
    mirror: Mirror;
    page: string;
    footer: string;
    inline: string;
    file: string;
  }> {
    const world = await startWorld();
    const { site } = world;
    const page = site.addPage({ space: 'ENG', title: 'Plan', body: '<p>Ship it on Friday.</p>' });
    const mei = site.addUser({ name: 'Mei' });
    const footer = site.comments.addFooter({ on: page, body: '<p>Why?</p>', by: mei });
    site.comments.reply(footer, { body: '<p>Because.</p>' });
    const inline = site.comments.addInline({ on: page, selection: 'Friday', body: '<p>No.</p>' });
    const file = site.attachments.add({
      on: page,
      name: 'a & b.txt',
      content: 'first',
      mediaType: 'text/plain',
    });
    return { world, mirror: new Mirror(), page, footer, inline, file };
  }

  const searches = (world: World): string[] =>
    world.takeRequests().filter((url) => url.includes('/search'));

  describe('comments', () => {
    it('are sections of their page, replies below what they answer', async () => {
      const { world, mirror, page, footer, inline } = await startDiscussion();

      const documents = documentsOf(await mirror.sync(world, world.connect()));

      const comments = documents.filter(({ placement }) => placement === 'section');
      expect(comments).toMatchObject([
        { id: `footer-comment:${footer}`, parent: page, title: '', author: { name: 'Mei' } },
        { kind: 'footer-comment', parent: `footer-comment:${footer}`, revision: '1@ENG' },
        { id: `inline-comment:${inline}`, parent: page, title: '“Friday”' },
      ]);
      const texts = await Promise.all(comments.map((comment) => textOf(comment, world.call)));
      expect(texts.map(({ markdown }) => markdown.trim())).toEqual(['Why?', 'Because.', 'No.']);
      expect(comments[0]?.url).toContain(world.sandbox.url);
    });

    it('that are new or edited cost one search, for all spaces of a run', async () => {
      const { world, mirror, page, footer } = await startDiscussion();
      const { site } = world;
      site.addSpace({ key: 'HR', name: 'People', homepage: { title: 'People' } });
      const connect = (): ReturnType<World['connect']> => world.connect({ spaces: ['ENG', 'HR'] });
      await mirror.sync(world, connect());
      searches(world);

      site.comments.edit(footer, '<p>Why then?</p>');
      const added = site.comments.addFooter({ on: page, body: '<p>More.</p>' });
      site.comments.addFooter({ on: site.idOf('HR', 'People'), body: '<p>Hi.</p>' });
      await mirror.sync(world, connect());

      expect(mirror.documents.get(`footer-comment:${footer}`)?.revision).toBe('2@ENG');
      expect(mirror.documents.has(`footer-comment:${added}`)).toBe(true);
      expect(
        [...mirror.documents.values()].filter(({ revision }) => revision === '1@HR'),
      ).toHaveLength(2);
      // The folders of both, the labels, and the comments and attachments.
      expect(searches(world)).toHaveLength(isCloud ? 3 : 2);
    });

    it('show after a reconcile that they are resolved, without a new version', async () => {
      const { world, mirror, inline } = await startDiscussion();
      await mirror.sync(world, world.connect());

      world.site.comments.resolve(inline);
      await mirror.sync(world, world.connect(), { reconcile: true });

      expect(mirror.documents.get(`inline-comment:${inline}`)).toMatchObject({
        title: '“Friday” (resolved)',
        revision: '1@ENG',
      });
    });

    it('are let go when they are not wanted any more', async () => {
      const { world, mirror, footer } = await startDiscussion();
      await mirror.sync(world, world.connect());
      const connector = world.connect({ comments: false });

      const events = await mirror.sync(world, connector);

      expect(events).toContainEqual({
        type: 'listing',
        state: 'complete',
        kinds: ['footer-comment', 'inline-comment'],
      });
      const [scope] = await collect(connector.scopes(world.call));
      if (scope?.type !== 'scope') throw new Error('There is no scope.');
      const ids = [`footer-comment:${footer}`];
      expect(await collect(connector.fetch(ids, scope.scope, world.call))).toEqual([
        { type: 'delete', id: ids[0], reason: 'moved-out' },
      ]);
    });

    it('of a page that comes back are read whole, though none of them is new', async () => {
      const { world, mirror, page, footer } = await startDiscussion();
      const { site } = world;
      await mirror.sync(world, world.connect());
      site.trash(page);
      site.clock.advance(86_400_000);
      await mirror.sync(world, world.connect());
      for (const id of [page, `footer-comment:${footer}`]) {
        mirror.revisions.delete(id);
        mirror.documents.delete(id);
      }

      site.restore(page);
      await mirror.sync(world, world.connect());

      expect(mirror.documents.has(`footer-comment:${footer}`)).toBe(true);
    });

    it('of other pages than those that are mirrored are left out', async () => {
      const { world, mirror } = await startDiscussion();

      await mirror.sync(world, world.connect({ exclude: { titles: ['pl*'] } }));

      expect([...mirror.documents.values()].map(({ kind }) => kind)).toEqual(['page']);
    });
  });

  describe('attachments', () => {
    it('are listed with their size and type, and not downloaded', async () => {
      const { world, mirror, page, file } = await startDiscussion();

      await mirror.sync(world, world.connect());

      expect(mirror.documents.get(file)).toMatchObject({
        placement: 'attachment',
        title: 'a & b.txt',
        parent: page,
        revision: '1',
        url: `${world.sandbox.url}/download/attachments/${page}/a%20%26%20b.txt`,
        metadata: { size: 5, mediaType: 'text/plain' },
        content: { markdown: '' },
      });
    });

    it.each([
      [{ download: true }, true],
      [{ download: true, maxBytes: 4 }, false],
      [{ download: true, types: ['text/*'] }, true],
      [{ download: true, types: ['image/*', 'text/html'] }, false],
    ])('are downloaded with %j: %j', async (options, isDownloaded) => {
      const { world, mirror, file } = await startDiscussion();
      const attachments = { maxBytes: 1000, types: ['*'], ...options };

      await mirror.sync(world, world.connect({ attachments }));

      const content = mirror.documents.get(file)?.content as Content;
      expect(content.bytes?.size).toBe(isDownloaded ? 5 : undefined);
      const stream = await content.bytes?.open(world.call);
      expect(stream === undefined ? undefined : await new Response(stream).text()).toBe(
        isDownloaded ? 'first' : undefined,
      );
    });

    it('are all listed again when the options change, and only then', async () => {
      const { world, mirror, file } = await startDiscussion();
      await mirror.sync(world, world.connect());
      world.site.clock.advance(86_400_000);
      const attachments = { download: true, maxBytes: 1000, types: ['*'] };

      await mirror.sync(world, world.connect());
      expect(mirror.documents.get(file)?.revision).toBe('1');
      await mirror.sync(world, world.connect({ attachments }));
      expect(mirror.documents.get(file)?.revision).toBe('1+bytes');
      searches(world);
      await mirror.sync(world, world.connect({ attachments }));

      // The folders, the labels, and the comments and attachments.
      expect(searches(world)).toHaveLength(isCloud ? 3 : 2);
    });
  });

  describe('labels and restrictions', () => {
    it('come with the first run, and after a reconcile', async () => {
      const { world, mirror, page } = await startDiscussion();
      const { site } = world;
      site.labels.add(page, 'roadmap');
      site.labels.add(page, 'favourite', 'my');
      site.restrictions.setReaders(page, {
        users: [site.addUser({ name: 'Bo' })],
        groups: ['board'],
      });

      await mirror.sync(world, world.connect());
      expect(mirror.headers.get(page)).toEqual({
        labels: ['roadmap'],
        permissions: {
          visibility: 'restricted',
          readers: expect.arrayContaining(['Bo', 'group:board']),
        },
      });

      site.labels.remove(page, 'roadmap');
      site.restrictions.clear(page);
      await mirror.sync(world, world.connect(), { reconcile: true });
      expect(mirror.headers.get(page)).toEqual({ labels: [], permissions: null });
    });

    it('of an edited page come with the next run', async () => {
      const { world, mirror, page } = await startDiscussion();
      await mirror.sync(world, world.connect());

      world.site.labels.add(page, 'new');
      world.site.edit(page, '<p>Edited.</p>');
      await mirror.sync(world, world.connect());

      expect(mirror.headers.get(page)?.labels).toEqual(['new']);
    });
  });

  describe('labels', () => {
    it('of a page that the search did not know yet come once it does', async () => {
      const { world, mirror } = await startDiscussion();
      await mirror.sync(world, world.connect());
      world.site.index.lagMs = 10 * 60_000;
      const id = world.site.addPage({ space: 'ENG', title: 'New' });
      world.site.labels.add(id, 'fresh');
      await mirror.sync(world, world.connect());
      expect(mirror.headers.get(id)).toBeUndefined();

      world.site.clock.advance(20 * 60_000);
      await mirror.sync(world, world.connect());

      expect(mirror.headers.get(id)?.labels).toEqual(['fresh']);
    });
  });

  describe('the names of people', () => {
    it('are asked for once, many at a time', async () => {
      const { world, mirror, page } = await startDiscussion();
      const bo = world.site.addUser({ name: 'Bo' });
      world.site.edit(page, `<p><ac:link><ri:user ri:account-id="${bo}"/></ac:link></p>`);
      const asks = (): number =>
        world.takeRequests().filter((url) => asked.people.test(url)).length;

      await mirror.sync(world, world.connect());
      expect(mirror.people.get(personId(bo))).toBe('Bo');
      expect([...mirror.people.values()].toSorted()).toEqual(['Ada Okafor', 'Bo', 'Mei']);
      // Of all at once, or of each.
      expect(asks()).toBe(isCloud ? 1 : 3);
      await mirror.sync(world, world.connect());
      expect(asks()).toBe(0);
      world.site.people.rename(bo, 'Bo II');
      await mirror.sync(world, world.connect(), { reconcile: true });
      expect(mirror.people.get(personId(bo))).toBe('Bo II');
    });

    it('that the service does not tell are those of former users', async () => {
      const { world, mirror, page } = await startDiscussion();
      const gone = '712020:gone';
      world.site.edit(page, `<p><ac:link><ri:user ri:account-id="${gone}"/></ac:link></p>`);

      await mirror.sync(world, world.connect());

      expect(mirror.people.get(personId(gone))).toBe('Former user');
    });
  });

  describe('when the search is refused', () => {
    const refused = { when: { path: '/search' }, what: { kind: 'missing-scope' } } as const;

    it.runIf(isCloud)(
      'comments and attachments come from the lists of the site, with the same documents',
      async () => {
        const { world, mirror, footer } = await startDiscussion();
        // Then the answer stands in front of it in a list with the newest change first.
        world.site.comments.edit(footer, '<p>Why then?</p>');
        addPages(world.site, 2);
        await mirror.sync(world, world.connect());
        const other = new Mirror();

        world.sandbox.faults = [refused];
        const events = await other.sync(world, world.connect());

        const shape = ({ documents }: Mirror): unknown =>
          [...documents.values()]
            .map(({ id, title, revision, parent }) => ({ id, title, revision, parent }))
            .toSorted((a, b) => a.id.localeCompare(b.id));
        expect(shape(other)).toEqual(shape(mirror));
        expect(events.filter(({ type }) => type === 'warning')).not.toEqual([]);
        expect(events).toContainEqual({
          type: 'listing',
          state: 'complete',
          kinds: ['attachment'],
          authoritative: true,
        });
      },
    );

    it('and those lists too, nothing is called complete', async () => {
      const { world, mirror } = await startDiscussion();
      world.sandbox.faults = [
        refused,
        { when: { path: asked.parts }, what: { kind: 'missing-scope' } },
      ];

      const events = await mirror.sync(world, world.connect());

      const complete = events.flatMap((event) =>
        event.type === 'listing' && event.state === 'complete' ? (event.kinds ?? []) : [],
      );
      expect(complete).not.toContain('attachment');
      expect(complete).not.toContain('footer-comment');
      expect(complete).toContain('page');
    });

    it('and those lists too, what is new is found when they answer again', async () => {
      const { world, mirror, page } = await startDiscussion();
      await mirror.sync(world, world.connect());
      const added = world.site.comments.addFooter({ on: page, body: '<p>New.</p>' });
      const lists = { when: { path: asked.parts }, what: { kind: 'missing-scope' } } as const;
      world.sandbox.faults = [refused, lists];
      await mirror.sync(world, world.connect());
      world.site.clock.advance(86_400_000);

      world.sandbox.faults = [];
      await mirror.sync(world, world.connect());

      expect(mirror.documents.has(`footer-comment:${added}`)).toBe(true);
    });
  });
});
