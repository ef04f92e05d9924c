import type { CheckReport, Json } from '@context-sync/core';

import { configSchema } from '../config.ts';
import { ConfluenceConnector } from '../connector.ts';
import { type Gatekeeper, type Rule, startGatekeeper } from './gatekeeper.ts';
import { makeContext, startWorld, type World } from './harness.ts';

/** A site and a gateway on hosts of their own, in front of one sandbox. */
export interface AccessWorld extends World {
  readonly siteHost: Gatekeeper;
  readonly gatewayHost: Gatekeeper;
  /** What connectors remembered. */
  readonly cache: Map<string, Json>;
  /** A connector to the site, with fields of the config besides, and the values of its secrets. */
  connectWith(config: object, secrets?: Record<string, string>): ConfluenceConnector;
  /** What `doctor` gets to know. */
  examine(config: object, secrets?: Record<string, string>): Promise<CheckReport>;
}

/** Lets nobody in. */
const closed: Rule = () => ({ status: 500, body: { message: 'Nobody should come here.' } });

/** Of Cloud, unless the world is another one. */
export async function startAccessWorld(
  rules: { site?: Rule; gateway?: Rule },
  start: () => Promise<World> = startWorld,
): Promise<AccessWorld> {
  const world = await start();
  const isServer = !world.sandbox.url.endsWith('/wiki');
  const siteHost = await startGatekeeper(world.sandbox, rules.site ?? closed);
  const gatewayHost = await startGatekeeper(world.sandbox, rules.gateway ?? closed);
  const cache = new Map<string, Json>();
  const connectWith: AccessWorld['connectWith'] = (config, secrets = {}) => {
    const baseUrl = isServer ? siteHost.origin + new URL(world.sandbox.url).pathname : siteHost.origin;
    const read = configSchema.parse({ baseUrl, spaces: ['ENG'], ...config });
    return new ConfluenceConnector(read, {
      ...makeContext('no token'),
      secrets: { get: async (field) => secrets[field] },
      cache: {
        get: async (key) => cache.get(key),
        set: async (key, value) => void cache.set(key, value),
      },
    });
  };
  const examine: AccessWorld['examine'] = (config, secrets) =>
    connectWith(config, secrets).check(world.call, { thorough: true });
  return { ...world, siteHost, gatewayHost, cache, connectWith, examine };
}

/** A bearer token, as config and as secret. */
export const bearer = { auth: { token: 'env:TOKEN' } };
export const bearerSecrets = { 'auth.token': 'bearer-4711' };
export const bearerHeader = { name: 'authorization', value: 'Bearer bearer-4711' };
