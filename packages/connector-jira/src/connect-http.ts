import type { ConnectorContext, HttpClient } from '@context-sync/core';

import { authMethod } from './auth-config.ts';
import type { JiraConfig } from './config.ts';
import { isServer } from './deployment.ts';
import { GatewayClient } from './gateway-client.ts';
import { readRateLimit } from './rate-limit.ts';
import { type Access, explainRefusal } from './refusals.ts';
import { limits } from './requests.ts';
import { signRequest } from './signing.ts';

export function toAccess(config: JiraConfig): Access {
  const { auth, gateway } = config;
  return {
    method: authMethod(auth),
    viaGateway: gateway !== undefined,
    isServer: isServer(config),
  };
}

/** The way to Jira: its site or the gateway. What signs requests goes to that one alone. */
export function connectHttp(config: JiraConfig, context: ConnectorContext): HttpClient {
  const { baseUrl, gateway } = config;
  const access = toAccess(config);
  const policy = {
    authenticate: () => signRequest(config, context.secrets),
    limits,
    rateLimit: (response: Parameters<typeof readRateLimit>[0]) =>
      readRateLimit(response, context.clock.now()),
    explain: (answer: Parameters<typeof explainRefusal>[0]) => explainRefusal(answer, access),
  };
  return gateway === undefined
    ? context.http.client({ ...policy, baseUrl })
    : new GatewayClient(context, { gateway, siteUrl: baseUrl }, policy);
}
