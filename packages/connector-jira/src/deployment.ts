import { z } from 'zod';

import { atlassianHost, type Gateway } from './site-address.ts';

export const deployment = z
  .enum(['cloud', 'data-center'], { error: 'Write cloud or data-center.' })
  .optional()
  .describe(
    'What Jira it is: `cloud`, or `data-center`, which is Server too. Without it the address decides: Data Center is what lies neither at Atlassian nor on this machine. Costs no request.',
  );

interface Address {
  readonly baseUrl: string;
  readonly deployment?: 'cloud' | 'data-center' | undefined;
  readonly gateway?: Gateway | undefined;
}

const thisMachine = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

export function isServer({ baseUrl, deployment: given, gateway }: Address): boolean {
  if (given !== undefined) return given === 'data-center';
  const { hostname, pathname } = new URL(baseUrl);
  if (gateway !== undefined || atlassianHost.test(hostname)) return false;
  // Behind a path there is no Cloud; on this machine it is a simulation of either.
  return pathname !== '/' || !thisMachine.test(hostname);
}

/** What does not go together, at its field. */
export function findMisfit(
  address: Address,
): { readonly path: string[]; readonly message: string } | undefined {
  const { origin, hostname, pathname } = new URL(address.baseUrl);
  if (!isServer(address)) {
    if (pathname === '/') return undefined;
    const message = `Nothing may follow the host; write ${origin}. Of Data Center, write "deployment: data-center" too.`;
    return { path: ['baseUrl'], message };
  }
  if (address.gateway !== undefined) {
    return { path: ['gateway'], message: 'Data Center has no gateway; remove it.' };
  }
  if (!atlassianHost.test(hostname)) return undefined;
  return { path: ['deployment'], message: `${hostname} is Jira Cloud; remove "deployment".` };
}

/** Makes the deployment certain. */
export function settleDeployment<Config extends Address>(config: Config): Config {
  return { ...config, deployment: isServer(config) ? 'data-center' : 'cloud' };
}
