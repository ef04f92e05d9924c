import { startJiraSandbox } from '@context-sync/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { fireFaults } from './fire-faults.ts';
import { changeJiraFireSite, makeJiraFireSite } from './jira-fire-world.ts';
import { JiraMirror } from './jira-mirror.ts';
import { FireGround, fireScenarios } from './under-fire.ts';

/** As in `fire-matrix.test.ts`; there are some two thousand cases. */
const stride = Number(process.env['FIRE'] ?? 797);

const deployments = [
  ['Cloud', {}],
  ['Data Center', { deployment: 'data-center', contextPath: '/jira' }],
] as const;

/**
 * A redirect makes a GET of a search that was posted, as everywhere, so the query is lost on the way, and
 * Jira refuses the empty one.
 */
const faults = fireFaults.map((fault) =>
  fault.what.kind === 'redirect' ? { ...fault, once: [...fault.once, 6] } : fault,
);

/** Data Center has no headers that tell a time of reset. */
const serverFaults = faults.filter(({ what }) => !('resetInMs' in what) || 'retryAfter' in what);

const config = {
  attachments: { download: true, types: ['text/*'] },
  worklogs: true,
  history: true,
  remoteLinks: true,
};

describe.each(deployments)('every kind of fault at every request to Jira %s', (_, deployment) => {
  let ground: FireGround<JiraMirror>;

  beforeAll(async () => {
    const site = makeJiraFireSite();
    const sandbox = await startJiraSandbox({ site, ...deployment });
    ground = await FireGround.make({
      sandbox,
      faults: 'deployment' in deployment ? serverFaults : faults,
      change: () => changeJiraFireSite(site),
      mirror: (limits, copyOf) => new JiraMirror(sandbox, config, { copyOf, limits }),
    });
  });
  afterAll(() => ground.close());

  it.each(fireScenarios)(
    'leaves %s nothing lost, honest, patient, and mended by the next one',
    { timeout: 7_200_000 },
    async (_, scenario) => {
      expect(await ground.complaints(scenario, stride)).toEqual([]);
    },
  );
});
