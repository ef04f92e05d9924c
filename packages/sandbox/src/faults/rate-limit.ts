import { jsonHeaders } from '../http/html.ts';
import type { Reply } from '../http/reply.ts';

/** How a service says that it got too many requests. */
export interface RateLimit {
  /** @default 429 */
  readonly status?: 429 | 403;
  /** Seconds, or a date so far ahead. @default no such header */
  readonly retryAfter?: number | { readonly dateInMs: number };
  /** How far ahead `X-RateLimit-Reset` lies. @default no such header */
  readonly resetInMs?: number;
  /** @default 'confluence-burst-based' */
  readonly reason?:
    | 'confluence-burst-based'
    | 'confluence-quota-global-based'
    | 'confluence-quota-tenant-based'
    | 'conf-global-based'
    | 'jira-quota-global-based'
    | 'jira-quota-tenant-based'
    | 'jira-burst-based'
    | 'jira-per-issue-on-write';
  /** The families of headers that it uses. @default ['classic'], of Data Center its own */
  readonly forms?: readonly ('classic' | 'structured' | 'beta' | 'data-center')[];
}

type Headers = Readonly<Record<string, string>>;

function retryAfterOf({ retryAfter }: RateLimit): string | undefined {
  return typeof retryAfter === 'object'
    ? new Date(Date.now() + retryAfter.dateInMs).toUTCString()
    : retryAfter?.toString();
}

/** What the headers ask for, as a client reads them: dates have whole seconds only. */
function waitOf({ retryAfter, resetInMs }: RateLimit, header: string | undefined): number {
  if (typeof retryAfter === 'number') return retryAfter * 1000;
  return header === undefined ? (resetInMs ?? 0) : Date.parse(header) - Date.now();
}

function classicHeaders({ resetInMs, reason }: RateLimit): Headers {
  const reset = resetInMs === undefined ? undefined : new Date(Date.now() + resetInMs);
  return {
    'x-ratelimit-limit': '100',
    'x-ratelimit-remaining': '0',
    ...(reset === undefined ? {} : { 'x-ratelimit-reset': reset.toISOString() }),
    'x-ratelimit-nearlimit': 'true',
    'ratelimit-reason': reason ?? 'confluence-burst-based',
  };
}

/** https://confluence.atlassian.com/doc/adjusting-your-code-for-rate-limiting-992679004.html */
const dataCenterHeaders: Headers = {
  'x-ratelimit-limit': '100',
  'x-ratelimit-remaining': '0',
  'x-ratelimit-fillrate': '50',
  'x-ratelimit-interval-seconds': '1',
};

function structuredHeaders(seconds: number): Headers {
  const name = '"global-app-quota"';
  return { 'ratelimit-policy': `${name};q=65000;w=3600`, ratelimit: `${name};r=0;t=${seconds}` };
}

function prefixed(headers: Headers, prefix: string): Headers {
  const entries = Object.entries(headers);
  return Object.fromEntries(entries.map(([name, value]) => [prefix + name, value]));
}

/**
 * The answer to one request too many.
 * https://developer.atlassian.com/cloud/confluence/rate-limiting/
 */
export function rateLimitReply(limit: RateLimit): Reply {
  const { status = 429, forms = ['classic'] } = limit;
  const retryAfter = retryAfterOf(limit);
  const announcedWaitMs = waitOf(limit, retryAfter);
  const seconds = Math.ceil(announcedWaitMs / 1000);
  const families = {
    classic: classicHeaders(limit),
    structured: structuredHeaders(seconds),
    beta: {
      ...prefixed(structuredHeaders(seconds), 'beta-'),
      'beta-retry-after': String(seconds),
      'x-beta-ratelimit-limit': '65000',
      'x-beta-ratelimit-remaining': '0',
    },
    'data-center': dataCenterHeaders,
  };
  const headers = Object.assign({}, ...forms.map((form) => families[form]));
  return {
    status,
    headers: {
      ...jsonHeaders,
      ...headers,
      ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
    },
    body: JSON.stringify({ code: status, message: 'Rate limit exceeded: too many requests' }),
    announcedWaitMs,
  };
}
