import { ConnectorError, type ErrorCode, type HttpClientOptions } from '@context-sync/core';

import type { Announcement } from './announcement.ts';
import type { Exchange } from './exchange.ts';
import { AttemptFailure, type Retry } from './failure.ts';
import { readErrorBody } from './json-body.ts';
import type { Redactor } from './redactor.ts';

interface Meaning {
  readonly code: ErrorCode;
  readonly why: string;
  readonly hint: string;
}

const AGAIN = 'Run the same command again later.';

const MEANINGS: Readonly<Record<number, Meaning>> = {
  401: { code: 'auth', why: 'the credentials were refused', hint: 'Check user name and token.' },
  403: {
    code: 'permission',
    why: 'the account may not read this',
    hint: 'Check what the account and its token are allowed to read.',
  },
  404: {
    code: 'not_found',
    why: 'it is not there, or hidden from this account',
    hint: 'Check the base URL and that the account can see it.',
  },
  407: { code: 'config', why: 'the proxy wants credentials', hint: 'Put them into HTTP_PROXY.' },
  408: { code: 'transient', why: 'the service waited too long', hint: AGAIN },
  410: { code: 'cursor_invalid', why: 'it is gone', hint: 'Start again from the beginning.' },
  413: { code: 'too_large', why: 'it is too large', hint: 'Ask for less at once.' },
  429: { code: 'rate_limited', why: 'too many requests', hint: 'Wait, or lower the limits.' },
};
const SERVER_FAULT: Meaning = { code: 'transient', why: 'the service failed', hint: AGAIN };
const UNEXPECTED: Meaning = {
  code: 'permanent',
  why: 'the service refused the request',
  hint: 'Check the base URL and the configuration of this source.',
};

const RETRIED = new Set([408, 502, 503, 504]);

/** Turns a refusing answer into the failure it means; `explain` has the last word on its text. */
export async function toRefusal(
  exchange: Exchange,
  announcement: Announcement,
  { policy, base, redactor }: { policy: HttpClientOptions; base: URL; redactor: Redactor },
): Promise<AttemptFailure> {
  const { status, headers, foreign, request } = exchange;
  // A cut through a secret that the answer quotes would leave half of it, so it goes before that.
  const body = redactor.data(await readErrorBody(exchange));
  const meaning = foreign ? toForeignMeaning(exchange) : toMeaning(status, announcement.limited);
  const path = pathBelow(base, exchange.url);
  const said = foreign ? undefined : policy.explain?.({ status, headers, body, path });
  const message =
    said?.message === undefined
      ? `${request} answered ${status}: ${meaning.why}.`
      : `${redactor.text(said.message)} (${request} answered ${status})`;
  const error = new ConnectorError(said?.code ?? meaning.code, message, {
    hint: redactor.text(said?.hint ?? meaning.hint),
    status,
    ...(announcement.waitMs !== undefined && { retryAfterMs: announcement.waitMs }),
  });
  return new AttemptFailure(error, toRetry(status, announcement.limited), announcement.waitMs);
}

function pathBelow({ pathname }: URL, url: URL): string {
  const prefix = pathname.replace(/\/+$/, '');
  return url.pathname.startsWith(`${prefix}/`) ? url.pathname.slice(prefix.length) : url.pathname;
}

function toRetry(status: number, limited: boolean): Retry {
  if (limited) return 'always';
  return RETRIED.has(status) ? 'if-idempotent' : 'never';
}

function toMeaning(status: number, limited: boolean): Meaning {
  const meaning = MEANINGS[limited ? 429 : status];
  return meaning ?? (status >= 500 ? SERVER_FAULT : UNEXPECTED);
}

// The credentials were not sent there, so its 401 says nothing about them.
function toForeignMeaning({ status, url }: Exchange): Meaning {
  // What another server does not have may well be at the service.
  if (status === 404 || status === 410) return elsewhere(url);
  if (status !== 401 && status !== 403) return toMeaning(status, status === 429);
  return {
    code: 'permission',
    why: `the service redirected to ${url.host}, which gets no credentials and refused`,
    hint: `If ${url.origin} is the service itself, use it as the base URL.`,
  };
}

function elsewhere({ host, origin }: URL): Meaning {
  return {
    code: 'permanent',
    why: `the service redirected to ${host}, where it is not found`,
    hint: `If ${origin} is the service itself, use it as the base URL.`,
  };
}
