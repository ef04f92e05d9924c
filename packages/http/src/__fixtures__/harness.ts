import type {
  CallContext,
  ConnectorError,
  HttpClient,
  HttpClientOptions,
  Logger,
} from '@context-sync/core';
import { ConnectorError as ConnectorErrorClass } from '@context-sync/core';
import { expect, onTestFinished } from 'vitest';

import type { HttpExchange } from '../exchange.ts';
import { createHttp, type HttpHost, type HttpHostOptions } from '../host.ts';
import { VirtualClock, WATCHDOG_MS } from './virtual-clock.ts';

export const SECRET = 'tok-3n+/=sesame';

export interface Harness {
  readonly http: HttpHost;
  readonly clock: VirtualClock;
  readonly exchanges: HttpExchange[];
  /** One line per log entry. */
  readonly logs: string[];
  readonly client: (policy: HttpClientOptions) => HttpClient;
  readonly call: (signal?: AbortSignal) => CallContext;
}

/** A host on a virtual clock that is closed when the test ends. */
export function startHarness(options: Partial<HttpHostOptions> = {}): Harness {
  const clock = new VirtualClock();
  const exchanges: HttpExchange[] = [];
  const logs: string[] = [];
  const logger = createLogger(logs);
  const http = createHttp({
    logger,
    clock,
    redact: (text) => text.replaceAll(SECRET, '[secret]'),
    random: () => 0.5,
    onExchange: (_call, exchange) => exchanges.push(exchange),
    ...options,
    limits: { requestsPerSecond: 1_000, timeoutMs: WATCHDOG_MS, ...options.limits },
  });
  onTestFinished(() => http.close());
  return {
    http,
    clock,
    exchanges,
    logs,
    client: (policy) => http.client(policy),
    call: (signal = new AbortController().signal) => ({ signal, logger }),
  };
}

function createLogger(lines: string[]): Logger {
  const log = (message: string, fields?: object): void => {
    lines.push(`${message} ${JSON.stringify(fields ?? {})}`);
  };
  return { debug: log, info: log, warn: log, error: log };
}

/** The error a promise ends with; fails the test when it is no `ConnectorError`. */
export async function errorOf(promise: Promise<unknown>): Promise<ConnectorError> {
  const error = await promise.then(
    (value) => expect.fail(`Expected an error, got ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  if (!ConnectorErrorClass.is(error)) throw error;
  return error;
}
