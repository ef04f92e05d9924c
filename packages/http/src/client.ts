import {
  type CallContext,
  ConnectorError,
  type HttpClient,
  type HttpHeaders,
  type HttpRequest,
} from '@context-sync/core';

import { linkSignals } from './abort.ts';
import { type Hop, runAttempt } from './attempt.ts';
import { Budget } from './budget.ts';
import { toByteStream } from './byte-stream.ts';
import type { Exchange } from './exchange.ts';
import { AttemptFailure, toCancelled } from './failure.ts';
import { readJson } from './json-body.ts';
import { planRetry } from './retry.ts';
import type { Service } from './service.ts';
import { buildUrl } from './url.ts';

const JSON_HEADERS: HttpHeaders = { accept: 'application/json' };

// Bytes as they are stored: compressing attachments gains little, and their length can be compared.
const STREAM_HEADERS: HttpHeaders = { accept: '*/*', 'accept-encoding': 'identity' };

export function createClient(service: Service): HttpClient {
  const { limits } = service;
  return {
    async json(request, call) {
      const hop = toFirstHop(service, request, JSON_HEADERS);
      return send(service, { hop, request, call }, async (exchange) => {
        const body = await readJson(exchange, limits.maxResponseBytes);
        exchange.finish();
        return { status: exchange.status, headers: exchange.headers, body };
      });
    },
    async stream(request, call) {
      const hop = toFirstHop(service, request, STREAM_HEADERS);
      return send(service, { hop, request, call }, async (exchange) => {
        const body = toByteStream(exchange, limits.timeoutMs);
        return { status: exchange.status, headers: exchange.headers, body };
      });
    },
  };
}

function toFirstHop({ base }: Service, request: HttpRequest, accept: HttpHeaders): Hop {
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  return {
    url: buildUrl(base, request),
    method: request.method ?? 'GET',
    body,
    headers: { ...accept, ...request.headers },
    foreign: false,
  };
}

interface Job {
  readonly hop: Hop;
  readonly request: HttpRequest;
  readonly call: CallContext;
}

/** Makes attempts until one succeeds or {@link planRetry} says to give up. */
async function send<T>(
  service: Service,
  job: Job,
  read: (exchange: Exchange) => Promise<T>,
): Promise<T> {
  const { shared, limits } = service;
  const link = linkSignals([job.call.signal, shared.closed]);
  const { signal } = link;
  const budget = new Budget(shared.clock, limits.deadlineMs);
  try {
    for (let number = 1, waitedMs = 0; ; number += 1) {
      if (signal.aborted) throw toCancelled();
      const attempt = { service, call: job.call, signal, budget, number, waitedMs };
      try {
        return await readAnswer(await runAttempt(job.hop, attempt), read);
      } catch (error) {
        waitedMs = plan(error, service, job, { attempts: number, leftMs: budget.leftMs() });
      }
      await shared.clock.sleep(waitedMs, signal);
    }
  } catch (error) {
    throw signal.aborted ? toCancelled() : toPublicError(error, service);
  } finally {
    link.dispose();
  }
}

async function readAnswer<T>(
  exchange: Exchange,
  read: (exchange: Exchange) => Promise<T>,
): Promise<T> {
  try {
    return await read(exchange);
  } catch (error) {
    exchange.finish();
    throw error;
  }
}

/** How long to wait before the next attempt; throws when there is none. */
function plan(
  error: unknown,
  { shared, limits }: Service,
  { hop, request, call }: Job,
  state: { readonly attempts: number; readonly leftMs: number },
): number {
  if (!(error instanceof AttemptFailure)) throw error;
  const verdict = planRetry(error, {
    ...state,
    maxRetries: limits.retries,
    idempotent: request.idempotent ?? hop.method === 'GET',
    random: shared.random(),
  });
  if (typeof verdict !== 'number') throw verdict;
  call.logger.info('Trying a request again', {
    method: hop.method,
    url: shared.redactor.url(hop.url, false),
    ...(error.error.status !== undefined && { status: error.error.status }),
    reason: error.error.message,
    waitMs: verdict,
    attempt: state.attempts + 1,
  });
  return verdict;
}

function toPublicError(error: unknown, { shared }: Service): ConnectorError {
  if (error instanceof AttemptFailure) return error.error;
  if (ConnectorError.is(error)) return error;
  const message = shared.redactor.text(error instanceof Error ? error.message : String(error));
  // Thrown by a hook of the connector: its own error may hold anything.
  return new ConnectorError('bug', `A request could not be made: ${message}`, {
    cause: new Error(message),
  });
}
