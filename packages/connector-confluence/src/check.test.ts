import type { FaultKind } from '@context-sync/sandbox';
import { describe, expect, it } from 'vitest';

import { deployments } from './__fixtures__/deployments.ts';
import {} from './__fixtures__/harness.ts';

describe.each(deployments)('check on $name', ({ startWorld, isCloud, personId }) => {
  describe('check', () => {
    it('proves the credentials with one request', async () => {
      const world = await startWorld();

      const report = await world.connect().check(world.call);

      expect(report).toEqual({
        identity: {
          id: `${world.sandbox.url}/${personId(world.site.account.accountId)}`,
          label: expect.stringMatching(/^Ada Okafor at 127\.0\.0\.1:\d+$/),
        },
        checks: [{ id: 'credentials', status: 'passed' }],
      });
      const { pathname } = new URL(world.sandbox.url);
      expect(world.takeRequests()).toEqual([`${pathname}/rest/api/user/current?`]);
    });

    it('says that the token is refused, and where to make a new one', async () => {
      const world = await startWorld();

      const report = await world.connect({}, { token: 'old-token' }).check(world.call);

      expect(report.identity).toBeUndefined();
      expect(report.checks[0]).toMatchObject({
        status: 'failed',
        message: expect.stringContaining(isCloud ? 'lets nobody in' : 'refused this user name'),
        fix: expect.stringContaining(isCloud ? 'id.atlassian.com' : 'personal access token'),
        error: { code: 'auth', status: isCloud ? 403 : 401 },
      });
      expect(JSON.stringify(report)).not.toContain('old-token');
    });

    it.runIf(isCloud)('points at a user name that is no e-mail address', async () => {
      const world = await startWorld();
      const connector = world.connect({ auth: { username: 'ada', token: 'env:TOKEN' } });

      const report = await connector.check(world.call);

      expect(report.checks[0]?.fix).toContain('wants the e-mail address');
    });

    const ofTokens: readonly (readonly [FaultKind, string, object])[] = [
      [
        { kind: 'missing-scope' },
        'lacks the scope read:confluence-user',
        { code: 'auth', status: 401 },
      ],
      [{ kind: 'scoped-token' }, 'token with scopes', { code: 'auth', status: 401 }],
    ];
    const refusals: typeof ofTokens = [
      ...(isCloud ? ofTokens : []),
      [{ kind: 'login-page' }, 'login page', { code: 'auth' }],
    ];

    it.each(refusals)('tells %j from other refusals', async (what, message, error) => {
      const world = await startWorld({ faults: [{ when: {}, what }] });

      const report = await world.connect().check(world.call);

      expect(report.checks[0]).toMatchObject({
        status: 'failed',
        message: expect.stringContaining(message),
        fix: expect.stringMatching(/\w/),
        error,
      });
    });

    const outages: readonly (readonly [FaultKind])[] = [
      [{ kind: 'server-error', status: 500 }],
      [{ kind: 'server-error', status: 503 }],
      [{ kind: 'reset' }],
      [{ kind: 'truncated-body' }],
      [{ kind: 'wrong-shape' }],
    ];

    it('takes an address that leads to nothing elsewhere for a wrong baseUrl', async () => {
      const what = { kind: 'redirect', to: 'other-host' } as const;
      const world = await startWorld({ faults: [{ when: { times: 1 }, what }] });

      const report = await world.connect().check(world.call);

      expect(report.checks[0]).toMatchObject({ status: 'failed', error: { code: 'config' } });
    });

    it.each(outages)('does not blame the credentials for %j', async (what) => {
      const world = await startWorld({ faults: [{ when: {}, what }] });

      const report = await world.connect().check(world.call);

      expect(report.checks[0]).toMatchObject({
        status: 'indeterminate',
        error: { code: 'transient' },
      });
    });

    it('does not blame the credentials for a host that nobody answers at', async () => {
      const world = await startWorld();
      const connector = world.connect();
      await world.sandbox.close();

      const report = await connector.check(world.call);

      expect(report.checks[0]).toMatchObject({
        status: 'indeterminate',
        fix: expect.stringContaining('baseUrl'),
      });
    });
  });
});
