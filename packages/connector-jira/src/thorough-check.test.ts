import type { Check, CheckReport } from '@context-sync/core';
import type { FaultKind, JiraSandboxOptions } from '@context-sync/sandbox';
import { describe, expect, it } from 'vitest';

import { deployments } from './__fixtures__/deployments.ts';
import { startWorld, type World } from './__fixtures__/harness.ts';

function examine(world: World, config: object = {}, token?: string): Promise<CheckReport> {
  const credentials = token === undefined ? {} : { token };
  return world.connect(config, credentials).check(world.call, { thorough: true });
}

function linesOf(checks: readonly Check[]): string[] {
  return checks.map(({ id, status }) => `${id}: ${status}`);
}

describe.each(deployments)('doctor tells on $name', ({ startWorld: start, isCloud }) => {
  it('that all is well, and what it looked at', async () => {
    const world = await start();
    for (const project of ['OPS', 'WEB']) world.site.addIssue({ project });

    const { identity, checks } = await examine(world);

    expect(identity?.label).toContain('Ada Okafor');
    expect(linesOf(checks)).toEqual([
      'credentials: passed',
      'project OPS: passed',
      'project WEB: passed',
    ]);
    expect(world.takeRequests()).toHaveLength(4);
  });

  it('a bad token, and asks nothing more', async () => {
    const world = await start();

    const { identity, checks } = await examine(world, {}, 'old-4711');

    expect(identity).toBeUndefined();
    expect(checks).toMatchObject([
      {
        id: 'credentials',
        status: 'failed',
        fix: expect.stringContaining(
          isCloud ? 'make a new token at https://id.atlassian.com' : 'personal access token',
        ),
        error: { code: 'auth', status: 401 },
      },
    ]);
    expect(JSON.stringify(checks)).not.toContain('old-4711');
    expect(world.takeRequests()).toHaveLength(1);
  });

  it('a wrong host', async () => {
    const world = await start();

    const baseUrl = `${world.sandbox.url}/elsewhere`;
    const deployment = 'data-center';
    const { checks } = await examine(world, { baseUrl, deployment });

    expect(checks).toMatchObject([
      {
        message: expect.stringContaining(`There is no Jira at ${baseUrl}`),
        fix: expect.stringContaining('baseUrl'),
        error: { code: 'config' },
      },
    ]);
  });

  it.each([
    ['query query', { projects: undefined, jql: 'colour = red' }, /"jql" \(JIRA_JQL_QUERY\)/],
    [
      'project OPS',
      { projects: [{ key: 'OPS', jql: 'colour = red' }] },
      /"jql" of OPS in "projects"/,
    ],
  ])(
    'a query that is refused (%s), in the words of Jira, and its place',
    async (id, config, place) => {
      const world = await start();

      const { checks } = await examine(world, config);

      expect(checks.slice(1)).toMatchObject([
        {
          id,
          status: 'failed',
          message: expect.stringMatching(/refuses the query.*colour/),
          fix: expect.stringMatching(place),
          error: { code: 'config' },
        },
      ]);
    },
  );

  it('a query that finds nothing, which is no failure', async () => {
    const world = await start();

    const { checks } = await examine(world, { projects: undefined, jql: 'labels = none' });

    expect(checks.slice(1)).toMatchObject([
      {
        status: 'passed',
        message: 'The query finds no issue: labels = none.',
        fix: expect.stringContaining('"jql"'),
      },
    ]);
  });

  it('of all projects only those that show nothing', async () => {
    const world = await start();
    world.site.addIssue({ project: 'OPS' });

    const { checks } = await examine(world, { projects: 'all' });

    expect(checks.slice(1)).toMatchObject([
      { id: 'projects', status: 'passed', message: '1 of 2 show issues.' },
      { id: 'project WEB', fix: expect.stringContaining('permission') },
    ]);
  });

  it('what it could not find out, and does not blame anybody', async () => {
    const world = await start();
    const what = { kind: 'server-error', status: 503 } satisfies FaultKind;
    world.sandbox.faults = [{ when: { path: isCloud ? '/search/jql' : '/search' }, what }];

    const { checks } = await examine(world, { projects: ['OPS'] });

    expect(linesOf(checks)).toContain('project OPS: indeterminate');
  });
});

describe('doctor tells on Cloud', () => {
  it('a project that is archived, apart from one that nobody knows', async () => {
    const world = await startWorld();
    world.site.addIssue({ project: 'WEB' });
    world.site.archiveProject('OPS');

    const { checks } = await examine(world, { projects: ['OPS', 'WEB', 'NONE'] });

    expect(linesOf(checks)).toEqual([
      'credentials: passed',
      'project WEB: passed',
      'project OPS: failed',
    ]);
    expect(checks[2]).toMatchObject({
      message: expect.stringContaining('is archived'),
      fix: expect.stringContaining('take OPS out of "projects"'),
    });
  });

  it('a scoped token on the host of the site', async () => {
    const { world } = await startScoped(['read:jira-user', 'read:jira-work']);

    const { checks } = await examine(world);

    expect(checks).toMatchObject([
      {
        message: expect.stringContaining('only works at api.atlassian.com'),
        fix: expect.stringContaining('gateway: true'),
        error: { code: 'auth', status: 401 },
      },
    ]);
  });

  it.each([
    [
      ['read:jira-user', 'read:jira-work'],
      ['credentials: passed', 'scopes: passed', 'project OPS: passed'],
    ],
    [
      ['read:jira-user'],
      [
        'credentials: passed',
        'scope read:jira-work: failed',
        'scopes: passed',
        'projects: skipped',
      ],
    ],
    [['read:jira-work'], ['credentials: failed', 'scope read:jira-user: failed', 'scopes: passed']],
    [[], ['credentials: failed', 'scope read:jira-user: failed', 'scope read:jira-work: failed']],
  ])('which scopes a token with %j lacks', async (scopes, lines) => {
    const { world, gateway } = await startScoped(scopes);
    world.site.addIssue({ project: 'OPS' });

    const { checks } = await examine(world, { gateway, projects: ['OPS'] });

    expect(linesOf(checks)).toEqual(lines);
    for (const { status, fix } of checks) {
      if (status === 'failed') expect(fix).toContain('Create API token with scopes');
    }
  });

  it('a bad token at the gateway, and blames no scope', async () => {
    const { world, gateway } = await startScoped(['read:jira-user']);

    const { checks } = await examine(world, { gateway }, 'old-4711');

    expect(linesOf(checks)).toEqual(['credentials: failed']);
  });
});

/** A site that knows one token, with these scopes. */
async function startScoped(scopes: readonly string[]): Promise<{ world: World; gateway: string }> {
  const credential = { kind: 'scoped', username: 'ada@example.com', token: 'scoped-4711' } as const;
  const options: JiraSandboxOptions = { credentials: [{ credential, scopes }] };
  const world = await startWorld(options);
  return { world, gateway: new URL(world.sandbox.gatewayUrl).origin };
}
