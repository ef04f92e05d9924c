import { startConfluenceSandbox } from '@context-sync/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ConfluenceMirror } from './confluence-mirror.ts';
import { fireFaults } from './fire-faults.ts';
import { changeFireSite, makeFireSite } from './fire-world.ts';
import { FireGround, fireScenarios } from './under-fire.ts';

const config = { attachments: { download: true, types: ['text/*'] } };

/**
 * Of all cases, which are some six thousand, each run takes every 397th: other kinds at other requests
 * than its neighbours, since no count of requests is a multiple of it. `.ci/run` takes every 53rd,
 * `FIRE=1` takes all.
 */
const stride = Number(process.env['FIRE'] ?? 397);

describe('every kind of fault at every request', { timeout: 7_200_000 }, () => {
  let ground: FireGround<ConfluenceMirror>;

  beforeAll(async () => {
    const site = makeFireSite();
    const sandbox = await startConfluenceSandbox({ site });
    ground = await FireGround.make({
      sandbox,
      faults: fireFaults,
      change: () => changeFireSite(site),
      mirror: (limits, copyOf) =>
        new ConfluenceMirror(sandbox, {
          config,
          limits,
          ...(copyOf === undefined ? {} : { copyOf }),
        }),
    });
  });
  afterAll(() => ground.close());

  it.each(fireScenarios)(
    'leaves %s nothing lost, honest, patient, and mended by the next one',
    async (_, scenario) => {
      expect(await ground.complaints(scenario, stride)).toEqual([]);
    },
  );
});
