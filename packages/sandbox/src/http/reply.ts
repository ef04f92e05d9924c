import type { FaultKind } from '../faults.ts';
import { type ApiError, errorBody } from './api-error.ts';
import { htmlHeaders, htmlPage, jsonHeaders } from './html.ts';
import { missingScopeReply, scopedTokenReply } from './refusal.ts';
import type { ApiAnswer } from './route.ts';

/** Bytes that are read in pieces, so that a big file never lies in memory as a whole. */
export interface ByteStream {
  readonly length: number;
  readonly read: () => Iterable<Uint8Array>;
}

/** What goes over the wire. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | ByteStream;
}

export function answerReply(answer: ApiAnswer): Reply {
  return {
    status: answer.status ?? 200,
    headers: { ...jsonHeaders, ...answer.headers },
    body: JSON.stringify(answer.body),
  };
}

export function streamReply(mediaType: string, body: ByteStream): Reply {
  return { status: 200, headers: { 'content-type': mediaType }, body };
}

export function errorReply(path: string, error: ApiError): Reply {
  return {
    status: error.status,
    headers: jsonHeaders,
    body: JSON.stringify(errorBody(path, error)),
  };
}

/** The reply that the faults send in place of the real one. */
export function replacement(faults: readonly FaultKind[]): Reply | undefined {
  return faults.map(faultReply).find((reply) => reply !== undefined);
}

/**
 * The answer of a fault that stands in place of the real one, or `undefined` for the others.
 * Headers of limits: https://developer.atlassian.com/cloud/confluence/rate-limiting/
 */
function faultReply(fault: FaultKind): Reply | undefined {
  switch (fault.kind) {
    case 'rate-limit':
      return rateLimitReply(fault.retryAfter);
    case 'server-error': {
      const wait: Record<string, string> =
        fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
      const text = 'Something went wrong.';
      return {
        status: fault.status,
        headers: { ...htmlHeaders, ...wait },
        body: htmlPage('Oops', text),
      };
    }
    case 'login-page':
      return { status: 200, headers: htmlHeaders, body: htmlPage('Log in', 'Log in to continue') };
    case 'missing-scope':
      return missingScopeReply();
    case 'scoped-token':
      return scopedTokenReply();
    case 'near-limit':
    case 'reset':
    case 'truncated-body':
    case 'slow':
    case 'revoked-token':
    case 'expired-cursor':
    case 'listing':
      return undefined;
  }
}

function rateLimitReply(retryAfter?: number | { readonly dateInMs: number }): Reply {
  const wait =
    typeof retryAfter === 'object'
      ? new Date(Date.now() + retryAfter.dateInMs).toUTCString()
      : retryAfter?.toString();
  const headers = {
    ...jsonHeaders,
    ...(wait === undefined ? {} : { 'retry-after': wait }),
    'x-ratelimit-limit': '100',
    'x-ratelimit-remaining': '0',
    'ratelimit-reason': 'confluence-burst-based',
  };
  const body = JSON.stringify({ code: 429, message: 'Rate limit exceeded' });
  return { status: 429, headers, body };
}
