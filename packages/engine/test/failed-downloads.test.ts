import { ConfluenceSite, type Fault, startConfluenceSandbox } from '@context-sync/sandbox';
import { expect, it, onTestFinished } from 'vitest';

import type { SyncOptions } from '../src/api.ts';
import { exitCodeOfRun } from '../src/console/exit-code.ts';
import { ConfluenceMirror } from './confluence-mirror.ts';

const noBytes: Fault = {
  when: { path: '/download' },
  what: { kind: 'server-error', status: 500 },
};

/** A page with a file that changed long before the first run, so that no search for changes finds it. */
async function startOldFile(): Promise<{
  run: (faults: readonly Fault[], download?: boolean, options?: SyncOptions) => Promise<object>;
  hasBytes: () => boolean;
  waitAnHour: () => Promise<void>;
}> {
  const site = new ConfluenceSite();
  site.addSpace({ key: 'ENG', name: 'Engineering', homepage: { title: 'Home', body: '' } });
  const page = site.addPage({ space: 'ENG', title: 'Plan', body: '<p>Plan</p>' });
  site.attachments.add({ on: page, name: 'plan.txt', content: 'Bytes' });
  site.clock.advance(30 * 86_400_000);
  const sandbox = await startConfluenceSandbox({ site });
  const mirror = new ConfluenceMirror(sandbox);
  onTestFinished(async () => {
    mirror.remove();
    await sandbox.close();
  });
  return {
    run: async (faults, download = true, options = {}) => {
      sandbox.faults = faults;
      const summary = await mirror.sync(options, { includeArchived: false, download });
      return { exit: exitCodeOfRun(summary), failed: summary.failed };
    },
    hasBytes: () => Object.values(mirror.tree()).includes('Bytes'),
    waitAnHour: async () => {
      // A longer sleep is a time limit to this clock, and real.
      for (let part = 0; part <= 180; part += 1) await mirror.clock.sleep(20_000);
    },
  };
}

it('a first download that fails again and again is told by every run, until it is made', async () => {
  const { run, hasBytes } = await startOldFile();
  const failed = { exit: 3, failed: 1 };

  expect(await run([noBytes])).toEqual(failed);
  expect(await run([noBytes])).toEqual(failed);
  expect(await run([noBytes])).toEqual(failed);
  expect(await run([])).toEqual({ exit: 0, failed: 0 });
  expect(hasBytes()).toBe(true);
});

it('a file that is listed, and whose download fails, is told until it is made or not wanted', async () => {
  const { run, hasBytes, waitAnHour } = await startOldFile();
  const failed = { exit: 3, failed: 1 };
  const well = { exit: 0, failed: 0 };
  expect(await run([], false)).toEqual(well);

  expect(await run([noBytes])).toEqual(failed);
  expect(await run([])).toEqual(failed);
  expect(await run([], false)).toEqual(well);
  expect(await run([noBytes])).toEqual(failed);
  await waitAnHour();

  expect(await run([])).toEqual(well);
  expect(hasBytes()).toBe(true);
});
