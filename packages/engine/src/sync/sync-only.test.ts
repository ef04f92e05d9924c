import { MemoryWorld } from '@context-sync/sandbox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { MemoryMirror } from '../../test/memory-mirror.ts';

let mirror: MemoryMirror;

beforeEach(async () => {
  const world = new MemoryWorld();
  world.addScope('A');
  world.add({ id: '1', title: 'One', scope: 'A', body: 'Old one.' });
  world.add({ id: '2', title: 'Two', scope: 'A', body: 'Old two.' });
  mirror = new MemoryMirror({ world });
  await mirror.sync();
  world.edit('1', 'New one.');
  world.edit('2', 'New two.');
});

afterEach(() => mirror.remove());

describe('reading single documents', () => {
  it.each(['1', 'https://memory.example/doc/1', 'https://memory.example/open/1#part'])(
    'finds a known one by %s',
    async (text) => {
      const summary = await mirror.sync({ only: [text] });

      expect(summary).toMatchObject({ outcome: 'ok', updated: 1 });
      expect(mirror.tree()['memory/A/one.md']).toContain('New one.');
      expect(mirror.tree()['memory/A/two.md']).toContain('Old two.');
    },
  );

  it('finds one that is not mirrored yet', async () => {
    mirror.world.add({ id: '3', title: 'Three', scope: 'A', body: 'Third.' });

    expect(await mirror.sync({ only: ['3'] })).toMatchObject({ created: 1 });
  });

  it('says which one is not there, and removes nothing', async () => {
    mirror.world.purge('2');

    const summary = await mirror.sync({ only: ['2', '404'] });

    expect(summary).toMatchObject({ outcome: 'partial', failed: 2, deleted: 0 });
    expect(summary.sources[0]?.scopes[0]?.failures.map(({ error }) => error.code)).toEqual([
      'not_found',
      'not_found',
    ]);
  });

  it('refuses an address that belongs to no source', async () => {
    await expect(mirror.sync({ only: ['https://elsewhere.example/1'] })).rejects.toMatchObject({
      code: 'usage',
    });
  });

  it('reads everything below a document too, at any depth', async () => {
    const { world } = mirror;
    world.add({ id: '3', title: 'Three', scope: 'A', parent: '1' });
    world.add({ id: '4', title: 'Four', scope: 'A', parent: '3', body: 'Fourth.' });
    const comment = { kind: 'comment', placement: 'section', title: '', scope: 'A' } as const;
    world.add({ ...comment, id: '5', parent: '4', body: 'A comment.' });

    const summary = await mirror.sync({ only: ['1'], withDescendants: true });

    expect(summary).toMatchObject({ outcome: 'ok', created: 2, updated: 1, failed: 0 });
    expect(mirror.tree()['memory/A/one/three/four.md']).toContain('A comment.');
    expect(mirror.tree()['memory/A/two.md']).toContain('Old two.');
  });

  it('says so when the connector cannot tell what lies below', async () => {
    mirror.connector = { descendants: false };

    const summary = await mirror.sync({ only: ['1'], withDescendants: true });

    expect(summary.sources[0]?.scopes[0]?.error).toMatchObject({
      code: 'unsupported',
      hint: 'Leave out --with-descendants, or type: context-sync sync memory',
    });
  });
});
