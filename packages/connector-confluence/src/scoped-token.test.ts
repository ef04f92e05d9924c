import { describe, expect, it } from 'vitest';

import { makeContext, Mirror, startWorld } from './__fixtures__/harness.ts';
import { configSchema } from './config.ts';
import { ConfluenceConnector } from './connector.ts';
import { tokenScopes } from './token-scopes.ts';

const username = 'ada@example.com';
const token = 'scoped-4711';
const all = tokenScopes.map(({ scope }) => scope);

/** A site that knows one token with these scopes, and a connector that goes through the gateway. */
async function startScoped(scopes: readonly string[]) {
  const credential = { kind: 'scoped', username, token } as const;
  const world = await startWorld({ credentials: [{ credential, scopes }] });
  const { url: baseUrl, gatewayUrl } = world.sandbox;
  const connect = (gateway: string | false) => {
    const auth = { username, token: 'env:TOKEN' };
    const config = configSchema.parse({ baseUrl, gateway, auth, spaces: ['ENG'] });
    return new ConfluenceConnector(config, makeContext(token));
  };
  return { world, direct: connect(false), connector: connect(new URL(gatewayUrl).origin) };
}

describe('a token with scopes', () => {
  it('reads through the gateway all that a sync needs', async () => {
    const { world, connector } = await startScoped(all);

    const { checks } = await connector.check(world.call, { thorough: true });
    const events = await new Mirror().sync(world, connector);

    expect(checks.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(events.some(({ type }) => type === 'upsert')).toBe(true);
  });

  it('is told from others on the host of the site', async () => {
    const { world, direct } = await startScoped(all);

    const { checks } = await direct.check(world.call, { thorough: true });

    expect(checks).toMatchObject([
      { status: 'failed', fix: expect.stringContaining('gateway: true') },
    ]);
  });

  // The account comes first, and a download is also allowed by the scope of the list.
  const apart = ['read:confluence-user', 'readonly:content.attachment:confluence'];

  it.each(all.filter((scope) => !apart.includes(scope)))(
    'that lacks %s is said to lack that and nothing else',
    async (lacking) => {
      const { world, connector } = await startScoped(all.filter((scope) => scope !== lacking));

      const { checks } = await connector.check(world.call, { thorough: true });

      const named = checks.filter(({ id }) => id.startsWith('scope '));
      expect(named.map(({ id }) => id)).toEqual([`scope ${lacking}`]);
    },
  );

  it('that lacks both scopes of a download is said to lack them', async () => {
    const attachments = ['read:attachment:confluence', 'readonly:content.attachment:confluence'];
    const { world, connector } = await startScoped(
      all.filter((scope) => !attachments.includes(scope)),
    );

    const { checks } = await connector.check(world.call, { thorough: true });

    const named = checks.filter(({ id }) => id.startsWith('scope '));
    expect(named.map(({ id }) => id)).toEqual(attachments.map((scope) => `scope ${scope}`));
  });
});
