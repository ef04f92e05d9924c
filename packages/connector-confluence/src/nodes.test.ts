import type { Fault } from '@context-sync/sandbox';
import { describe, expect, it } from 'vitest';

import { documentsOf, Mirror, startWorld, type World } from './__fixtures__/harness.ts';

/** Home / Outer / Inner / Deploy, and a folder that nothing lies in. */
async function startFolders(faults: readonly Fault[] = []): Promise<World> {
  const world = await startWorld();
  const { site } = world;
  const outer = site.addPage({ space: 'ENG', title: 'Outer', kind: 'folder' });
  const inner = site.addPage({ space: 'ENG', title: 'Inner', kind: 'folder', parent: outer });
  site.addPage({ space: 'ENG', title: 'Deploy', parent: inner });
  site.addPage({ space: 'ENG', title: 'Empty', kind: 'folder', parent: null });
  world.sandbox.faults = faults;
  return world;
}

const refused: Fault = { when: { path: '/search' }, what: { kind: 'missing-scope' } };

describe('folders', () => {
  it('come with one request, with their place and what lies in them', async () => {
    const world = await startFolders();
    const { site } = world;

    const documents = documentsOf(await new Mirror().sync(world, world.connect()));

    const [home, outer, inner, empty] = ['Engineering', 'Outer', 'Inner', 'Empty'].map((title) =>
      site.idOf('ENG', title),
    );
    expect(documents.filter(({ kind }) => kind === 'folder')).toMatchObject([
      { id: `folder:${outer}`, title: 'Outer', parent: home },
      { id: `folder:${inner}`, title: 'Inner', parent: `folder:${outer}` },
      { id: `folder:${empty}`, title: 'Empty', parent: null },
    ]);
    expect(documents.find(({ title }) => title === 'Deploy')?.parent).toBe(`folder:${inner}`);
    expect(documents.find(({ title }) => title === 'Outer')?.content).toEqual({
      markdown: `[](ctx:children/folder%3A${outer})\n`,
    });
    expect(world.takeRequests().filter((url) => /folder/.test(url))).toHaveLength(1);
  });

  it('that the index does not know yet are read by id, up to the root', async () => {
    const missingIds = ['Outer', 'Inner'];
    const world = await startFolders();
    const ids = missingIds.map((title) => world.site.idOf('ENG', title));
    const what = { kind: 'listing' as const, missingIds: ids };
    world.sandbox.faults = [{ when: { path: '/search' }, what }];

    const documents = documentsOf(await new Mirror().sync(world, world.connect()));

    const titles = documents.filter(({ kind }) => kind === 'folder').map(({ title }) => title);
    expect(titles.toSorted()).toEqual(['Empty', 'Inner', 'Outer']);
  });

  it('look the same whether found by the search or by id', async () => {
    const searched = await startFolders();
    const single = await startFolders([refused]);

    const found = await Promise.all(
      [searched, single].map(async (world) => {
        const documents = documentsOf(await new Mirror().sync(world, world.connect()));
        const outer = documents.find(({ title }) => title === 'Outer');
        return { ...outer, url: outer?.url?.replace(/:\d+\/wiki/, '') };
      }),
    );

    expect(found[1]).toEqual(found[0]);
  });

  it('are read by id when the search is refused, and the run says so', async () => {
    const world = await startFolders([refused]);

    const events = await new Mirror().sync(world, world.connect());

    const titles = documentsOf(events).flatMap(({ kind, title }) =>
      kind === 'folder' ? title : [],
    );
    expect(titles.toSorted()).toEqual(['Inner', 'Outer']);
    expect(events).toContainEqual(expect.objectContaining({ code: 'search-refused' }));
  });

  it('that are hidden leave their pages where they are', async () => {
    const world = await startFolders([
      refused,
      { when: { path: '/folders/' }, what: { kind: 'listing', rows: 0 } },
    ]);
    const inner = world.site.idOf('ENG', 'Inner');
    world.site.purge(inner);

    const events = await new Mirror().sync(world, world.connect());

    expect(events).toContainEqual(expect.objectContaining({ state: 'complete' }));
    expect(events.filter(({ type }) => type === 'failure')).toEqual([]);
  });

  it('stop the scope when the service fails, and nothing is called complete', async () => {
    const world = await startFolders([
      { when: { path: '/search' }, what: { kind: 'server-error', status: 503 } },
    ]);

    await expect(new Mirror().sync(world, world.connect())).rejects.toMatchObject({
      code: 'transient',
    });
  });
});
