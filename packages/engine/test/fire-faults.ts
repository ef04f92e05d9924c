import type { FaultKind } from '@context-sync/sandbox';

/** A fault, and how a run that it hits may end. */
export interface FireFault {
  readonly what: FaultKind;
  /** Exit codes of a run that it hits once. */
  readonly once: readonly number[];
  /** Exit codes of a run that it hits from one request on; absent: that is no outage. */
  readonly always?: readonly number[];
  /** The answer looks whole and is not: a run cannot know, only the next one mends it. */
  readonly isLie?: true;
}

/** 3: of what is left to ask, only downloads fail. */
const temporary = [3, 5] as const;
const limit = (what: Omit<FaultKind & { kind: 'rate-limit' }, 'kind'>): FireFault => ({
  what: { kind: 'rate-limit', ...what },
  once: [0],
  always: temporary,
});

/** Every header form of the refusals of Cloud: atlassian.md B.7. */
const limits: readonly FireFault[] = [
  limit({ retryAfter: 0 }),
  limit({ retryAfter: 1 }),
  limit({ retryAfter: 20 }),
  limit({ retryAfter: { dateInMs: 9_000 } }),
  limit({ resetInMs: 5_000 }),
  limit({ resetInMs: 5_000, reason: 'confluence-quota-global-based' }),
  limit({ resetInMs: 5_000, reason: 'confluence-quota-tenant-based' }),
  limit({ resetInMs: 5_000, reason: 'conf-global-based' }),
  limit({ resetInMs: 5_000, forms: ['structured'] }),
  limit({ resetInMs: 5_000, forms: ['beta'] }),
  limit({ retryAfter: 7, forms: ['classic', 'structured', 'beta'] }),
  limit({ forms: [] }),
  { what: { kind: 'rate-limit', retryAfter: 3600 }, once: [5], always: [5] },
  {
    what: { kind: 'rate-limit', retryAfter: 2, status: 403 },
    once: [0, 3, 4, 5],
    always: [3, 4, 5],
  },
];

/** 3: a download that breaks half way is not begun again in the same run. */
const broken = (what: FaultKind): FireFault => ({ what, once: [0, 3], always: temporary });

export const fireFaults: readonly FireFault[] = [
  ...limits,
  { what: { kind: 'near-limit' }, once: [0], always: [0] },
  { what: { kind: 'server-error', status: 500 }, once: [0, 3, 5], always: [3, 5] },
  broken({ kind: 'server-error', status: 502 }),
  broken({ kind: 'server-error', status: 503 }),
  broken({ kind: 'server-error', status: 503, retryAfter: 3 }),
  broken({ kind: 'server-error', status: 504 }),
  broken({ kind: 'reset' }),
  broken({ kind: 'truncated-body' }),
  broken({ kind: 'cut-body' }),
  broken({ kind: 'empty-body' }),
  { what: { kind: 'oversized-body', bytes: 2_000_000 }, once: [0, 3, 5], always: [3, 5] },
  { what: { kind: 'endless-body' }, once: [0, 3, 5], always: [3, 5] },
  { what: { kind: 'drip', bytes: 1_000, everyMs: 1 }, once: [0], always: [0] },
  { what: { kind: 'slow', ms: 20 }, once: [0], always: [0] },
  { what: { kind: 'encoding', encoding: 'gzip' }, once: [0], always: [0] },
  { what: { kind: 'encoding', encoding: 'br' }, once: [0], always: [0] },
  { what: { kind: 'encoding', encoding: 'deflate' }, once: [0], always: [0] },
  broken({ kind: 'encoding', encoding: 'gzip', isBroken: true }),
  broken({ kind: 'wrong-length', difference: 10 }),
  broken({ kind: 'wrong-length', difference: -10 }),
  { what: { kind: 'wrong-shape' }, once: [0, 3, 5], always: [3, 5] },
  { what: { kind: 'wrong-shape', body: { results: [] } }, once: [0, 3, 4, 5, 6], isLie: true },
  { what: { kind: 'redirect', to: 'loop' }, once: [0, 3, 4, 5] },
  { what: { kind: 'redirect', to: 'other-host' }, once: [0, 3, 4, 5, 6] },
  { what: { kind: 'login-page' }, once: [3, 4], always: [4] },
  { what: { kind: 'scoped-token' }, once: [0, 3, 4], always: [3, 4] },
  { what: { kind: 'revoked-token' }, once: [0, 3, 4], always: [4] },
  { what: { kind: 'missing-scope' }, once: [0, 3, 4], always: [3, 4] },
  { what: { kind: 'expired-cursor', status: 400 }, once: [0, 3, 5] },
  { what: { kind: 'expired-cursor', status: 410 }, once: [0, 3, 5] },
  { what: { kind: 'listing', rows: 1 }, once: [0], always: [0] },
  { what: { kind: 'listing', rows: 0 }, once: [0, 5] },
  { what: { kind: 'listing', duplicateRow: true }, once: [0], always: [0] },
  { what: { kind: 'listing', foreignRow: true }, once: [0, 3, 5] },
  { what: { kind: 'listing', repeatedCursor: true }, once: [0, 5] },
];
