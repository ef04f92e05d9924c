import { createHash } from 'node:crypto';

import type { Connector, ErrorShape } from '@context-sync/core';

import type { SyncOptions } from '../api.ts';
import type { Mirror } from '../mirror/settle.ts';
import { throwIfFatal } from '../state/open-database.ts';
import type { Session } from '../state/session.ts';
import { listScopeRows, type ScopeRow, type SourceRow } from '../state/sources.ts';
import { toErrorShape } from './error-shape.ts';
import { withOpenFailures } from './failures.ts';
import type { ConnectorHost } from './host.ts';
import { mapConcurrently } from './map-concurrently.ts';
import type { ScopeWarning } from './missing-scopes.ts';
import { proveIdentity } from './prove-identity.ts';
import { type PruneResult, pruneScope, type Removed } from './prune.ts';
import type { Redaction } from './redaction.ts';
import { forgetLoose, refreshReferrers, rememberNames } from './refresh-referrers.ts';
import { explainRenamed } from './renamed-scopes.ts';
import { defaultDeleteLimit, type EngineClock, type RunnableSource } from './runnable-source.ts';
import { runScope, type ScopeResult } from './scope-run.ts';
import { selectScopes } from './select-scopes.ts';
import { listScopes, storeScopes } from './source-scopes.ts';
import type { SourceSession } from './source-session.ts';
import { syncOnly } from './sync-only.ts';

/** Scopes of one source read at once. */
const scopesAtOnce = 3;
const day = 86_400_000;

/** How one source ended. */
export interface SourceResult {
  readonly scopes: readonly {
    readonly result: ScopeResult;
    readonly pruned: PruneResult;
    readonly durationMs: number;
    readonly pruneError?: ErrorShape;
  }[];
  /** Documents that went with a scope taken out of the config. */
  readonly dropped: readonly { readonly scope: string; readonly removed: readonly Removed[] }[];
  readonly unavailable: readonly { readonly scope: string; readonly error: ErrorShape }[];
  /** What is to be known of scopes that are missing. */
  readonly warnings: readonly ScopeWarning[];
  readonly error?: ErrorShape;
  /** Deletions held back outside of its scopes, see `pruneOrphans`. */
  readonly withheld: number;
  /** The database holds every document that the service has: nothing failed or was held back. */
  readonly isComplete: boolean;
}

export interface SourceRunInput {
  readonly session: Session;
  readonly mirror: Mirror;
  readonly runnable: RunnableSource;
  readonly row: SourceRow;
  readonly connector: Connector;
  readonly host: ConnectorHost;
  readonly redaction: Redaction;
  readonly clock: EngineClock;
  readonly options: SyncOptions;
  /** Ids of the documents to read; absent: everything. */
  readonly only?: readonly string[];
  readonly signal: AbortSignal;
}

/** Reads one source into the database and prunes it. Never throws for what the source does. */
export async function runSource(input: SourceRunInput): Promise<SourceResult> {
  const nothing = { scopes: [], dropped: [], unavailable: [], warnings: [] };
  try {
    return await readSource(input);
  } catch (error) {
    throwIfFatal(error, input.session.root);
    return { ...nothing, withheld: 0, isComplete: false, error: toErrorShape(error) };
  }
}

async function readSource(input: SourceRunInput): Promise<SourceResult> {
  const source = toSourceSession(input);
  await proveIdentity(source);
  const scopesNow = await explainRenamed(source, await listScopes(source));
  const { listed, unavailable } = scopesNow;
  const { dropped, warnings } = storeScopes(source, scopesNow);
  const rows = selectScopes(input, listScopeRows(input.session.database, input.row.id), listed);
  input.session.observe({
    type: 'source',
    source: source.name,
    scopes: rows.map(({ slug }) => slug),
  });
  if (input.only !== undefined) {
    const scopes = await syncOnly(source, rows, {
      ids: input.only,
      withDescendants: input.options.withDescendants ?? false,
    });
    return { scopes, dropped, unavailable, warnings, withheld: 0, isComplete: false };
  }
  const read = await mapConcurrently(rows, scopesAtOnce, (scope) => timed(input, source, scope));
  const areAllRead =
    rows.length === listed.length &&
    unavailable.length === 0 &&
    read.every(({ result }) => result.outcome === 'complete' && !result.tainted);
  const ends = [];
  for (const { result, durationMs } of read)
    ends.push({ result, durationMs, ...(await prune(source, result, areAllRead)) });
  if (rows.some(({ resuming }) => resuming === 1)) forgetLoose(source);
  for (const { result } of read) await refreshReferrers(source, result);
  if (areAllRead) rememberNames(source);
  const scopes = ends.map((end) => ({ ...end, result: withOpenFailures(source, end.result) }));
  storeOutcome(input, scopes);
  const isComplete = areAllRead && isWithoutFailure(source, scopes);
  return { scopes, dropped, unavailable, warnings, withheld: 0, isComplete };
}

