import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { type MemoryConnectorOptions, type MemoryFault, MemoryWorld } from '@context-sync/sandbox';
import { afterEach, describe, expect, it } from 'vitest';

import { MemoryMirror } from '../../test/memory-mirror.ts';

const mirrors: MemoryMirror[] = [];

/** A mirror of one scope with `count` documents, synced once. */
async function mirrored(
  count: number,
  connector: MemoryConnectorOptions = {},
): Promise<MemoryMirror> {
  const world = new MemoryWorld();
  world.addScope('A');
  world.addScope('B');
  for (let id = 1; id <= count; id += 1)
    world.add({ id: String(id), title: `Page ${id}`, scope: 'A', body: 'Text.' });
  const mirror = new MemoryMirror({ world, connector });
  mirrors.push(mirror);
  await mirror.sync();
  return mirror;
}

function pages(mirror: MemoryMirror): string[] {
  return Object.keys(mirror.tree()).filter((path) => path.includes('/page-'));
}

afterEach(() => {
  for (const mirror of mirrors.splice(0)) mirror.remove();
});

describe('a listing that is not the whole truth', () => {
  const faults: [string, MemoryFault['what']][] = [
    ['fails', { type: 'throw', code: 'permission' }],
    ['misses a part', { type: 'fail-part' }],
    ['ends early', { type: 'end-early' }],
  ];

  it.each(faults)('removes nothing when it %s', async (_, what) => {
    const mirror = await mirrored(6, { stable: true });
    mirror.world.purge('2');
    mirror.world.faults = [{ after: 3, what }];

    const summary = await mirror.sync({ reconcile: true });

    expect(summary.deleted).toBe(0);
    expect(pages(mirror)).toHaveLength(6);
    mirror.world.faults = [];
    await mirror.sync();
    expect(pages(mirror)).toHaveLength(5);
  });

  it('removes nothing when the run is cancelled', async () => {
    const mirror = await mirrored(6, { stable: true });
    mirror.world.purge('2');
    const abort = new AbortController();

    const summary = await mirror.sync({
      signal: abort.signal,
      observe: ({ type }) => type === 'scope-start' && abort.abort(),
    });

    expect(summary).toMatchObject({ outcome: 'cancelled', deleted: 0 });
    expect(pages(mirror)).toHaveLength(6);
  });

  it('removes nothing when the credentials are refused', async () => {
    const mirror = await mirrored(3);
    mirror.world.isAllowed = false;

    const summary = await mirror.sync();

    expect(summary).toMatchObject({ outcome: 'failed', deleted: 0 });
    expect(summary.sources[0]?.error?.code).toBe('auth');
    expect(pages(mirror)).toHaveLength(3);
  });
});

describe('a missing document', () => {
  it('goes when the service confirms it, and can be restored from the trash', async () => {
    const mirror = await mirrored(3);
    mirror.world.trash('2');

    const summary = await mirror.sync();

    expect(summary.deleted).toBe(1);
    expect(pages(mirror)).toHaveLength(2);
    expect(
      readdirSync(join(mirror.root, '.context-sync/trash', summary.run, 'memory/A')),
    ).toContain('page-2.md');
  });

  it('goes at the second miss when the service cannot be asked', async () => {
    const mirror = await mirrored(3, { fetch: false });
    mirror.world.purge('2');

    expect((await mirror.sync()).deleted).toBe(0);
    expect((await mirror.sync()).deleted).toBe(1);
  });

  it('stays, and the run says so, when the service does not tell whether it is gone', async () => {
    const mirror = await mirrored(3);
    mirror.world.makeUnclear('2');

    const summary = await mirror.sync();

    expect(summary.deleted).toBe(0);
    expect(summary.sources[0]?.warnings).toEqual([
      { code: 'removal_undecided', message: expect.stringContaining('Ask again later.') },
    ]);
    mirror.world.purge('2');
    expect(await mirror.sync()).toMatchObject({ deleted: 1, sources: [{ warnings: [] }] });
  });

  it('stays as long as another scope lists it', async () => {
    const mirror = await mirrored(3);
    mirror.world.documents.get('2')?.scopes.add('B');
    await mirror.sync();
    mirror.world.documents.get('2')?.scopes.delete('A');

    const summary = await mirror.sync();

    expect(summary).toMatchObject({ moved: 1, deleted: 0 });
    expect(pages(mirror)).toContain('memory/B/page-2.md');
  });

  it('stays when the scope it may have moved to could not be read', async () => {
    const mirror = await mirrored(3);
    mirror.world.add({ id: 'b', title: 'Other', scope: 'B' });
    await mirror.sync();
    mirror.world.moveToScope('2', 'B');
    mirror.world.documents.get('b')?.labels.push('x');
    mirror.world.faults = [{ after: 3, what: { type: 'throw', code: 'permission' } }];
    mirror.world.add({ id: 'c', title: 'More', scope: 'B' });

    const summary = await mirror.sync();

    expect(summary.deleted).toBe(0);
    expect(pages(mirror)).toHaveLength(3);
  });
});

describe('the guard', () => {
  it('withholds deletions by absence alone beyond 10 and a quarter of a scope, until they are allowed', async () => {
    const mirror = await mirrored(40);
    for (let id = 1; id <= 12; id += 1) mirror.world.purge(String(id));
    mirror.world.add({ id: 'new', title: 'New', scope: 'A' });

    const held = await mirror.sync();

    expect(held).toMatchObject({ outcome: 'withheld', deleted: 0, created: 1 });
    expect(held.sources[0]?.scopes[0]?.withheld).toBe(12);
    expect(await mirror.sync({ allowDeletes: 11 })).toMatchObject({ deleted: 0 });
    expect(await mirror.sync({ allowDeletes: 12 })).toMatchObject({ outcome: 'ok', deleted: 12 });
  });

  it('lets go what the service says is in its trash, however much it is', async () => {
    const mirror = await mirrored(40);
    for (let id = 1; id <= 30; id += 1) mirror.world.trash(String(id));

    expect(await mirror.sync()).toMatchObject({ outcome: 'ok', deleted: 30 });
  });

  it('lets go a scope that the user took out of the config', async () => {
    const mirror = await mirrored(40);
    mirror.config = { scopes: ['B'] };

    expect(await mirror.sync()).toMatchObject({ outcome: 'ok', deleted: 40 });
    expect(pages(mirror)).toEqual([]);
  });

  it('keeps a scope when the config names one that nobody knows: it may be misspelt', async () => {
    const mirror = await mirrored(5);
    mirror.config = { scopes: ['AA'] };

    expect(await mirror.sync()).toMatchObject({ deleted: 0 });
    expect(pages(mirror)).toHaveLength(5);
  });

  it('keeps a scope that the service no longer shows', async () => {
    const mirror = await mirrored(5);
    mirror.world.scopes.delete('A');

    expect(await mirror.sync()).toMatchObject({ deleted: 0 });
    expect(pages(mirror)).toHaveLength(5);
  });
});
