import { type ConfluenceSandbox, startConfluenceSandbox } from '@context-sync/sandbox';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { apply, newSite, step } from './confluence-history.ts';
import { ConfluenceMirror } from './confluence-mirror.ts';

async function expectFresh(sandbox: ConfluenceSandbox, mirror: ConfluenceMirror): Promise<void> {
  const fresh = new ConfluenceMirror(sandbox);
  try {
    await fresh.sync();
    expect(mirror.tree()).toEqual(fresh.tree());
  } finally {
    fresh.remove();
  }
}

describe('any history of a Confluence site, with faults', () => {
  it(
    'ends, after one clean run, byte-identical to a fresh mirror',
    { timeout: 240_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
          const site = newSite();
          const sandbox = await startConfluenceSandbox({ site });
          const mirror = new ConfluenceMirror(sandbox);
          try {
            for (const { changes: list, fault, reconcile } of steps) {
              const before = sandbox.requests.length;
              sandbox.faults =
                fault === undefined
                  ? []
                  : [{ when: { request: before + fault.request }, what: fault.what }];
              await mirror.sync({ reconcile, allowDeletes: 1000 });
              for (const each of list) apply(site, each);
            }
            sandbox.faults = [];
            const summary = await mirror.sync({ reconcile: true, allowDeletes: 1000 });
            expect(summary).toMatchObject({ outcome: 'ok', failed: 0 });
            await expectFresh(sandbox, mirror);
          } finally {
            mirror.remove();
            await sandbox.close();
          }
        }),
        { numRuns: Number(process.env['HISTORIES'] ?? 60) },
      );
    },
  );
});
