import {
  type CallContext,
  ConnectorError,
  type ConnectorContext,
  type HttpClient,
  type HttpClientOptions,
  type HttpRequest,
  type HttpResponse,
  type HttpStream,
} from '@context-sync/core';

import { TenantInfo } from './schema.ts';
import type { Gateway } from './site-address.ts';

/** The id of a site stays; the name of a site may be given to another one. */
const rememberedMs = 24 * 60 * 60 * 1000;

/** Failures that say nothing about the site. */
const passing: ReadonlySet<string> = new Set(['transient', 'rate_limited', 'cancelled']);

/** Reads a site through the gateway, whose addresses hold the cloud id of the site. */
export class GatewayClient implements HttpClient {
  readonly #connect: (call: CallContext) => Promise<HttpClient>;
  #client: Promise<HttpClient> | undefined;

  /** `policy` is that of the gateway alone: the site is asked for its cloud id without credentials. */
  constructor(
    context: ConnectorContext,
    { gateway, siteUrl }: { gateway: Gateway; siteUrl: string },
    policy: Omit<HttpClientOptions, 'baseUrl'>,
  ) {
    const { limits } = policy;
    const { origin } = new URL(siteUrl);
    const site = context.http.client({
      baseUrl: origin,
      ...(limits === undefined ? {} : { limits }),
    });
    this.#connect = async (call) => {
      const id = gateway.cloudId ?? (await findCloudId(context, { site, origin }, call));
      return context.http.client({ ...policy, baseUrl: `${gateway.url}/${id}` });
    };
  }

  async json(request: HttpRequest, call: CallContext): Promise<HttpResponse> {
    return (await this.#connected(call)).json(request, call);
  }

  async stream(request: HttpRequest, call: CallContext): Promise<HttpStream> {
    return (await this.#connected(call)).stream(request, call);
  }

  #connected(call: CallContext): Promise<HttpClient> {
    this.#client ??= this.#connect(call).catch((error: unknown) => {
      // The next request asks again.
      this.#client = undefined;
      throw error;
    });
    return this.#client;
  }
}

async function findCloudId(
  { cache }: ConnectorContext,
  { site, origin }: { site: HttpClient; origin: string },
  call: CallContext,
): Promise<string> {
  const key = `cloud-id ${origin}`;
  const remembered = TenantInfo.safeParse({ cloudId: await cache.get(key) });
  if (remembered.success) return remembered.data.cloudId;
  const cloudId = await askForCloudId(site, origin, call);
  await cache.set(key, cloudId, rememberedMs);
  return cloudId;
}

async function askForCloudId(site: HttpClient, origin: string, call: CallContext): Promise<string> {
  let answer: HttpResponse;
  try {
    answer = await site.json({ path: '/_edge/tenant_info' }, call);
  } catch (error) {
    if (!ConnectorError.is(error) || passing.has(error.code)) throw error;
    throw noCloudId(origin, error);
  }
  const tenant = TenantInfo.safeParse(answer.body);
  if (!tenant.success) throw noCloudId(origin);
  return tenant.data.cloudId;
}

function noCloudId(origin: string, cause?: ConnectorError): ConnectorError {
  const why = cause === undefined ? 'It answered with something else.' : cause.message;
  return new ConnectorError(
    'config',
    `${origin} does not tell its cloud id, so it is no Jira Cloud site, or something stands before it. ${why}`,
    {
      hint: `Correct baseUrl; or open ${origin}/_edge/tenant_info in a browser and write gateway: https://api.atlassian.com/ex/jira/CLOUD-ID with the id it shows.`,
      ...(cause?.status === undefined ? {} : { status: cause.status }),
    },
  );
}
