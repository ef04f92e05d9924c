import { createHash } from 'node:crypto';

import type { CheckReport, Connector, ErrorShape, Scope } from '@context-sync/core';
import { ConnectorError } from '@context-sync/core';

import type { SyncOptions } from '../api.ts';
import { placeScopes } from '../mirror/place-documents.ts';
import type { Mirror } from '../mirror/settle.ts';
import { placeInScopes } from '../state/members.ts';
import type { Session } from '../state/session.ts';
import { listScopeRows, registerScope, type ScopeRow, type SourceRow } from '../state/sources.ts';
import { toErrorShape } from './error-shape.ts';
import type { ConnectorHost } from './host.ts';
import { mapConcurrently } from './map-concurrently.ts';
import { dropScope, type PruneResult, pruneScope } from './prune.ts';
import type { EngineClock, RunnableSource } from './runnable-source.ts';
import { runScope, type ScopeResult } from './scope-run.ts';
import type { SourceSession } from './source-session.ts';
import { syncOnly } from './sync-only.ts';

/** Scopes of one source read at once. */
const scopesAtOnce = 3;
/** A scope the service no longer lists is removed after this many listings … */
const listingsUntilGone = 3;
/** … and this long, in milliseconds: access is lost and regained. */
const msUntilGone = 72 * 3_600_000;
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
  readonly dropped: readonly { readonly scope: string; readonly removed: PruneResult['removed'] }[];
  readonly unavailable: readonly { readonly scope: string; readonly error: ErrorShape }[];
  readonly error?: ErrorShape;
  /** Every scope of the config was read to its end in this run. */
  readonly isComplete: boolean;
}

export interface SourceRunInput {
  readonly session: Session;
  readonly mirror: Mirror;
  readonly runnable: RunnableSource;
  readonly row: SourceRow;
  readonly connector: Connector;
  readonly host: ConnectorHost;
  readonly clock: EngineClock;
  readonly options: SyncOptions;
  readonly signal: AbortSignal;
}

/** Reads one source into the database and prunes it. Never throws for what the source does. */
export async function runSource(input: SourceRunInput): Promise<SourceResult> {
  const nothing = { scopes: [], dropped: [], unavailable: [], isComplete: false };
  try {
    return await readSource(input);
  } catch (error) {
    if (isFatal(error)) throw error;
    return { ...nothing, error: toErrorShape(error) };
  }
}

/** Failures of the mirror itself end the run. */
function isFatal(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    '~contextSync' in error &&
    error['~contextSync'] === 'engine-error'
  );
}

async function readSource(input: SourceRunInput): Promise<SourceResult> {
  const source = toSourceSession(input);
  await proveIdentity(input, source);
  const { listed, unavailable } = await listScopes(input, source);
  const dropped = storeScopes(input, source, listed, unavailable);
  const rows = selectScopes(input, listScopeRows(input.session.database, input.row.id), listed);
  input.session.observe({
    type: 'source',
    source: source.name,
    scopes: rows.map(({ slug }) => slug),
  });
  if (input.options.only !== undefined) {
    const scopes = await syncOnly(source, rows, input.options.only);
    return { scopes, dropped, unavailable, isComplete: false };
  }
  const read = await mapConcurrently(rows, scopesAtOnce, (scope) => timed(input, source, scope));
  const isComplete =
    rows.length === listed.length &&
    unavailable.length === 0 &&
    read.every(({ result }) => result.outcome === 'complete' && !result.tainted);
  const scopes = [];
  for (const { result, durationMs } of read)
    scopes.push({ result, durationMs, ...(await prune(source, result, isComplete)) });
  storeOutcome(input, scopes);
  return { scopes, dropped, unavailable, isComplete };
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
    definition,
    connector,
    render: createHash('sha256')
      .update(`${definition.renderVersion} ${prints.render}`)
      .digest('hex')
      .slice(0, 16),
    maxDelete: runnable.maxDelete ?? { count: 10, share: 0.25 },
    reconcileEveryMs: runnable.reconcileEveryMs ?? (isCheap ? day : 7 * day),
    full: options.full ?? runnable.full ?? false,
    reconcile: options.reconcile ?? false,
    allowDeletes: options.allowDeletes,
    signal,
    logger: host.context.logger,
    call: (scope) => host.call(scope, signal),
    sleep: (ms) => clock.sleep(ms, signal),
  };
}

/** The credential is proven in each run, and it must show the same server and account as before. */
async function proveIdentity(
  { session, row, connector, runnable }: SourceRunInput,
  source: SourceSession,
): Promise<void> {
  const report = await connector.check(source.call(''));
  const identity = provenIdentity(report);
  const isSame =
    (row.identity ?? identity.id) === identity.id &&
    (row.identity_print ?? runnable.prints.identity) === runnable.prints.identity;
  if (!isSame) {
    throw new ConnectorError(
      'config',
      `The source ${source.name} now shows ${identity.label}, and its mirror was made from ${row.identity_label ?? 'another place'}.`,
      {
        hint: 'Give it another name in the config; then context-sync cleanup --execute removes what was mirrored under the old one.',
      },
    );
  }
  session.lock.transaction(() =>
    session.database.run(
      'UPDATE sources SET identity = ?, identity_label = ?, identity_print = ? WHERE id = ?',
      identity.id,
      identity.label,
      runnable.prints.identity,
      row.id,
    ),
  );
}

