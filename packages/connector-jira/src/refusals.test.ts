import { ConnectorError } from '@context-sync/core';
import type { FaultKind } from '@context-sync/sandbox';
import { describe, expect, it } from 'vitest';

import { collect, Mirror, readScopes, startWorld } from './__fixtures__/harness.ts';

async function failureOf(work: Promise<unknown>): Promise<ConnectorError> {
  try {
    await work;
  } catch (error) {
    if (ConnectorError.is(error)) return error;
    throw error;
  }
  return expect.fail('It did not fail.');
}

describe('the credentials', () => {
  it('are proven, and tell account and site', async () => {
    const world = await startWorld();

    const { identity, checks } = await world.connect().check(world.call);

    expect(identity).toMatchObject({ label: expect.stringContaining('Ada Okafor at 127.0.0.1') });
    expect(checks).toEqual([{ id: 'credentials', status: 'passed' }]);
  });

  it('are told wrong with what to do about it, and never shown', async () => {
    const world = await startWorld();

    const { identity, checks } = await world.connect({}, { token: 'geheim' }).check(world.call);

    expect(identity).toBeUndefined();
    expect(checks).toMatchObject([{ status: 'failed', error: { code: 'auth', status: 401 } }]);
    expect(checks[0]?.fix).toContain('id.atlassian.com');
    expect(JSON.stringify(checks)).not.toContain('geheim');
  });

  it.each([
    ['revoked-token', 'auth'],
    ['missing-scope', 'auth'],
    ['login-page', 'auth'],
    ['reset', 'transient'],
    ['wrong-shape', 'transient'],
  ] as const)('%s in the middle of a run is no deletion but %s', async (kind, code) => {
    const world = await startWorld();
    world.site.addIssue({ project: 'OPS' });
    const mirror = new Mirror();
    const connector = world.connect();
    await mirror.sync(world, connector);
    world.sandbox.faults = [{ when: { path: '/search/jql' }, what: { kind } as FaultKind }];

    const error = await failureOf(mirror.sync(world, connector, { reconcile: true }));

    expect(error.code).toBe(code);
    expect(error.hint).toBeDefined();
    expect(mirror.documents.size).toBe(1);
  });
});

describe('a query that Jira refuses', () => {
  it('is told in the words of Jira, with the option to correct', async () => {
    const world = await startWorld();

    const error = await failureOf(
      new Mirror().sync(world, world.connect({ projects: undefined, jql: 'project = INFAR' })),
    );

    expect(error).toMatchObject({ code: 'config', hint: expect.stringContaining('"jql"') });
    expect(error.message).toContain("The value 'INFAR' does not exist for the field 'project'.");
  });

  it('is the fault of the project when that was archived meanwhile', async () => {
    const world = await startWorld();
    const connector = world.connect();
    const [scope] = await readScopes(connector, world);
    if (scope === undefined) return expect.fail('There is no scope.');
    world.site.archiveProject('OPS');
    const known = { revision: () => undefined, count: () => 0, people: () => [] };
    const request = { scope, mode: 'full' as const, reconcile: true, known };

    const error = await failureOf(collect(connector.sync(request, world.call)));

    return expect(error.code).toBe('scope_gone');
  });

  it('finds nothing and says so, and names the default when none was given', async () => {
    const world = await startWorld();

    const events = await new Mirror().sync(world, world.connect({ projects: undefined }));

    const codes = events.flatMap((event) => (event.type === 'warning' ? [event.code] : []));
    expect(codes).toEqual(['no-issues', 'default-query']);
  });
});

describe('a project that is not there', () => {
  it('is named with the nearest key, and the others go on', async () => {
    const world = await startWorld();

    const events = await collect(world.connect({ projects: ['OPPS', 'WEB'] }).scopes(world.call));

    expect(events).toMatchObject([
      { type: 'unavailable', slug: 'OPPS', error: { code: 'config' } },
      { type: 'scope', scope: { slug: 'WEB' } },
      { type: 'complete' },
    ]);
    expect(JSON.stringify(events)).toContain('Did you mean OPS?');
  });
});

describe('a search that leads nowhere', () => {
  it('ends as a failure when the token repeats', async () => {
    const world = await startWorld();
    world.site.addIssue({ project: 'OPS' });
    const what = { kind: 'listing', repeatedCursor: true } as const;
    world.sandbox.faults = [{ when: { path: '/search/jql' }, what }];

    const error = await failureOf(new Mirror().sync(world, world.connect()));

    expect(error.code).toBe('transient');
    expect(world.takeRequests().length).toBeLessThan(10);
  });

  it('is begun anew when the token expired', async () => {
    const world = await startWorld({ limits: { ids: 1 } });
    for (let index = 0; index < 3; index += 1) world.site.addIssue({ project: 'OPS' });
    const what = { kind: 'expired-cursor', status: 400 } as const;
    world.sandbox.faults = [{ when: { path: '/search/jql' }, what }];

    expect((await failureOf(new Mirror().sync(world, world.connect()))).code).toBe(
      'cursor_invalid',
    );
  });
});
