import { MemoryWorld } from '@context-sync/sandbox';
import { afterEach, describe, expect, it } from 'vitest';

import { MemoryMirror } from '../../test/memory-mirror.ts';

const mirrors: MemoryMirror[] = [];

function mirrorOf(world: MemoryWorld): MemoryMirror {
  const mirror = new MemoryMirror({ world });
  mirrors.push(mirror);
  return mirror;
}

function smallWorld(): MemoryWorld {
  const world = new MemoryWorld();
  world.addScope('ENG', 'Engineering');
  world.add({
    id: '1',
    title: 'Home',
    scope: 'ENG',
    body: 'Welcome home. See [](ctx:doc/2) and [deploys](ctx:name/key-3).',
  });
  world.add({
    id: '2',
    title: 'On call',
    scope: 'ENG',
    parent: '1',
    body: 'Ring [](ctx:user/ann) or read https://memory.example/doc/3.',
  });
  world.add({
    id: '3',
    title: 'Deploys',
    scope: 'ENG',
    parent: '2',
    body: 'Back to [the start](https://memory.example/doc/1#top).',
  });
  world.people.set('ann', 'Ann Lee');
  return world;
}

afterEach(() => {
  for (const mirror of mirrors.splice(0)) mirror.remove();
});

describe('a run', () => {
  it('mirrors the documents, their tree and their links', async () => {
    const mirror = mirrorOf(smallWorld());

    const summary = await mirror.sync();

    expect(summary.outcome).toBe('ok');
    const tree = mirror.tree();
    console.log(tree, JSON.stringify(summary, null, 1));
  });
});