function provenIdentity(report: CheckReport): { id: string; label: string } {
  const failed =
    report.checks.find(({ status }) => status === 'failed') ??
    report.checks.find(({ status }) => status === 'indeterminate');
  if (failed !== undefined) {
    const fallback: ErrorShape = {
      code: failed.status === 'failed' ? 'auth' : 'transient',
      message: failed.message ?? `The check "${failed.id}" did not pass.`,
      ...(failed.fix === undefined ? {} : { hint: failed.fix }),
    };
    const { code, message, ...rest } = failed.error ?? fallback;
    throw new ConnectorError(
      code,
      message,
      failed.fix === undefined ? rest : { ...rest, hint: failed.fix },
    );
  }
  if (report.identity === undefined) {
    throw new ConnectorError('auth', 'The credentials could not be proven.', {
      hint: 'Type: context-sync doctor',
    });
  }
  return report.identity;
}

async function listScopes(
  { connector }: SourceRunInput,
  source: SourceSession,
): Promise<{ listed: Scope[]; unavailable: { scope: string; error: ErrorShape }[] }> {
  const listed: Scope[] = [];
  const unavailable: { scope: string; error: ErrorShape }[] = [];
  let isComplete = false;
  for await (const event of connector.scopes(source.call(''))) {
    if (event.type === 'scope') listed.push(event.scope);
    else if (event.type === 'unavailable')
      unavailable.push({ scope: event.slug, error: event.error });
    else isComplete = true;
  }
  if (!isComplete)
    throw new ConnectorError(
      'bug',
      'The connector ended its list of scopes without saying that it is complete.',
    );
  return { listed, unavailable };
}

/** Stores the scopes and drops those that the user took out of the config. */
function storeScopes(
  { session, row, runnable }: SourceRunInput,
  source: SourceSession,
  listed: readonly Scope[],
  unavailable: readonly { scope: string }[],
): SourceResult['dropped'] {
  const { database, lock } = session;
  const isChosen = row.scope_print !== null && row.scope_print !== runnable.prints.scope;
  return lock.transaction(() => {
    for (const [position, scope] of listed.entries())
      registerScope(database, row.id, scope, position);
    const ids = new Set(listed.map(({ id }) => id));
    const asked = new Set(unavailable.map(({ scope }) => scope));
    const absent = listScopeRows(database, row.id).filter(({ scope_id }) => !ids.has(scope_id));
    const dropped = absent
      .filter((scope) => !asked.has(scope.slug) && (isChosen || isLongGone(scope, session.now())))
      .map((scope) => ({ scope: scope.slug, removed: dropScope(source, scope) }));
    for (const scope of absent) markUnavailable(session, scope);
    if (unavailable.length === 0)
      database.run(
        'UPDATE sources SET scope_print = ? WHERE id = ?',
        runnable.prints.scope,
        row.id,
      );
    replaceSharedDocuments(session, row.id);
    placeScopes(database, row.id, runnable.name);
    return dropped;
  });
}

function isLongGone(scope: ScopeRow, now: number): boolean {
  return (
    scope.missing_runs >= listingsUntilGone &&
    scope.missing_since !== null &&
    now - scope.missing_since >= msUntilGone
  );
}

function markUnavailable({ database, now }: Session, scope: ScopeRow): void {
  database.run(
    `UPDATE scopes SET state = 'unavailable', missing_runs = missing_runs + 1, missing_since = coalesce(missing_since, ?) WHERE id = ?`,
    now(),
    scope.id,
  );
}

/** The order of the scopes may have changed, and with it the folder of what several list. */
function replaceSharedDocuments({ database }: Session, source: number): void {
  const shared = database.all<{ item: number }>(
    `SELECT m.item FROM members m JOIN scopes s ON s.id = m.scope WHERE s.source = ? GROUP BY m.item HAVING count(*) > 1`,
    source,
  );
  placeInScopes(
    database,
    shared.map(({ item }) => item),
  );
}

/** The scopes of this run: those that the service lists and the user selected. */
function selectScopes(
  { options, runnable }: SourceRunInput,
  rows: readonly ScopeRow[],
  listed: readonly Scope[],
): ScopeRow[] {
  const ids = new Set(listed.map(({ id }) => id));
  const present = rows.filter(({ scope_id }) => ids.has(scope_id));
  const wanted = options.select?.filter(({ source }) => source === runnable.name) ?? [];
  if (wanted.length === 0 || wanted.some(({ scope }) => scope === undefined)) return present;
  const unknown = wanted.find(({ scope }) => !present.some(({ slug }) => slug === scope));
  if (unknown !== undefined) {
    throw new ConnectorError(
      'config',
      `The source ${runnable.name} has no scope ${unknown.scope ?? ''}.`,
      {
        hint: `It has: ${present.map(({ slug }) => slug).join(', ') || 'none'}. Type: context-sync scopes ${runnable.name}`,
      },
    );
  }
  return present.filter(({ slug }) => wanted.some(({ scope }) => scope === slug));
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
  isComplete: boolean,
): Promise<{ pruned: PruneResult; pruneError?: ErrorShape }> {
  try {
    return { pruned: await pruneScope(source, result, isComplete) };
  } catch (error) {
    if (isFatal(error)) throw error;
    // What could not be confirmed stays.
    return { pruned: { removed: [], withheld: 0 }, pruneError: toErrorShape(error) };
  }
}

function storeOutcome(
  { session, row, connector }: SourceRunInput,
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
      JSON.stringify(connector.describe?.() ?? {}),
      row.id,
    );
  });
}