function toSourceSession({
  session,
  mirror,
  runnable,
  row,
  connector,
  host,
  clock,
  options,
  signal,
  redaction,
}: SourceRunInput): SourceSession {
  const { definition, prints } = runnable;
  const isCheap =
    definition.capabilities.deletes === 'listing' &&
    definition.capabilities.listing?.ids === 'cheap';
  return {
    session,
    mirror,
    name: runnable.name,
    source: row.id,
    row,
    prints,
    definition,
    connector,
    render: createHash('sha256')
      .update(`${definition.renderVersion} ${prints.render}`)
      .digest('hex')
      .slice(0, 16),
    maxDelete: runnable.maxDelete ?? defaultDeleteLimit,
    reconcileEveryMs: runnable.reconcileEveryMs ?? (isCheap ? day : 7 * day),
    full: options.full ?? runnable.full ?? false,
    reconcile: options.reconcile ?? false,
    allowDeletes: options.allowDeletes,
    signal,
    redaction,
    logger: host.context.logger,
    call: (scope) => host.call(scope, signal),
    sleep: (ms) => clock.sleep(ms, signal),
  };
}

async function timed(
  { session, clock }: SourceRunInput,
  source: SourceSession,
  scope: ScopeRow,
): Promise<{ result: ScopeResult; durationMs: number }> {
  const started = clock.now();
  session.observe({ type: 'scope-start', source: source.name, scope: scope.slug });
  const result = await runScope(source, scope);
  return { result, durationMs: clock.now() - started };
}

async function prune(
  source: SourceSession,
  result: ScopeResult,
  areAllRead: boolean,
): Promise<{ pruned: PruneResult; pruneError?: ErrorShape }> {
  try {
    return { pruned: await pruneScope(source, result, areAllRead) };
  } catch (error) {
    throwIfFatal(error, source.session.root);
    // What could not be confirmed stays.
    return { pruned: { removed: [], withheld: 0, warnings: [] }, pruneError: toErrorShape(error) };
  }
}

/** Of a document that failed in an earlier run nothing may be known either. */
function isWithoutFailure(
  { session, source }: SourceSession,
  scopes: SourceResult['scopes'],
): boolean {
  return (
    scopes.every(({ pruned, pruneError }) => pruned.withheld === 0 && pruneError === undefined) &&
    session.database.get('SELECT 1 AS one FROM failures WHERE source = ? LIMIT 1', source) ===
      undefined
  );
}

function storeOutcome(
  { session, row, connector, redaction }: SourceRunInput,
  scopes: SourceResult['scopes'],
): void {
  const { database, lock } = session;
  lock.transaction(() => {
    for (const { result, pruned, pruneError } of scopes) {
      database.run('UPDATE scopes SET withheld = ? WHERE id = ?', pruned.withheld, result.scope.id);
      if (result.outcome !== 'complete') continue;
      database.run('UPDATE scopes SET last_sync = ? WHERE id = ?', session.now(), result.scope.id);
      if (result.reconciled && pruneError === undefined && !result.tainted) {
        database.run(
          'UPDATE scopes SET last_reconcile = ? WHERE id = ?',
          session.now(),
          result.scope.id,
        );
      }
    }
    database.run(
      'UPDATE sources SET facts = ? WHERE id = ?',
      JSON.stringify(redaction.data(describe(connector))),
      row.id,
    );
  });
}

/** Facts for `status`; a connector that fails to tell them has none. */
function describe(connector: Connector): object {
  try {
    return connector.describe?.() ?? {};
  } catch {
    // The sync itself ended well.
    return {};
  }
}
