import type {
  CallContext,
  Clock,
  Http,
  HttpClientOptions,
  HttpLimits,
  Logger,
} from '@context-sync/core';
import axios, { type AxiosInstance } from 'axios';

import { type Agents, createAgents, type ProxySettings } from './agents.ts';
import { createClient } from './client.ts';
import type { HttpExchange } from './exchange.ts';
import { type Limits, toLimits } from './limits.ts';
import { createOrigins, type Origins } from './origins.ts';
import { createRedactor, type Redactor } from './redactor.ts';
import type { Shared } from './service.ts';
import { parseBaseUrl } from './url.ts';

/** What the host gives: nothing here is read from the environment. */
export interface HttpHostOptions {
  readonly logger: Logger;
  /** Every wait and every time-out goes through it. */
  readonly clock: Clock;
  /** Takes known secret values out of a text. */
  redact(text: string): string;
  /** The user's limits; each one wins over the connector's. */
  readonly limits?: HttpLimits;
  readonly proxy?: ProxySettings;
  /** CA certificates to trust besides Node's own, in PEM. */
  readonly ca?: readonly string[];
  /** @default 'context-sync' */
  readonly userAgent?: string;
  /** Given to several hosts, it makes them keep each other's waits and paces. @default its own */
  readonly origins?: Origins;
  /** Source of the jitter, between 0 and 1. @default Math.random */
  random?(): number;
  /** Called when an exchange ends, with or without an answer; a stream's, when its body ends. */
  onExchange?(call: CallContext, exchange: HttpExchange): void;
}

/** The mechanism behind the clients of one source. */
export interface HttpHost extends Http {
  /** Cancels what is under way and closes every connection; later requests are `cancelled`. */
  close(): Promise<void>;
}

/**
 * Makes the HTTP mechanism of one source. All its clients share connections and, per origin, the
 * limiter. Throws `config` for a proxy or a CA that cannot be read; `client` throws `config` for a
 * base URL that cannot be used.
 */
export function createHttp(options: HttpHostOptions): HttpHost {
  const closing = new AbortController();
  const agents = createAgents(options.proxy, options.ca);
  const redactor = createRedactor((text) => options.redact(text));
  redactor.learn(Object.fromEntries(agents.secrets.entries()));
  const origins = options.origins ?? createOrigins();
  origins.join();
  const shared = createShared(options, { agents, redactor, origins, closed: closing.signal });
  return {
    client(policy: HttpClientOptions) {
      const base = parseBaseUrl(policy.baseUrl);
      const limits = toLimits(policy.limits, options.limits);
      shared.gate(base.origin, limits).tighten(limits);
      return createClient({ base, limits, policy, axios: createAxios(), shared });
    },
    async close() {
      if (closing.signal.aborted) return;
      closing.abort();
      origins.leave();
      agents.destroy();
    },
  };
}

interface Parts {
  readonly agents: Agents;
  readonly redactor: Redactor;
  readonly origins: Origins;
  readonly closed: AbortSignal;
}

function createShared(
  options: HttpHostOptions,
  { agents, redactor, origins, closed }: Parts,
): Shared {
  const { clock } = options;
  return {
    clock,
    redactor,
    agents,
    closed,
    userAgent: options.userAgent ?? 'context-sync',
    random: () => options.random?.() ?? Math.random(),
    gate: (origin: string, limits: Limits) => origins.gate(origin, limits, clock),
    onExchange: (call, exchange) => options.onExchange?.(call, exchange),
  };
}

function createAxios(): AxiosInstance {
  return axios.create({
    adapter: 'http',
    responseType: 'stream',
    decompress: true,
    // Redirects, statuses, JSON, sizes and proxies are this package's own business.
    maxRedirects: 0,
    validateStatus: () => true,
    transformRequest: [],
    transformResponse: [],
    maxContentLength: -1,
    maxBodyLength: -1,
    timeout: 0,
    proxy: false,
  });
}
