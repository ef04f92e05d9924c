import type { CallContext, ConnectorContext, Json, Logger } from '@context-sync/core';
import { createHttp, type HttpHost, type Origins } from '@context-sync/http';

import type { RunEvent } from '../api.ts';
import { HOST_CONTRACT } from '../discovery/contract-version.ts';
import type { Database } from '../state/database.ts';
import type { Redaction } from './redaction.ts';
import type { EngineClock, NetworkOptions, RunnableSource } from './runnable-source.ts';

/** What one scope, or a source outside its scopes, asked of the network. */
type Traffic = Record<TrafficCount, number>;
type TrafficCount = 'requests' | 'retries' | 'waitedMs' | 'bytes';

/** What the engine gives one connector, and what it learns of its traffic. */
export interface ConnectorHost {
  readonly context: ConnectorContext;
  readonly http: HttpHost;
  /** A call whose traffic is counted under `scope`; '' for the source itself. */
  call(scope: string, signal: AbortSignal): CallContext;
  traffic(scope: string): Readonly<Traffic>;
}

export interface HostOptions {
  readonly source: RunnableSource;
  readonly clock: EngineClock;
  readonly network: NetworkOptions;
  /** Shared by the sources of a run; absent: this one is alone. */
  readonly origins?: Origins;
  /** Learns every secret that the connector reads. */
  readonly redaction: Redaction;
  readonly observe: (event: RunEvent) => void;
  /** Where `cache` lives; absent: it forgets. */
  readonly cache?: { readonly database: Database; readonly source: number };
}

export function createHost(options: HostOptions): ConnectorHost {
  const { source, clock, network, origins, redaction, observe, cache } = options;
  const logger = createLogger(source.name, redaction, observe);
  const scopes = new WeakMap<CallContext, string>();
  const traffic = new Map<string, Traffic>();
  const trafficOf = (scope: string): Traffic => {
    const known = traffic.get(scope) ?? { requests: 0, retries: 0, waitedMs: 0, bytes: 0 };
    traffic.set(scope, known);
    return known;
  };
  const http = createHttp({
    logger,
    clock,
    redact: (text) => redaction.text(text),
    ...(source.limits === undefined ? {} : { limits: source.limits }),
    ...network,
    ...(origins === undefined ? {} : { origins }),
    onExchange: (call, exchange) => {
      const counted = trafficOf(scopes.get(call) ?? '');
      counted.requests += 1;
      if (exchange.isRetry) counted.retries += 1;
      counted.waitedMs += exchange.waitedMs ?? 0;
      counted.bytes += exchange.bytes;
    },
  });
  return {
    http,
    context: {
      contract: HOST_CONTRACT,
      source: source.name,
      logger,
      http,
      clock,
      secrets: {
        get: async (field) => {
          const value = await source.secret(field);
          if (value !== undefined) redaction.learn(value);
          return value;
        },
      },
      cache: createCache(clock, cache),
    },
    call: (scope, signal) => {
      const call = { signal, logger };
      scopes.set(call, scope);
      return call;
    },
    traffic: trafficOf,
  };
}

function createLogger(
  source: string,
  redaction: Redaction,
  observe: (event: RunEvent) => void,
): Logger {
  const log =
    (level: 'debug' | 'info' | 'warn' | 'error') => (message: string, fields?: object) => {
      const clean = fields === undefined ? undefined : redaction.data(fields);
      observe({
        type: 'message',
        level,
        source,
        message: redaction.text(message),
        ...(clean === undefined ? {} : { fields: clean }),
      });
    };
  return { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
}

function createCache(clock: EngineClock, store: HostOptions['cache']): ConnectorContext['cache'] {
  if (store === undefined) return { get: async () => undefined, set: async () => undefined };
  const { database, source } = store;
  return {
    get: async (key) => {
      const row = database.get<{ value: string; expires: number | null }>(
        'SELECT value, expires FROM cache WHERE source = ? AND key = ?',
        source,
        key,
      );
      const isFresh = row !== undefined && (row.expires === null || row.expires > clock.now());
      return isFresh ? (JSON.parse(row.value) as Json) : undefined;
    },
    set: async (key, value, ttlMs) => {
      const expires = ttlMs === undefined ? null : clock.now() + ttlMs;
      database.run(
        'INSERT OR REPLACE INTO cache(source, key, value, expires) VALUES(?, ?, ?, ?)',
        source,
        key,
        JSON.stringify(value),
        expires,
      );
    },
  };
}
