import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { MemoryWorld } from '@context-sync/sandbox';
import { describe, expect, it } from 'vitest';

import { MemoryMirror } from '../../test/memory-mirror.ts';

class Killed extends Error {}

function newWorld(): MemoryWorld {
  const world = new MemoryWorld();
  world.addScope('A');
  world.add({ id: '1', title: 'Home', scope: 'A', body: '[](ctx:att/11)' });
  for (const id of ['10', '11', '12', '13', '14']) {
    world.add({
      id,
      title: `${id}.txt`,
      scope: 'A',
      kind: 'attachment',
      placement: 'attachment',
      parent: '1',
      body: `Bytes of ${id}`,
      isDownloaded: true,
    });
  }
  return world;
}

/** Of each kind one: a swap of names, a new version, one that goes, one switched off, a new page name. */
function change(world: MemoryWorld): void {
  Object.assign(world.documents.get('10') ?? {}, { title: '11.txt' });
  Object.assign(world.documents.get('11') ?? {}, { title: '10.txt' });
  Object.assign(world.documents.get('14') ?? {}, { isDownloaded: false });
  world.edit('12', 'Version 2');
  world.trash('13');
  world.rename('1', 'Start');
}

/** A sync that dies at a step; gives whether it came that far. */
async function diesAt(mirror: MemoryMirror, step: number): Promise<boolean> {
  let left = step;
  try {
    await mirror.sync({ reconcile: true }, () => {
      left -= 1;
      if (left <= 0) throw new Killed();
    });
    return false;
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    return true;
  }
}

describe('a run with attachments that is killed', () => {
  it(
    'at any step leaves nothing that the next one does not mend, and no bytes to read twice',
    { timeout: 240_000 },
    async () => {
      let isKilled = true;
      for (let step = 1; isKilled; step += 1) {
        const mirror = new MemoryMirror({ world: newWorld() });
        try {
          await mirror.sync();
          change(mirror.world);
          isKilled = await diesAt(mirror, step);

          const summary = await mirror.sync({ reconcile: true });

          const { 'memory/A/start.md': page, ...tree } = mirror.tree();
          const assets = Object.entries(tree).filter(([path]) => path.includes('assets'));
          expect({ step, assets: Object.fromEntries(assets) }).toEqual({
            step,
            assets: {
              'memory/A/start.assets/10.txt': 'Bytes of 11',
              'memory/A/start.assets/11.txt': 'Bytes of 10',
              'memory/A/start.assets/12.txt': 'Version 2',
            },
          });
          expect(page).toContain('[10.txt](start.assets/10.txt)\n\n## Attachments');
          expect(summary).toMatchObject({ outcome: 'ok', localEdits: [] });
          expect(readdirSync(join(mirror.root, '.context-sync/incoming'))).toEqual([]);
          const again = mirror.world.downloads.filter((id) => id !== '12');
          expect(again.toSorted()).toEqual(['10', '11', '13', '14']);
        } finally {
          mirror.remove();
        }
      }
    },
  );

  it(
    'at any step, when the page is a page no more in the next one, leaves no file behind',
    { timeout: 240_000 },
    async () => {
      let isKilled = true;
      for (let step = 1; isKilled; step += 1) {
        const mirror = new MemoryMirror({ world: newWorld() });
        try {
          isKilled = await diesAt(mirror, step);
          Object.assign(mirror.world.documents.get('1') ?? {}, { placement: 'section' });

          await mirror.sync({ reconcile: true });

          const paths = Object.keys(mirror.tree()).filter((path) => path.startsWith('memory/A'));
          expect({ step, paths }).toEqual({ step, paths: [] });
        } finally {
          mirror.remove();
        }
      }
    },
  );
});
