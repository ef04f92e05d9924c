import type { Tampering } from './http/tampering.ts';

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
  /** It hits at most this often. @default no bound */
  readonly times?: number;
}

/** What goes wrong. */
export type FaultKind =
  /** 429; `retryAfter` is a number of seconds or a date `dateInMs` ahead, or is left out. */
  | {
      readonly kind: 'rate-limit';
      readonly retryAfter?: number | { readonly dateInMs: number };
    }
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
  /** A sign-on page with status 200. */
  | { readonly kind: 'login-page' }
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

/** Gives the faults that hit a request and remembers how often each one did. */
export class FaultSchedule {
  readonly #hits = new WeakMap<Fault, number>();

  due(plan: FaultPlan, request: { number: number; url: string }): FaultKind[] {
    const hit = plan.filter((fault) => {
      const times = this.#hits.get(fault) ?? 0;
      if (times >= (fault.when.times ?? Infinity)) return false;
      if (!applies(fault.when, request)) return false;
      this.#hits.set(fault, times + 1);
      return true;
    });
    return hit.map((fault) => fault.what);
  }
}

function applies(when: FaultWhen, { number, url }: { number: number; url: string }): boolean {
  const { request, from = 1, to = Infinity, path = '', chance } = when;
  const isListed = request === undefined || [request].flat().includes(number);
  const isOnPath = typeof path === 'string' ? url.includes(path) : path.test(url);
  const isDrawn = chance === undefined || draw(chance.seed, number) < chance.probability;
  return isListed && number >= from && number <= to && isOnPath && isDrawn;
}

/** A number in [0, 1) that only depends on its arguments (the mixing step of mulberry32). */
export function draw(seed: number, index: number): number {
  let state = (seed + Math.imul(index, 0x6d2b79f5)) | 0;
  state = Math.imul(state ^ (state >>> 15), state | 1);
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
  return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32;
}
