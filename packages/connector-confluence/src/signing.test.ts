import { describe, expect, it } from 'vitest';

import { type AccessWorld, startAccessWorld } from './__fixtures__/access-world.ts';
import { deployments } from './__fixtures__/deployments.ts';
import { wants } from './__fixtures__/gatekeeper.ts';
import { signRequest } from './signing.ts';

const pair = Buffer.from('ada@example.com:token-4711').toString('base64');
const basic = { username: 'ada@example.com', token: 'env:TOKEN' };

const ways = [
  {
    way: 'e-mail address and token',
    auth: basic,
    secrets: { 'auth.token': 'token-4711' },
    header: ['authorization', `Basic ${pair}`],
  },
  {
    way: 'a reference for the e-mail address',
    auth: { ...basic, username: 'env:NAME' },
    secrets: { 'auth.username': 'ada@example.com', 'auth.token': ' token-4711\n' },
    header: ['authorization', `Basic ${pair}`],
  },
  {
    way: 'a token alone',
    auth: { token: 'env:TOKEN' },
    secrets: { 'auth.token': 'token-4711' },
    header: ['authorization', 'Bearer token-4711'],
  },
  {
    way: 'a cookie',
    auth: { cookie: 'env:COOKIE' },
    secrets: { 'auth.cookie': 'a=1; session=token-4711' },
    header: ['cookie', 'a=1; session=token-4711'],
  },
] as const;

describe.each(deployments)('on $name', ({ startWorld, stranger }) => {
  describe('a request', () => {
    it.each(ways)('is let in by $way', async ({ auth, secrets, header: [name, value] }) => {
      const world = await startAccessWorld({ site: wants(name, value, stranger) }, startWorld);

      const { checks } = await world.connectWith({ auth }, secrets).check(world.call);

      expect(checks).toEqual([{ id: 'credentials', status: 'passed' }]);
      const others = ['authorization', 'cookie'].filter((each) => each !== name);
      expect(Object.keys(lastHeaders(world))).not.toContain(others[0]);
    });

    it('carries further headers, none of which replaces the credentials', async () => {
      const world = await startAccessWorld(
        { site: wants('authorization', `Basic ${pair}`, stranger) },
        startWorld,
      );
      const config = { auth: basic, headers: { 'X-Proxy-Key': 'env:KEY', 'CF-Access': 'literal' } };
      const secrets = {
        'auth.token': 'token-4711',
        'headers.X-Proxy-Key': 'key-4711',
        'headers.CF-Access': 'literal',
      };

      await world.connectWith(config, secrets).check(world.call);

      expect(lastHeaders(world)).toMatchObject({
        'x-proxy-key': 'key-4711',
        'cf-access': 'literal',
        authorization: `Basic ${pair}`,
      });
    });

    it.each([
      ['a token', { token: 'env:TOKEN' }, 'auth.token', /copy it again/],
      ['a cookie', { cookie: 'env:COOKIE' }, 'auth.cookie', /copy it again/],
    ])('with %s that no header can hold is not sent', async (_what, auth, field, fix) => {
      const world = await startAccessWorld({}, startWorld);

      const { checks } = await world
        .connectWith({ auth }, { [field]: 'line-4711\r\nX-Evil: 1' })
        .check(world.call);

      expect(checks).toMatchObject([
        {
          status: 'failed',
          message: expect.stringContaining(field),
          fix: expect.stringMatching(fix),
        },
      ]);
      expect(JSON.stringify(checks)).not.toContain('4711');
      expect(world.siteHost.requests).toEqual([]);
    });

    it.each([
      [{ token: 'env:T' }, 'auth.token'],
      [{ cookie: 'env:C' }, 'auth.cookie'],
      [basic, 'auth.token'],
    ])('of %j without the value names the field', async (auth, field) => {
      const secrets = { get: async () => undefined };

      await expect(signRequest({ auth, headers: {} }, secrets)).rejects.toMatchObject({
        code: 'auth',
        message: expect.stringContaining(field),
        hint: expect.stringContaining('env:NAME'),
      });
    });
  });
});

function lastHeaders(world: AccessWorld): object {
  return world.siteHost.requests.at(-1)?.headers ?? expect.fail('Nobody came.');
}
