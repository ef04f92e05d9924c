import { MemoryWorld } from '@context-sync/sandbox';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { histories, lists } from '../../test/history.ts';
import { MemoryMirror } from '../../test/memory-mirror.ts';
import { play } from '../../test/play-history.ts';
import { outputFormats } from '../output-format.ts';

function newWorld(): MemoryWorld {
  const world = new MemoryWorld();
  for (const scope of ['A', 'a', 'B']) world.addScope(scope, `Scope ${scope}`);
  world.people.set('ann', 'Ann Lee');
  world.add({ id: '1', title: 'Home', scope: 'A', body: '![](ctx:att/a.png?of=key-1)' });
  // Out of the reach of the changes: it has to follow all of them.
  for (const [index, body] of lists.entries())
    world.add({ id: `list ${index}`, title: `List ${index}`, scope: 'B', body });
  for (const [id, title] of [
    ['9', 'a.png'],
    ['10', 'A.PNG'],
  ] as const) {
    const given = { id, title, scope: 'A', parent: '1', kind: 'attachment', isDownloaded: true };
    world.add({ ...given, placement: 'attachment', body: `Bytes of ${id}` });
  }
  return world;
}

async function freshTree(mirror: MemoryMirror): Promise<Record<string, string>> {
  const fresh = new MemoryMirror({
    world: mirror.world,
    config: mirror.config,
    connector: mirror.connector,
    output: mirror.output,
  });
  try {
    await fresh.sync();
    return fresh.tree();
  } finally {
    fresh.remove();
  }
}

/** Files that nobody claims are not the mirror's. */
function withoutForeign(tree: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(tree).filter(([, text]) => text !== 'FOREIGN'));
}

const runs = Number(process.env['HISTORIES'] ?? 30);
const { SEED: seed, HISTORY_PATH: path } = process.env;

describe('any history', () => {
  it(
    'ends, after one clean run, byte-identical to a fresh mirror',
    { timeout: 240_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          histories,
          fc.record({ stable: fc.boolean(), checkpointEvery: fc.constantFrom(1, 3, 10) }),
          fc.constantFrom(...outputFormats),
          async (steps, connector, output) => {
            const world = newWorld();
            const mirror = new MemoryMirror({ world, connector, output });
            try {
              await play(steps, world, mirror);
              const summary = await mirror.sync({ reconcile: true, allowDeletes: 1000 });
              expect(summary.outcome).toBe('ok');
              const tree = withoutForeign(mirror.tree());
              expect(tree).toEqual(await freshTree(mirror));
            } finally {
              mirror.remove();
            }
          },
        ),
        {
          numRuns: runs,
          ...(seed !== undefined && { seed: Number(seed) }),
          ...(path !== undefined && { path }),
        },
      );
    },
  );
});
