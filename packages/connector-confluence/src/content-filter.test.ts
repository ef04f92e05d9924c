import { describe, expect, it } from 'vitest';

import { deployments } from './__fixtures__/deployments.ts';
import {
  collect,
  collectUntilFailure,
  documentsOf,
  Mirror,
  readScopes,
  type World,
} from './__fixtures__/harness.ts';
import type { FilterOptions } from './config.ts';

describe.each(deployments)('content-filter on $name', ({ startWorld, isCloud }) => {
  interface Library {
    readonly world: World;
    readonly ids: Readonly<Record<string, string>>;
  }

  /** A home with a branch `Guides` > `Deploy` > `Roll back`, a folder with `Notes`, and a post. */
  async function startLibrary(): Promise<Library> {
    const world = await startWorld();
    const { site } = world;
    const add = (title: string, parent?: string): string =>
      site.addPage({ space: 'ENG', title, body: '<p>Text</p>', ...(parent ? { parent } : {}) });
    const guides = add('Guides');
    const deploy = add('Deploy', guides);
    const rollBack = add('Roll back', deploy);
    const folder = site.addPage({ space: 'ENG', title: 'Drawer', kind: 'folder' });
    const notes = add('Übersicht', folder);
    const post = site.addPage({ space: 'ENG', title: 'News', kind: 'blogpost' });
    site.labels.add(deploy, 'howto');
    site.labels.add(notes, 'draft');
    site.labels.add(post, 'howto');
    return { world, ids: { guides, deploy, rollBack, folder, notes, post } };
  }

  async function titlesOf(
    { world }: Library,
    filter: { include?: FilterOptions; exclude?: FilterOptions; includeArchived?: boolean },
  ): Promise<string[]> {
    const documents = documentsOf(await new Mirror().sync(world, world.connect(filter)));
    return documents.map(({ title }) => title).toSorted();
  }

  /** Data Center has no folders. */
  const drawer = isCloud ? ['Drawer'] : [];
  const everything = [
    'Deploy',
    ...drawer,
    'Engineering',
    'Guides',
    'News',
    'Roll back',
    'Übersicht',
  ];
  const without = (...titles: string[]): string[] =>
    everything.filter((title) => !titles.includes(title));

  describe('include', () => {
    it('by labels gives what has one of them', async () => {
      const library = await startLibrary();

      expect(await titlesOf(library, { include: { labels: ['howto'] } })).toEqual([
        'Deploy',
        'News',
      ]);
      expect(await titlesOf(library, { include: { labels: ['draft', 'howto'] } })).toEqual([
        'Deploy',
        ...drawer,
        'News',
        'Übersicht',
      ]);
    });

    it('by ancestors gives a page and what lies below it, named by id, address or folder', async () => {
      const library = await startLibrary();
      const { ids, world } = library;
      const include = (ancestor: string): Promise<string[]> =>
        titlesOf(library, { include: { ancestors: [ancestor] } });

      expect(await include(ids['guides'] ?? '')).toEqual(['Deploy', 'Guides', 'Roll back']);
      const page = `${world.sandbox.url}/spaces/ENG/pages/${ids['deploy']}/Deploy`;
      expect(await include(page)).toEqual(['Deploy', 'Roll back']);
      const folder = `${world.sandbox.url}/spaces/ENG/folder/${ids['folder']}`;
      for (const named of isCloud ? [folder, ids['folder'] ?? ''] : []) {
        expect(await include(named)).toEqual(['Drawer', 'Übersicht']);
      }
    });

    it.each([
      [['*ideS'], ['Guides']],
      [
        ['Roll?back', 'news'],
        ['News', 'Roll back'],
      ],
      [['U\u0308BER*'], [...drawer, 'Übersicht']],
    ])('by the titles %j gives %j, without a search', async (titles, expected) => {
      const library = await startLibrary();

      expect(await titlesOf(library, { include: { titles } })).toEqual(expected);
      const asked = library.world.takeRequests().filter((url) => url.includes('(page, blogpost)'));
      expect(asked.filter((url) => !url.includes('metadata.labels'))).toEqual([]);
    });

    it('by CQL gives what the search finds, several clauses as one', async () => {
      const cql = 'title = "News" or title ~ "deploy"';

      expect(await titlesOf(await startLibrary(), { include: { cql } })).toEqual([
        'Deploy',
        'News',
      ]);
    });

    it('quotes what the user writes', async () => {
      const labels = ['a" or label = "howto', 'back\\slash', 'x) or (type = page'];

      expect(await titlesOf(await startLibrary(), { include: { labels } })).toEqual([]);
    });

    it('by several criteria wants all of them', async () => {
      const library = await startLibrary();
      const ancestors = [library.ids['guides'] ?? ''];

      expect(await titlesOf(library, { include: { labels: ['howto'], ancestors } })).toEqual([
        'Deploy',
      ]);
      expect(await titlesOf(library, { include: { ancestors, titles: ['r*'] } })).toEqual([
        'Roll back',
      ]);
    });
  });

  describe('exclude', () => {
    it.each<[FilterOptions, string[]]>([
      [{ labels: ['howto'] }, without('Deploy', 'News')],
      [{ titles: ['*e*'] }, ['Roll back']],
      [{ cql: 'title = "Guides"' }, without('Guides')],
      [{ labels: ['draft'], titles: ['News'] }, without('Drawer', 'Übersicht', 'News')],
      [{ labels: ['draft'], cql: 'title = "Guides"' }, without('Drawer', 'Übersicht', 'Guides')],
    ])('%j leaves out what fits one of them', async (exclude, expected) => {
      const shown = new Set(expected);
      const found = await titlesOf(await startLibrary(), { exclude });

      // A folder that nothing is left in goes with it.
      const folders = exclude.labels?.includes('draft') || exclude.titles ? drawer : [];
      expect(found.filter((title) => !folders.includes(title))).toEqual(
        everything.filter((title) => shown.has(title) && !folders.includes(title)),
      );
    });

    it('by ancestors leaves out a branch; with include it wins', async () => {
      const library = await startLibrary();
      const { guides = '', deploy = '' } = library.ids;

      expect(await titlesOf(library, { exclude: { ancestors: [deploy] } })).toEqual(
        without('Deploy', 'Roll back'),
      );
      expect(
        await titlesOf(library, {
          include: { ancestors: [guides] },
          exclude: { ancestors: [deploy] },
        }),
      ).toEqual(['Guides']);
    });

    it.runIf(isCloud)(
      'by what only the search knows leaves out archived pages, which it does not know',
      async () => {
        const library = await startLibrary();
        library.world.site.archive(library.ids['rollBack'] ?? '');
        const includeArchived = true;

        const found = await titlesOf(library, { includeArchived, exclude: { labels: ['draft'] } });
        expect(found).not.toContain('Roll back');
        const kept = await titlesOf(library, { includeArchived, exclude: { titles: ['News'] } });
        expect(kept).toContain('Roll back');
      },
    );

    it('by what only the search knows leaves out all of an archived space', async () => {
      const library = await startLibrary();
      library.world.site.archiveSpace('ENG');

      expect(await titlesOf(library, { exclude: { labels: ['draft'] } })).toEqual([]);
      expect(await titlesOf(library, { exclude: { titles: ['News'] } })).toContain('Roll back');
    });
  });

  describe('a filter that cannot be applied', () => {
    async function failure(
      { world }: Library,
      include: FilterOptions,
    ): Promise<{ code: string; message: string; hint?: string; completed: number }> {
      const connector = world.connect({ include });
      const [scope] = await readScopes(connector, world);
      if (scope === undefined) return expect.fail('There is no scope.');
      const run = new Mirror().run(connector, { scope, call: world.call });
      const { events, error } = await collectUntilFailure(run);
      const { code, message, hint } = error;
      const completed = events.filter(({ type }) => type === 'listing').length;
      return { code, message, completed, ...(hint === undefined ? {} : { hint }) };
    }

    it('because the search does not understand it quotes Confluence and says where to look', async () => {
      expect(await failure(await startLibrary(), { cql: 'colour = red' })).toMatchObject({
        code: 'config',
        message: expect.stringContaining("No field exists with the name: 'colour'"),
        hint: expect.stringContaining('colour = red'),
        completed: 0,
      });
    });

    it('because the search is refused says so, and lists nothing', async () => {
      const library = await startLibrary();
      library.world.sandbox.faults = [
        { when: { path: '/search' }, what: { kind: 'missing-scope' } },
      ];

      expect(await failure(library, { labels: ['howto'] })).toMatchObject({
        code: 'permission',
        message: expect.stringContaining('"include" and "exclude"'),
        hint: expect.stringContaining('search:confluence'),
        completed: 0,
      });
    });

    it.each(['4711', 'https://elsewhere.example/wiki/spaces/ENG/pages/4711', 'Guides'])(
      'because %s is nobody’s ancestor says so, and lists nothing',
      async (ancestor) => {
        expect(await failure(await startLibrary(), { ancestors: [ancestor] })).toMatchObject({
          code: 'config',
          message: expect.stringContaining(ancestor),
          completed: 0,
        });
      },
    );

    it.runIf(isCloud)('because nobody can say whether an ancestor is there goes on', async () => {
      const library = await startLibrary();
      const { guides = '' } = library.ids;
      const path = 'convert-ids-to-types';
      library.world.sandbox.faults = [{ when: { path }, what: { kind: 'missing-scope' } }];

      expect(await titlesOf(library, { include: { ancestors: [guides] } })).toHaveLength(3);
    });
  });

  describe('a filter that selects nothing', () => {
    it('is warned of once, when all spaces are read', async () => {
      const { world } = await startLibrary();
      world.site.addSpace({ key: 'OPS', name: 'Operations', homepage: { title: 'Ops' } });
      const spaces = ['ENG', 'OPS'];
      const warnings = async (titles: string[]): Promise<unknown[]> => {
        const connector = world.connect({ spaces, include: { titles } });
        const events = await new Mirror().sync(world, connector);
        return events.filter((event) => event.type === 'warning');
      };

      expect(await warnings(['Nothing'])).toMatchObject([{ code: 'nothing-selected' }]);
      expect(await warnings(['Ops'])).toEqual([]);
    });
  });

  describe('the requests of a filter', () => {
    it('are one search for all spaces, and one for all ancestors', async () => {
      const { world, ids } = await startLibrary();
      world.site.addSpace({ key: 'OPS', name: 'Operations' });
      const count = async (include: FilterOptions): Promise<number> => {
        world.takeRequests();
        const connector = world.connect({ spaces: ['ENG', 'OPS'], include });
        await new Mirror().sync(world, connector);
        return world.takeRequests().filter((url) => !/[?&]ids?=/.test(url)).length;
      };
      const plain = await count({ titles: ['*'] });

      expect(await count({ titles: ['*'], cql: 'title ~ "news"' })).toBe(plain + 1);
      expect(await count({ labels: ['howto'] })).toBeLessThanOrEqual(plain + 1);
      expect(await count({ ancestors: [ids['guides'] ?? ''] })).toBeLessThanOrEqual(plain + 2);
    });

    it('asks anew for documents that are read by their ids', async () => {
      const { world, ids } = await startLibrary();
      const connector = world.connect({ include: { labels: ['howto'] } });
      const [scope] = await readScopes(connector, world);
      if (scope === undefined) return expect.fail('There is no scope.');

      const asked = [ids['deploy'] ?? '', ids['guides'] ?? ''];
      const events = await collect(connector.fetch(asked, scope, world.call));

      expect(events.toSorted((a, b) => a.type.localeCompare(b.type))).toMatchObject([
        { type: 'delete', id: ids['guides'], reason: 'moved-out' },
        { type: 'upsert', document: { id: ids['deploy'] } },
      ]);
    });
  });
});
