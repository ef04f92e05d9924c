import { readFile } from 'node:fs/promises';

import { ConnectorError } from '@context-sync/core';
import { describe, expect, it } from 'vitest';

import { deployments } from './__fixtures__/deployments.ts';
import { addPages, collect, makeContext, Mirror } from './__fixtures__/harness.ts';
import { configSchema } from './config.ts';
import { ConfluenceConnector } from './connector.ts';
import definition from './index.ts';

describe.each(deployments)('connector on $name', ({ startWorld, isCloud }) => {
  describe('the definition', () => {
    it('says the same as the manifest', async () => {
      const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
      const manifest = JSON.parse(text) as {
        'context-sync': { connectors: [{ type: string; contract: string; secrets: string[] }] };
      };
      const [{ type, contract, secrets }] = manifest['context-sync'].connectors;

      expect(definition).toMatchObject({ type, secrets, '~contextSync': { contract } });
    });

    it('knows what changing each option forces', () => {
      const fields = Object.keys(configSchema.shape).toSorted();

      expect(Object.keys(definition.configEffects ?? {}).toSorted()).toEqual(fields);
    });
  });

  describe('the connector', () => {
    it('tells its site and spaces, and no secret', async () => {
      const world = await startWorld();

      expect(world.connect().describe()).toEqual({ baseUrl: world.sandbox.url, spaces: ['ENG'] });
    });

    it.runIf(isCloud)('finds its documents by their addresses', async () => {
      const world = await startWorld();
      const connector = world.connect();
      addPages(world.site, 2);
      const mirror = new Mirror();
      await mirror.sync(world, connector);

      const named = [...mirror.documents.values()].filter(({ title }) => title !== 'Engineering');
      for (const { id, url } of named) expect(connector.resolveUrl(new URL(url ?? ''))).toBe(id);
    });

    it('takes the user name from a reference too', async () => {
      const world = await startWorld();
      const { url: baseUrl, username, token } = world.sandbox;
      const auth = { username: 'env:USERNAME', token: 'env:TOKEN' };
      const values: Record<string, string> = { 'auth.username': username, 'auth.token': token };
      const secrets = { get: async (field: string) => values[field] };
      const config = configSchema.parse({ baseUrl, auth, spaces: 'all' });
      const connector = new ConfluenceConnector(config, { ...makeContext(token), secrets });

      const { checks } = await connector.check(world.call);

      expect(checks).toEqual([{ id: 'credentials', status: 'passed' }]);
    });

    it('signs every request and shows the token nowhere', async () => {
      const world = await startWorld();
      const token = 'tok-3n+/=sesame';
      const basic = Buffer.from(`${world.sandbox.username}:${token}`).toString('base64');
      const connector = world.connect({}, { token });

      const error: unknown = await collect(connector.scopes(world.call)).catch(
        (reason: unknown) => reason,
      );

      expect(ConnectorError.is(error)).toBe(true);
      const shown = `${String(error)} ${JSON.stringify(error)} ${(error as Error).stack ?? ''}`;
      expect(shown).not.toContain(token);
      expect(shown).not.toContain(basic);
      expect(world.sandbox.requests.every(({ hasAuthorization }) => hasAuthorization)).toBe(true);
    });
  });
});
