import { type ConfluenceSite, generatedSite } from '@context-sync/sandbox';
import { describe, expect, it } from 'vitest';

import { allowanceOf, type Counts, countsOf } from './__fixtures__/allowance.ts';
import { deployments } from './__fixtures__/deployments.ts';
import { Mirror, type World } from './__fixtures__/harness.ts';

describe.each(deployments)('requests on $name', ({ startWorld, isCloud }) => {
  const hourMs = 3_600_000;
  const most = allowanceOf(isCloud ? 'cloud' : 'data-center');

  /** Mentions of different people, page by page, so that each space has its own. */
  function addPeople(site: ConfluenceSite, count: number): void {
    const pages = site.contents.all().filter(({ kind }) => kind === 'page');
    for (let index = 0; index < count; index += 1) {
      const id = site.addUser({ name: `Person ${index}` });
      const mention = `<ac:link><ri:user ri:account-id="${id}"/></ac:link>`;
      site.edit(pages[index % pages.length]?.id ?? '', `<p>Ask ${mention}.</p>`);
    }
  }

  function addComments(site: ConfluenceSite, count: number): void {
    const posts = site.contents.all().filter(({ kind }) => kind !== 'folder');
    for (let index = 0; index < count; index += 1) {
      const on = posts[(index * 7) % posts.length]?.id ?? '';
      site.comments.addFooter({ on, body: `<p>Comment ${index}</p>` });
    }
  }

  function addFolders(site: ConfluenceSite, count: number): void {
    const spaces = site.spaces.all();
    for (let index = 0; index < count; index += 1) {
      const space = spaces[index % spaces.length]?.key ?? '';
      site.addPage({ space, title: `Folder ${index}`, kind: 'folder' });
    }
  }

  const one = { spaces: 1, pages: 1 };
  const large = { spaces: 3, pages: 620, blogposts: 260, comments: 250, attachments: 420 };
  // More than one search for 50 spaces each.
  const count = 52;
  const many = { spaces: count, pages: 2 * count };

  const sites: Readonly<Record<string, () => ConfluenceSite>> = {
    'one page': () => generatedSite(one),
    '620 pages in 3 spaces': () => {
      const site = generatedSite({ ...large, labels: 200 });
      addFolders(site, 12);
      addPeople(site, 30);
      return site;
    },
    'few pages in many spaces': () => {
      const site = generatedSite({ ...many, blogposts: 30, attachments: 40 });
      addPeople(site, 120);
      addComments(site, 70);
      return site;
    },
    'nothing but pages, each space by another person': () => {
      const site = generatedSite({ spaces: 60, pages: 60 });
      addPeople(site, 120);
      return site;
    },
  };

  interface Setting {
    readonly world: World;
    readonly site: ConfluenceSite;
    readonly counts: Counts;
    readonly run: (options?: { reconcile?: boolean }) => Promise<number>;
  }

  /** A world with a fresh mirror; each run is hours after the last change. */
  async function start(name: string): Promise<Setting & { fresh: number }> {
    const world = await startWorld({ site: sites[name]?.() ?? expect.fail(`No site ${name}.`) });
    const { site } = world;
    const spaces = site.spaces.all().map(({ key }) => key);
    const mirror = new Mirror();
    const run: Setting['run'] = async (options) => {
      site.clock.advance(hourMs);
      world.takeRequests();
      const connector = world.connect({ spaces });
      await connector.check(world.call);
      await mirror.sync(world, connector, options);
      return world.takeRequests().length;
    };
    const fresh = await run();
    return { world, site, counts: countsOf(site), run, fresh };
  }

  describe('the requests of a run', () => {
    // Of the last one Data Center has no more to tell: each name costs a request anyway.
    it.each(Object.keys(sites).slice(0, isCloud ? 4 : 3))(
      'stay in the allowance for %s',
      async (name) => {
        const { site, counts, run, fresh } = await start(name);
        const unchanged = await run();
        const reconciled = await run({ reconcile: true });

        expect(fresh).toBeLessThanOrEqual(most.fresh(counts));
        expect(unchanged).toBeLessThanOrEqual(most.unchanged(counts));
        expect(reconciled).toBeLessThanOrEqual(most.unchanged(counts) + most.reconcile(counts));

        const { length: spaces } = site.spaces.all();
        const pages = site.contents.all().filter(({ kind }) => kind === 'page');
        for (const { id } of pages.slice(0, spaces)) {
          site.edit(id, '<p>New</p>');
          site.comments.addFooter({ on: id, body: '<p>New</p>' });
        }
        const changed = await run();
        // One text for each space, and as many comments in all.
        expect(changed - unchanged).toBeLessThanOrEqual(spaces + Math.ceil(spaces / 50) + 5);
      },
    );
  });

  describe('the requests of one large space', () => {
    it.each([1, 100, 101, 350])('for %i changed pages grow by a hundredth and 5', async (count) => {
      const world = await startWorld({ site: generatedSite({ spaces: 1, pages: 400 }) });
      const mirror = new Mirror();
      const run = async (): Promise<number> => {
        world.site.clock.advance(hourMs);
        world.takeRequests();
        await mirror.sync(world, world.connect({ spaces: ['GEN1'] }));
        return world.takeRequests().length;
      };
      await run();
      const unchanged = await run();

      const pages = world.site.contents.all().filter(({ kind }) => kind === 'page');
      for (const { id } of pages.slice(0, count)) world.site.edit(id, '<p>New</p>');
      const changed = await run();

      expect(changed - unchanged).toBeLessThanOrEqual(most.changed(count));
      expect([...mirror.revisions.values()].filter((each) => each.startsWith('2@'))).toHaveLength(
        count,
      );
    });
  });
});
