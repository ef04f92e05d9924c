import { z } from 'zod';

import type { BodyFormat } from './body-format.ts';
import { isAtlassianHost, type Gateway } from './site-address.ts';

export const deployment = z
  .enum(['cloud', 'data-center'], { error: 'Write cloud or data-center.' })
  .optional()
  .describe(
    'What Confluence it is: `cloud`, or `data-center`, which is Server too. Without it the address decides: Data Center is what is neither at Atlassian nor lies at `/wiki` or at the root of its host. Costs no request.',
  );

interface Address {
  readonly baseUrl: string;
  readonly deployment?: 'cloud' | 'data-center' | undefined;
  readonly gateway?: Gateway | undefined;
  readonly body?: BodyFormat | undefined;
}

/** `undefined`: the host itself, or `/wiki`, where both may be. */
function contextOf({ baseUrl }: Address): string | undefined {
  const { pathname } = new URL(baseUrl);
  return pathname === '/' || pathname === '/wiki' ? undefined : pathname;
}

function isServer(address: Address): boolean {
  if (address.deployment !== undefined) return address.deployment === 'data-center';
  return address.gateway === undefined && contextOf(address) !== undefined;
}

/** What does not go together, at its field. */
export function findMisfit(
  address: Address,
): { readonly path: string[]; readonly message: string } | undefined {
  const { baseUrl, body, gateway } = address;
  const { origin, host } = new URL(baseUrl);
  if (isServer(address)) {
    if (gateway !== undefined) {
      return { path: ['gateway'], message: 'Data Center has no gateway; remove it.' };
    }
    if (body === 'adf') {
      return { path: ['body'], message: 'Data Center has no ADF; write storage, or remove it.' };
    }
    if (isAtlassianHost(host)) {
      return { path: ['deployment'], message: `${host} is Confluence Cloud; remove "deployment".` };
    }
    return undefined;
  }
  if (contextOf(address) === undefined) return undefined;
  const message = `Nothing but "/wiki" may follow the host; write ${origin}/wiki. Of Data Center, write "deployment: data-center" too.`;
  return { path: ['baseUrl'], message };
}

/** Makes the deployment certain, and the address that of its wiki. */
export function settleDeployment<Config extends Address>(config: Config): Config {
  if (isServer(config)) return { ...config, deployment: 'data-center' };
  const { deployment: _, ...rest } = config;
  const { origin } = new URL(config.baseUrl);
  return { ...rest, baseUrl: `${origin}/wiki` } as Config;
}
