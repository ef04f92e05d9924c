import { JiraSite } from '@context-sync/sandbox';
import { describe, expect, it } from 'vitest';

import { type Deployment, deployments } from './__fixtures__/deployments.ts';
import { Mirror, type World } from './__fixtures__/harness.ts';

const hourMs = 3_600_000;

/** A site of so many projects, with so many issues in each, some of them much discussed. */
function makeSite(counts: { projects: number; issues: number; discussed?: number }): JiraSite {
  const site = new JiraSite();
  for (let number = 0; number < counts.projects; number += 1) {
    const project = `P${number}`;
    site.addProject({ key: project, name: `Project ${number}` });
    for (let index = 0; index < counts.issues; index += 1) {
      const id = site.addIssue({ project, summary: `Issue ${index}` });
      if (index >= (counts.discussed ?? 0)) continue;
      for (let comment = 0; comment < 21; comment += 1) site.comments.add(id, { body: 'Yes.' });
    }
  }
  return site;
}

interface Setting {
  readonly world: World;
  readonly site: JiraSite;
  readonly mirror: Mirror;
  readonly run: (options?: { reconcile?: boolean }) => Promise<number>;
}

async function start({ startWorld }: Deployment, site: JiraSite, config: object): Promise<Setting> {
  const world = await startWorld({ site });
  const mirror = new Mirror();
  return {
    world,
    site,
    mirror,
    run: async (options) => {
      // Further than a reconcile looks back.
      site.clock.advance(72 * hourMs);
      world.takeRequests();
      await mirror.sync(world, world.connect(config), options);
      return world.takeRequests().length;
    },
  };
}

interface Counts {
  readonly projects?: number;
  readonly issues?: number;
  readonly discussed?: number;
}

/** The most requests that the README promises, the proof of the credentials included. */
function allowanceOf({ isCloud }: Deployment) {
  const [idsPerPage, cut] = isCloud ? [5000, 1] : [1000, 0];
  return {
    fresh: ({ projects = 1, issues = 0, discussed = 0 }: Counts): number =>
      projects * (Math.ceil(issues / idsPerPage) + Math.ceil(issues / 100) + cut * discussed) + 5,
    unchanged: ({ projects = 1 }: Counts): number => 4 + projects,
    reconcile: ({ projects = 1, issues = 0 }: Counts): number =>
      projects * Math.ceil(issues / idsPerPage),
    changed: (count: number): number => Math.ceil(count / 100) + 3,
  };
}

describe.each(deployments)('on $name', (deployment) => {
  const { isCloud } = deployment;
  const most = allowanceOf(deployment);

  describe('the requests of a run', () => {
    it.each([
      [{ projects: 1, issues: 1 }],
      [{ projects: 1, issues: 230, discussed: 3 }],
      [{ projects: 12, issues: 30, discussed: 1 }],
    ])('stay in the allowance for %j', async (counts) => {
      const { run } = await start(deployment, makeSite(counts), { projects: 'all' });

      expect(await run()).toBeLessThanOrEqual(most.fresh(counts));
      expect(await run()).toBeLessThanOrEqual(most.unchanged(counts));
      expect(await run({ reconcile: true })).toBeLessThanOrEqual(
        most.unchanged(counts) + most.reconcile(counts),
      );
    });

    it.each([1, 101, 250])('for %i changed issues grow by a hundredth and 3', async (count) => {
      const counts = { projects: 1, issues: 260 };
      const { site, run } = await start(deployment, makeSite(counts), { projects: 'all' });
      await run();
      const unchanged = await run();

      for (const { id } of site.issues.all().slice(0, count)) site.edit(id, { labels: ['new'] });
      const changed = await run();

      expect(changed - unchanged).toBeLessThanOrEqual(most.changed(count));
    });

    it('of a query list its ids in each run, and no project', async () => {
      const { world, run } = await start(deployment, makeSite({ projects: 2, issues: 150 }), {
        projects: undefined,
        jql: 'status = "To Do"',
      });
      await run();
      world.takeRequests();

      expect(await run()).toBeLessThanOrEqual(5);
    });

    it.runIf(isCloud)(
      'never ask the search that gives the first 50 issues and no word of more',
      async () => {
        const { mirror, world, run } = await start(
          deployment,
          makeSite({ projects: 1, issues: 60 }),
          {
            projects: 'all',
          },
        );

        await run();

        // The tool before this one counted on `startAt` and `total`, which the search has not any more.
        const searches = world.sandbox.requests.filter(({ path }) => path.includes('/search'));
        expect(searches.map(({ path }) => path)).not.toContain('/rest/api/3/search');
        expect(mirror.documents.size).toBe(60);
      },
    );
  });
});
