import { startJiraSandbox } from '@context-sync/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { fireFaults } from './fire-faults.ts';
import { changeJiraFireSite, makeJiraFireSite } from './jira-fire-world.ts';
import { JiraMirror } from './jira-mirror.ts';
import { FireGround, fireScenarios } from './under-fire.ts';

/** As in `fire-matrix.test.ts`; there are some two thousand cases. */
const stride = Number(process.env['FIRE'] ?? 197);

/**
 * A redirect makes a GET of a search that was posted, as everywhere, so the query is lost on the way, and
 * Jira refuses the empty one.
 */
const faults = fireFaults.map((fault) =>
  fault.what.kind === 'redirect' ? { ...fault, once: [...fault.once, 6] } : fault,
);

const limits = { maxResponseBytes: 300_000 };

const config = {
  attachments: { download: true, types: ['text/*'] },
  worklogs: true,
  history: true,
  remoteLinks: true,
};

describe('every kind of fault at every request to Jira', { timeout: 7_200_000 }, () => {
  let ground: FireGround<JiraMirror>;

  beforeAll(async () => {
    const site = makeJiraFireSite();
    const sandbox = await startJiraSandbox({ site });
    ground = await FireGround.make({
      sandbox,
      faults,
      change: () => changeJiraFireSite(site),
      mirror: (copyOf) => new JiraMirror(sandbox, config, { copyOf, limits }),
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
