import type { ConnectorContext, HttpClient, HttpClientOptions } from '@context-sync/core';

import { authMethod } from './auth-config.ts';
import type { ConfluenceClient } from './client.ts';
import { CloudClient } from './cloud-client.ts';
import type { ConfluenceConfig } from './config.ts';
import { DataCenterClient } from './data-center-client.ts';
import { GatewayClient } from './gateway-client.ts';
import type { Access } from './refusals.ts';

export function toAccess({ auth, gateway, deployment }: ConfluenceConfig): Access {
  const isServer = deployment === 'data-center';
  return { method: authMethod(auth), viaGateway: gateway !== undefined, isServer };
}

/** The way to the wiki: its site or the gateway. What signs requests goes to that one alone. */
export function connectHttp(
  { baseUrl, gateway }: ConfluenceConfig,
  context: ConnectorContext,
  policy: Omit<HttpClientOptions, 'baseUrl'>,
): HttpClient {
  return gateway === undefined
    ? context.http.client({ ...policy, baseUrl })
    : new GatewayClient(context, { gateway, wikiUrl: baseUrl }, policy);
}

export function makeClient(
  { body, deployment }: ConfluenceConfig,
  http: HttpClient,
): ConfluenceClient {
  return deployment === 'data-center' ? new DataCenterClient(http) : new CloudClient(http, body);
}
