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

  it('counts what was asked for and nothing else', async () => {
    const asked = ['1', 'https://memory.example/doc/1', '2'];
    expect(await mirror.sync({ only: asked })).toMatchObject({
      updated: 2,
      unchanged: 0,
      failed: 0,
    });

    expect(await mirror.sync({ only: asked })).toMatchObject({
      outcome: 'ok',
      created: 0,
      updated: 0,
      unchanged: 2,
    });
    mirror.world.unreadable.add('2');
    expect(await mirror.sync({ only: ['1', '2', '404'] })).toMatchObject({
      outcome: 'partial',
      unchanged: 1,
      failed: 2,
    });
  });

  it('counts a new one under the scope it lies in', async () => {
    mirror.world.addScope('B');
    await mirror.sync();
    mirror.world.add({ id: '3', title: 'Three', scope: 'B', body: 'Third.' });

    const summary = await mirror.sync({ only: ['3'] });

    expect(summary).toMatchObject({ outcome: 'ok', created: 1, unchanged: 0, failed: 0 });
    expect(summary.sources[0]?.scopes).toMatchObject([
      { scope: 'A', created: 0, unchanged: 0 },
      { scope: 'B', created: 1, unchanged: 0 },
    ]);
  });

  it('counts the files in other scopes that show the new title', async () => {
    mirror.world.addScope('B');
    mirror.world.add({ id: '3', title: 'Three', scope: 'B', body: 'To [](ctx:doc/1).' });
    await mirror.sync();
    mirror.world.rename('1', 'Uno');

    expect(await mirror.sync({ only: ['1'] })).toMatchObject({ moved: 1, updated: 1 });
  });

  it('says so when one is outside of what the config selects', async () => {
    mirror.world.addScope('B');
    mirror.world.add({ id: '3', title: 'Three', scope: 'B', body: 'Third.' });
    mirror.config = { scopes: ['A'] };
    await mirror.sync();

    const summary = await mirror.sync({ only: ['3'] });

    expect(summary).toMatchObject({ outcome: 'partial', created: 0, failed: 1 });
    expect(summary.sources[0]?.scopes[0]?.failures).toMatchObject([
      { id: '3', error: { code: 'not_found', message: expect.stringContaining('config selects') } },
    ]);
  });

  it('fails when there is no scope to look in', async () => {
    mirror.config = { scopes: [] };

    expect(await mirror.sync({ only: ['1'] })).toMatchObject({
      outcome: 'failed',
      sources: [{ error: { code: 'not_found' } }],
    });
  });

  it('refuses an address that belongs to no source', async () => {
    await expect(mirror.sync({ only: ['https://elsewhere.example/1'] })).rejects.toMatchObject({
      code: 'usage',
      hint: expect.stringContaining('once its document is mirrored'),
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
      hint: 'Leave out --with-descendants, or type: `context-sync sync memory`',
    });
  });
});
