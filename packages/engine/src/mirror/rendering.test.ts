import { statSync } from 'node:fs';
import { join } from 'node:path';

import { MemoryWorld } from '@context-sync/sandbox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { MemoryMirror } from '../../test/memory-mirror.ts';
import { openDatabase } from '../state/open-database.ts';
import { rendering } from './rendering.ts';

let mirror: MemoryMirror;

beforeEach(async () => {
  const world = new MemoryWorld();
  world.addScope('A');
  for (const id of ['1', '2']) world.add({ id, title: `Page ${id}`, scope: 'A', body: 'Text.' });
  mirror = new MemoryMirror({ world });
  await mirror.sync();
});

afterEach(() => mirror.remove());

/** Makes the mirror what another version's rendering would have left. */
function asMadeBy(number: number): void {
  const database = openDatabase(mirror.root);
  database.run('UPDATE rendering SET number = ?', number);
  database.run(`UPDATE items SET summary = 'Another.'`);
  database.run(`UPDATE files SET hash = 'of other bytes' WHERE path NOT LIKE '%page-2.md'`);
  database.close();
}

function inodes(): Record<string, number> {
  const paths = Object.keys(mirror.tree());
  return Object.fromEntries(paths.map((path) => [path, statSync(join(mirror.root, path)).ino]));
}

describe('a mirror that another rendering made', () => {
  it('is written again where it differs, indexes too, and once', async () => {
    const tree = mirror.tree();
    const before = inodes();
    asMadeBy(rendering - 1);

    expect(await mirror.sync()).toMatchObject({ outcome: 'ok', updated: 1, localEdits: [] });

    expect(mirror.tree()).toEqual(tree);
    const after = inodes();
    expect(Object.keys(tree).filter((path) => after[path] === before[path])).toEqual([
      'memory/A/page-2.md',
    ]);
    expect(await mirror.sync()).toMatchObject({ updated: 0 });
    expect(inodes()).toEqual(after);
  });

  it('is left alone when the rendering is the same', async () => {
    asMadeBy(rendering);

    expect(await mirror.sync()).toMatchObject({ updated: 0 });
  });
});
