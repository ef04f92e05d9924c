import type { ConfluenceSandbox, Fault, Principal } from '@context-sync/sandbox';
import fc from 'fast-check';

import type { SyncOptions } from '../src/api.ts';
import type { MirrorConfig } from './confluence-mirror.ts';

/** What a run meets: how it was asked for, what it may see, and what goes wrong under way. */
export interface RunCircumstances extends MirrorConfig {
  readonly mode: 'plain' | 'reconcile' | 'full';
  /** A fault from this request of the run on. */
  readonly fault: { readonly what: Fault['what']; readonly request: number } | undefined;
  /** What the credentials lack, e.g. a space or a scope. */
  readonly lacks: string;
  /** How long a change stays unknown to the search. */
  readonly lagMs: number;
}

const faults: readonly Fault['what'][] = [
  { kind: 'rate-limit', retryAfter: 1 },
  { kind: 'server-error', status: 503 },
  { kind: 'reset' },
  { kind: 'truncated-body' },
  { kind: 'login-page' },
  { kind: 'revoked-token' },
  { kind: 'expired-cursor', status: 400 },
  { kind: 'listing', repeatedCursor: true },
  { kind: 'listing', rows: 1 },
  { kind: 'listing', duplicateRow: true },
];

/** What a sync needs, and after it what it makes do without. */
const scopes = [
  'read:confluence-user',
  'read:page:confluence',
  'read:space:confluence',
  'read:comment:confluence',
  'read:attachment:confluence',
  'read:folder:confluence',
  'read:content.metadata:confluence',
  'read:user:confluence',
  'search:confluence',
  'readonly:content.attachment:confluence',
  'read:confluence-content.all',
];

/** What the credentials of a run are good for, by what they lack. */
const accesses: Readonly<Record<string, Partial<Principal>>> = {
  nothing: {},
  ENG: { spaces: ['OPS'] },
  OPS: { spaces: ['ENG'] },
  'every space': { spaces: [] },
  'every scope': { scopes: [] },
  ...Object.fromEntries(
    scopes.map((lacking) => [lacking, { scopes: scopes.filter((scope) => scope !== lacking) }]),
  ),
};

export const circumstances: fc.Arbitrary<RunCircumstances> = fc.record({
  mode: fc.constantFrom('plain', 'plain', 'plain', 'reconcile', 'reconcile', 'full'),
  fault: fc.option(
    fc.record({ what: fc.constantFrom(...faults), request: fc.integer({ min: 1, max: 12 }) }),
    { freq: 2, nil: undefined },
  ),
  lacks: fc.oneof(
    { weight: 2, arbitrary: fc.constant('nothing') },
    { weight: 1, arbitrary: fc.constantFrom(...Object.keys(accesses)) },
  ),
  lagMs: fc.constantFrom(0, 0, 0, 90_000, 86_400_000),
  includeArchived: fc.boolean(),
  download: fc.boolean(),
});

/** Sets a sandbox up for one run; gives the options of it. */
export function meet(
  sandbox: ConfluenceSandbox,
  { mode, fault, lacks, lagMs }: RunCircumstances,
  principals: readonly Principal[],
): SyncOptions {
  const before = sandbox.requests.length;
  sandbox.faults =
    fault === undefined ? [] : [{ when: { request: before + fault.request }, what: fault.what }];
  sandbox.principals = principals.map((principal) => ({ ...principal, ...accesses[lacks] }));
  sandbox.site.index.lagMs = lagMs;
  return { reconcile: mode === 'reconcile', full: mode === 'full', allowDeletes: 1000 };
}
