import { MemoryWorld } from '@context-sync/sandbox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { MemoryMirror } from '../../test/memory-mirror.ts';

let mirror: MemoryMirror;

beforeEach(() => {
  const world = new MemoryWorld();
  world.addScope('A');
  world.add({ id: '1', title: 'One', scope: 'A', body: 'Text.' });
  mirror = new MemoryMirror({ world });
});

afterEach(() => mirror.remove());

describe('the words of a scope', () => {
  it('reach no file with what nobody can see', async () => {
    const { world } = mirror;
    world.addScope('B\u202e', 'Be\u200b\u202ehind\u0007\nit');
    world.add({ id: '2', title: 'Two', scope: 'B', body: 'Text.' });

    await mirror.sync();

    const files = JSON.stringify(mirror.tree());
    expect(files).not.toMatch(/\\u|[\u200b\u202e]/);
    expect(mirror.tree()['memory/README.md']).toContain('[B: Behind it](B/README.md)');
  });
});
