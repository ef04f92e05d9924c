import { ConnectorError, type HttpHeaders } from '@context-sync/core';

import type { Hop } from './attempt.ts';
import type { Exchange } from './exchange.ts';
import { AttemptFailure } from './failure.ts';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

// Any other header of a request may be a credential (`X-Api-Key`).
const HARMLESS_HEADERS = new Set(['accept', 'accept-language', 'range']);

/** Where a redirecting answer leads; `undefined` when it does not redirect. Throws when it must not. */
export function nextHop(exchange: Exchange, hop: Hop, base: URL): Hop | undefined {
  const location = exchange.headers['location'];
  if (!REDIRECTS.has(exchange.status) || location === undefined) return undefined;
  if (!URL.canParse(location, hop.url.href))
    throw refuse(exchange, 'to something that is not a URL');
  const url = new URL(location, hop.url);
  // Sent as credentials by the HTTP library otherwise.
  url.username = '';
  url.password = '';
  url.hash = '';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw refuse(exchange, `to ${url.protocol}, which is not http or https`);
  }
  if (url.protocol === 'http:' && (hop.url.protocol === 'https:' || base.protocol === 'https:')) {
    throw refuse(exchange, `from https to http (${url.host}), which is not safe`);
  }
  // As browsers do: a POST that is redirected by one of these becomes a GET.
  const becomesGet = exchange.status === 303 || (exchange.status < 303 && hop.method === 'POST');
  const method = becomesGet ? 'GET' : hop.method;
  const foreign = url.origin !== base.origin;
  if (foreign && method === 'POST') throw refuse(exchange, `a POST to another host (${url.host})`);
  return {
    url,
    method,
    body: becomesGet ? undefined : hop.body,
    headers: foreign ? onlyHarmless(hop.headers) : hop.headers,
    foreign,
  };
}

function onlyHarmless(headers: HttpHeaders): HttpHeaders {
  const kept = Object.entries(headers).filter(([name]) => HARMLESS_HEADERS.has(name.toLowerCase()));
  return Object.fromEntries(kept);
}

function refuse(exchange: Exchange, what: string): AttemptFailure {
  const message = `${exchange.request} was redirected ${what}; the redirect was not followed.`;
  const hint = 'Check that the base URL is the address the service itself uses.';
  const error = new ConnectorError('permanent', message, { hint, status: exchange.status });
  return new AttemptFailure(error, 'never');
}
