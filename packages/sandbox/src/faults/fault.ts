import type { RateLimit } from './rate-limit.ts';
import type { Tampering } from './tampering.ts';

/** Which requests a fault hits: those for which every given condition holds. */
export interface FaultWhen {
  /** Numbers of requests, counted from 1 since the sandbox started. */
  readonly request?: number | readonly number[];
  /** This request and all after it. */
  readonly from?: number;
  /** This request and all before it. */
  readonly to?: number;
  /** Part of the path with its query, or a pattern. */
  readonly path?: string | RegExp;
  /** Only a random part of the requests, between 0 and 1; the same for the same seed. */
  readonly chance?: { readonly probability: number; readonly seed: number };
  /** Only requests that ask for bodies: with `body-format`, or with `body` in `expand`. */
  readonly withBodies?: true;
  /** Only requests that ask for more rows than this. */
  readonly limitOver?: number;
  /** It hits at most this often. @default no bound */
  readonly times?: number;
}

/** What goes wrong. */
export type FaultKind =
  /** Too many requests: 429, or 403 with a body that says so. */
  | ({ readonly kind: 'rate-limit' } & RateLimit)
  /** A good answer that says the limit is near. */
  | { readonly kind: 'near-limit' }
  /** `retryAfter` in seconds. */
  | {
      readonly kind: 'server-error';
      readonly status: 500 | 502 | 503 | 504;
      readonly retryAfter?: number;
    }
  /** The connection breaks before a byte of the answer. */
  | { readonly kind: 'reset' }
  /** The connection breaks in the middle of the body that the length promised. */
  | { readonly kind: 'truncated-body' }
  /** A whole answer with half a body. */
  | { readonly kind: 'cut-body' }
  | { readonly kind: 'empty-body' }
  /** White space follows the answer: up to so many bytes in all, or without end. */
  | { readonly kind: 'oversized-body'; readonly bytes: number }
  | { readonly kind: 'endless-body' }
  /** The body comes in pieces of so many bytes, with a wait before each. */
  | { readonly kind: 'drip'; readonly bytes: number; readonly everyMs: number }
  /** The body is compressed, whatever the request accepts; broken, it cannot be read. */
  | {
      readonly kind: 'encoding';
      readonly encoding: 'gzip' | 'br' | 'deflate';
      readonly isBroken?: boolean;
    }
  /** `content-length` is wrong by so many bytes, then the connection ends. */
  | { readonly kind: 'wrong-length'; readonly difference: number }
  /** JSON, but not of the shape that was asked for. @default { unexpected: true } */
  | { readonly kind: 'wrong-shape'; readonly body?: unknown }
  /** To the same address without end, to the media server as another host, or to a URL. */
  | { readonly kind: 'redirect'; readonly to: 'loop' | 'other-host' | URL }
  /** A sign-on page with status 200. */
  | { readonly kind: 'login-page' }
  /** A web page with 404, as a proxy sends it that finds no service. */
  | { readonly kind: 'not-found-page' }
  | { readonly kind: 'slow'; readonly ms: number }
  /** The credentials do not hold any more: bare 404 in v2, 403 in v1. */
  | { readonly kind: 'revoked-token' }
  /** The token lacks a scope: 401 as JSON. */
  | { readonly kind: 'missing-scope' }
  /** A scoped token on the site's own host: 401 as an HTML page. */
  | { readonly kind: 'scoped-token' }
  /** A request with a cursor is refused. */
  | { readonly kind: 'expired-cursor'; readonly status: 400 | 410 }
  /** Lists come out wrong, or just unusual. */
  | ({ readonly kind: 'listing' } & Tampering);

export interface Fault {
  readonly when: FaultWhen;
  readonly what: FaultKind;
}

/** The faults of a sandbox; the order does not matter. An empty plan is a healthy service. */
export type FaultPlan = readonly Fault[];
