import { ConnectorError, type CallContext, type HttpHeaders } from '@context-sync/core';

import { type Announcement, readAnnouncement } from './announcement.ts';
import type { Budget } from './budget.ts';
import type { Exchange } from './exchange.ts';
import { AttemptFailure } from './failure.ts';
import { discard } from './json-body.ts';
import { nextHop } from './redirect.ts';
import { toRefusal } from './refusal.ts';
import { backoffMs } from './retry.ts';
import { sendHop } from './send-hop.ts';
import type { Service } from './service.ts';

/** One request to one URL; a redirect makes the next hop. */
export interface Hop {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  /** Serialized JSON. */
  readonly body: string | undefined;
  readonly headers: HttpHeaders;
  /** Another origin than the service's: it gets no credentials. */
  readonly foreign: boolean;
}

export interface Attempt {
  readonly service: Service;
  readonly call: CallContext;
  /** Aborts with the call and with the host. */
  readonly signal: AbortSignal;
  readonly budget: Budget;
  /** 1 for the first one. */
  readonly number: number;
  /** How long the backoff before it was. */
  readonly waitedMs: number;
}

const MAX_REDIRECTS = 5;

/** Sends a request, follows its redirects, and gives an answer with a good status. */
export async function runAttempt(first: Hop, attempt: Attempt): Promise<Exchange> {
  let hop = first;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const exchange = await sendHop(hop, attempt, redirects > 0);
    const next = await leaveOnError(exchange, () => judge(exchange, hop, attempt));
    if (next === undefined) return exchange;
    hop = next;
  }
  const message = `${first.method} ${attempt.service.shared.redactor.url(first.url, false)} was redirected more than ${MAX_REDIRECTS} times.`;
  const hint = 'Check the base URL; a login in front of the service often does this.';
  throw new AttemptFailure(new ConnectorError('permanent', message, { hint }), 'never');
}

/** The next hop, or `undefined` when the answer is good; throws what a refusal means. */
async function judge(exchange: Exchange, hop: Hop, attempt: Attempt): Promise<Hop | undefined> {
  const { policy, base, shared } = attempt.service;
  const announcement = listen(exchange, attempt);
  const { status } = exchange;
  if ((status >= 200 && status < 300) || status === 304) return undefined;
  const next = nextHop(exchange, hop, base);
  if (next === undefined) {
    throw await toRefusal(exchange, announcement, { policy, base, redactor: shared.redactor });
  }
  await discard(exchange);
  return next;
}

/** Lets the origin's gate know what the answer says about the limit. */
function listen(exchange: Exchange, attempt: Attempt): Announcement {
  const { shared, policy, limits } = attempt.service;
  const { status, headers, foreign } = exchange;
  const gate = shared.gate(exchange.url.origin, limits);
  // The service's own headers mean nothing in another server's answer.
  const signal = foreign ? undefined : policy.rateLimit?.({ status, headers });
  const announcement = readAnnouncement(exchange, signal, shared.clock.now());
  gate.adapt(exchange.slot, announcement.limited || signal?.nearLimit === true);
  const unsaid = announcement.limited ? backoffMs(attempt.number, shared.random()) : 0;
  gate.pause(announcement.waitMs ?? unsaid);
  return announcement;
}

async function leaveOnError<T>(exchange: Exchange, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    exchange.finish();
    throw error;
  }
}
