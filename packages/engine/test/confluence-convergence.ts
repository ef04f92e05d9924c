import { type SandboxOptions, startConfluenceSandbox } from '@context-sync/sandbox';
import { expect } from 'vitest';

import { apply, newSite, type Step } from './confluence-history.ts';
import { ConfluenceMirror, type MirrorConfig } from './confluence-mirror.ts';
import { meet } from './run-circumstances.ts';

/** Plays a history; one clean run must then end byte-identical to a fresh mirror. */
export async function expectConvergence(
  steps: readonly Step[],
  config?: MirrorConfig,
  options: Omit<SandboxOptions, 'site'> = {},
): Promise<void> {
  const site = newSite();
  const sandbox = await startConfluenceSandbox({ site, ...options });
  const { principals } = sandbox;
  const mirror = new ConfluenceMirror(sandbox);
  const fresh = new ConfluenceMirror(sandbox);
  try {
    for (const { changes, run } of steps) {
      await mirror.sync(meet(sandbox, run, principals), run);
      for (const change of changes) apply(site, change);
    }
    Object.assign(sandbox, { faults: [], principals });
    site.index.lagMs = 0;
    site.catchUp();

    const summary = await mirror.sync({ reconcile: true, allowDeletes: 1000 }, config);

    expect(summary).toMatchObject({ outcome: 'ok', failed: 0 });
    await fresh.sync({}, config);
    expect(mirror.tree()).toEqual(fresh.tree());
  } finally {
    mirror.remove();
    fresh.remove();
    await sandbox.close();
  }
}
