import type { FaultKind } from '../faults.ts';
import { type ApiError, errorBody } from './api-error.ts';
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

const json = { 'content-type': 'application/json' };
const html = { 'content-type': 'text/html;charset=UTF-8' };

export function answerReply(answer: ApiAnswer): Reply {
  return {
    status: answer.status ?? 200,
    headers: { ...json, ...answer.headers },
    body: JSON.stringify(answer.body),
  };
}

export function streamReply(mediaType: string, body: ByteStream): Reply {
  return { status: 200, headers: { 'content-type': mediaType }, body };
}

export function errorReply(path: string, error: ApiError): Reply {
  return { status: error.status, headers: json, body: JSON.stringify(errorBody(path, error)) };
}

function page(title: string, text: string): string {
  return `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${text}</h1></body></html>`;
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
      return { status: fault.status, headers: { ...html, ...wait }, body: page('Oops', text) };
    }
    case 'login-page':
      return { status: 200, headers: html, body: page('Log in', 'Log in to continue') };
    case 'missing-scope': {
      const body = { code: 401, message: 'Unauthorized; scope does not match' };
      return { status: 401, headers: json, body: JSON.stringify(body) };
    }
    case 'scoped-token': {
      const body = page('HTTP Status 401 – Unauthorized', 'HTTP Status 401 – Unauthorized');
      return { status: 401, headers: html, body };
    }
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
    ...json,
    ...(wait === undefined ? {} : { 'retry-after': wait }),
    'x-ratelimit-limit': '100',
    'x-ratelimit-remaining': '0',
    'ratelimit-reason': 'confluence-burst-based',
  };
  const body = JSON.stringify({ code: 429, message: 'Rate limit exceeded' });
  return { status: 429, headers, body };
}
