import { MemoryWorld } from '@context-sync/sandbox';
import { describe, expect, it } from 'vitest';

import { MemoryMirror } from '../../test/memory-mirror.ts';

/** Histories that random ones found, each cut down to what matters. */
describe('a history that once did not converge', () => {
  // The steps between the announcement of the first file and its confirmation, with some around.
  it.each(Array.from({ length: 30 }, (_, index) => index + 30))(
    'is a kill at step %i, before the place of a file was noted, and then a move',
    async (killAt) => {
      const world = new MemoryWorld();
      for (const scope of ['A', 'B']) world.addScope(scope, `Scope ${scope}`);
      world.add({ id: '1', title: 'Home', scope: 'A', body: 'Text.' });
      const mirror = new MemoryMirror({ world });
      let left = killAt;
      const die = (): void => {
        left -= 1;
        if (left <= 0) throw new Error('Killed.');
      };

      // The run may end before that step.
      await mirror.sync({}, die).catch(() => undefined);
      world.moveToScope('1', 'B');
      const { outcome } = await mirror.sync({ reconcile: true });

      expect(outcome).toBe('ok');
      expect(Object.keys(mirror.tree())).toEqual([
        'AGENTS.md',
        'README.md',
        'memory/B/README.md',
        'memory/B/home.md',
        'memory/README.md',
      ]);
      mirror.remove();
    },
  );
});
