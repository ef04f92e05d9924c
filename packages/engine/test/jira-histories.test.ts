import { type JiraSandboxOptions, startJiraSandbox } from '@context-sync/sandbox';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { applyChange, type JiraHistory, jiraHistories, newJiraSite } from './jira-history.ts';
import { JiraMirror } from './jira-mirror.ts';

/** A site, and how its account reads the time. */
interface Setting extends JiraSandboxOptions {
  readonly timeZone: string;
}

const server = { deployment: 'data-center', contextPath: '/jira' } as const;

const settings: Readonly<Record<string, Setting>> = {
  'Cloud in America': { timeZone: 'America/Los_Angeles' },
  'Cloud in Tonga': { timeZone: 'Pacific/Tongatapu' },
  'Data Center': { timeZone: 'Pacific/Tongatapu', ...server },
  'Data Center with short pages': {
    timeZone: 'America/Los_Angeles',
    ...server,
    limits: { rows: 3 },
  },
};

/** Plays a history; one clean run must then end byte-identical to a fresh mirror. */
async function expectConvergence(
  steps: JiraHistory,
  { timeZone, ...options }: Setting,
): Promise<void> {
  const site = newJiraSite(timeZone);
  const sandbox = await startJiraSandbox({ site, ...options });
  const { principals } = sandbox;
  const config = { projects: ['OPS', 'WEB'], attachments: { download: true } };
  const everything = { ...config, worklogs: true, history: true, remoteLinks: true };
  const mirror = new JiraMirror(sandbox, everything);
  const fresh = new JiraMirror(sandbox, everything);
  try {
    for (const { changes, run } of steps) {
      const { mode, fault, sees, lagMs } = run;
      const at = sandbox.requests.length + (fault?.request ?? 0);
      sandbox.faults = fault === undefined ? [] : [{ when: { request: at }, what: fault.what }];
      sandbox.principals = principals.map((one) => ({ ...one, spaces: sees }));
      site.index.lagMs = lagMs;
      const isFull = mode === 'full';
      await mirror.sync({ reconcile: mode === 'reconcile', full: isFull, allowDeletes: 1000 });
      for (const change of changes) applyChange(site, change);
    }
    Object.assign(sandbox, { faults: [], principals });
    site.index.lagMs = 0;
    site.catchUp();
    site.restoreProject('WEB');

    const summary = await mirror.sync({ reconcile: true, allowDeletes: 1000 });

    expect(summary).toMatchObject({ outcome: 'ok', failed: 0 });
    await fresh.sync();
    expect(mirror.tree()).toEqual(fresh.tree());
  } finally {
    mirror.remove();
    fresh.remove();
    await sandbox.close();
  }
}

const { SEED: seed, HISTORY_PATH: path } = process.env;

describe('any history of a Jira site, with faults', () => {
  it.each(Object.entries(settings))(
    'ends, after one clean run, byte-identical to a fresh mirror: %s',
    { timeout: 3_600_000 },
    async (_, setting) => {
      const property = fc.asyncProperty(jiraHistories, (steps) =>
        expectConvergence(steps, setting),
      );
      await fc.assert(property, {
        numRuns: Number(process.env['HISTORIES'] ?? 2),
        ...(seed !== undefined && { seed: Number(seed) }),
        ...(path !== undefined && { path }),
      });
    },
  );
});
