import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { MemoryWorld } from '@context-sync/sandbox';
import { expect, it } from 'vitest';

import { MemoryMirror } from '../../test/memory-mirror.ts';
import { readStatus } from './read-status.ts';

it('tells documents whose files a killed run left unwritten from those in the mirror', async () => {
  const world = new MemoryWorld();
  world.addScope('A');
  for (let id = 100; id < 220; id += 1)
    world.add({ id: `${id}`, title: `Page ${id}`, scope: 'A', body: 'Text.' });
  const mirror = new MemoryMirror({ world });
  // In the second batch of files.
  const last = join(mirror.root, 'memory/A/page-210.md');
  const kill = (): void => {
    if (existsSync(last)) throw new Error('Killed.');
  };

  await expect(mirror.sync({}, kill)).rejects.toThrow('Killed.');

  const counts = { documents: 100, unwritten: 20 };
  expect((await readStatus(mirror.root)).sources).toMatchObject([{ ...counts, scopes: [counts] }]);
  await mirror.sync();
  expect((await readStatus(mirror.root)).sources).toMatchObject([{ documents: 120, unwritten: 0 }]);
  mirror.remove();
});
