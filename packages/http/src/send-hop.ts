import type { Readable } from 'node:stream';

import { ConnectorError, type HttpHeaders } from '@context-sync/core';
import type { AxiosResponse } from 'axios';

import { abortable } from './abort.ts';
import type { Attempt, Hop } from './attempt.ts';
import { Departure } from './departure.ts';
import { Exchange, type HttpExchange, toFailure } from './exchange.ts';
import { toDeadlineFailure } from './failure.ts';
import type { Target } from './network-failure.ts';
import { Watch } from './watch.ts';

/** Waits for a slot, sends one signed request, and gives the answer as soon as its headers are here. */
export async function sendHop(hop: Hop, attempt: Attempt, redirected: boolean): Promise<Exchange> {
  const { service, budget, signal } = attempt;
  const { shared, limits } = service;
  // Before the slot is taken: signing may send a request of its own to the same origin.
  const headers = await signHop(hop, attempt);
  const urgent = redirected || attempt.number > 1;
  const shownUrl = shared.redactor.url(hop.url, redirected);
  const target = describeTarget(hop, shownUrl, attempt);
  const gate = shared.gate(hop.url.origin, limits);
  const slot = await gate.enter({ signal, urgent, budget });
  budget.start();
  const left = budget.leftMs();
  if (left <= 0) {
    slot.release();
    throw toDeadlineFailure(target.request, limits.deadlineMs);
  }
  const parents = [attempt.call.signal, shared.closed];
  const watch = new Watch(shared.clock, parents, Math.min(limits.timeoutMs, left));
  const departure = new Departure(watch.signal);
  const forget = gate.onPause(departure.recall);
  const report = startReport(hop, attempt, { redirected, pausedMs: slot.pausedMs });
  try {
    const response = await request(hop, headers, attempt, departure);
    return new Exchange({
      status: response.status,
      headers: toPlainHeaders(response.headers),
      stream: response.data,
      watch,
      slot,
      target,
      url: hop.url,
      foreign: hop.foreign,
      report: (bytes) => report(bytes, response.status),
    });
  } catch (error) {
    watch.stop();
    slot.release();
    if (departure.isRecalled && watch.verdict === 'running')
      return await sendHop(hop, attempt, redirected);
    report(0);
    throw toFailure(error, watch, target);
  } finally {
    forget();
  }
}

async function request(
  hop: Hop,
  headers: HttpHeaders,
  { service }: Attempt,
  departure: Departure,
): Promise<AxiosResponse<Readable>> {
  const { httpAgent, httpsAgent, proxy } = service.shared.agents.route(hop.url);
  return service.axios.request<Readable>({
    method: hop.method,
    url: hop.url.href,
    headers: { ...headers },
    ...(hop.body !== undefined && { data: hop.body }),
    signal: departure.signal,
    transport: departure.transport,
    httpAgent,
    httpsAgent,
    proxy,
  });
}

async function signHop(hop: Hop, { service, signal }: Attempt): Promise<HttpHeaders> {
  const { policy, shared } = service;
  const headers = {
    'user-agent': shared.userAgent,
    ...(hop.body !== undefined && { 'content-type': 'application/json' }),
    ...hop.headers,
  };
  if (hop.foreign || policy.authenticate === undefined) return headers;
  try {
    const signature = await abortable(policy.authenticate(), signal);
    shared.redactor.learn(signature);
    return { ...headers, ...signature };
  } catch (error) {
    if (ConnectorError.is(error)) throw error;
    const why = error instanceof Error ? error.message : String(error);
    const message = `The request could not be signed: ${shared.redactor.text(why)}`;
    throw new ConnectorError('auth', message, { hint: 'Check the credentials of this source.' });
  }
}

function describeTarget(hop: Hop, shownUrl: string, { service }: Attempt): Target {
  const { redactor, agents } = service.shared;
  return {
    request: `${hop.method} ${shownUrl}`,
    host: hop.url.host,
    via: agents.route(hop.url).via,
    redact: (text) => redactor.text(text),
  };
}

type Report = (bytes: number, status?: number) => void;

function startReport(
  hop: Hop,
  attempt: Attempt,
  { redirected, pausedMs }: { redirected: boolean; pausedMs: number },
): Report {
  const { shared } = attempt.service;
  const startedAt = shared.clock.now();
  // The backoff was before the attempt, not before each of its redirects.
  const waitedMs = (redirected ? 0 : attempt.waitedMs) + pausedMs;
  return (bytes, status) => {
    const exchange: HttpExchange = {
      method: hop.method,
      url: shared.redactor.url(hop.url, redirected),
      ...(status !== undefined && { status }),
      bytes,
      durationMs: shared.clock.now() - startedAt,
      attempt: attempt.number,
      isRetry: attempt.number > 1 && !redirected,
      ...(waitedMs > 0 && { waitedMs }),
    };
    shared.onExchange(attempt.call, exchange);
  };
}

function toPlainHeaders(headers: AxiosResponse['headers']): HttpHeaders {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    // Only `set-cookie` comes as a list; no connector keeps cookies.
    if (typeof value === 'string') plain[name.toLowerCase()] = value;
  }
  return plain;
}
