import type { ErrorShape, FetchEvent } from '@context-sync/core';

import type { ItemRow } from '../state/items.ts';
import { leaveScope, removeItem } from '../state/members.ts';
import { toScope } from '../state/sources.ts';
import { groupsOfTooMany, guardGroup } from './deletion-guard.ts';
import { idOf } from './fetch-documents.ts';
import { type CompleteListing, completeListings } from './listing-book.ts';
import type { ScopeWarning } from './missing-scopes.ts';
import type { ScopeResult } from './scope-run.ts';
import type { SourceSession } from './source-session.ts';

/** Ids asked of the service in one call to confirm that they are gone. */
const idsPerFetch = 500;

/** A document that went. */
export interface Removed {
  readonly id: string;
  readonly title: string;
  /** Where its file was. */
  readonly path: string | null;
}

/** What pruning one scope did. */
export interface PruneResult {
  readonly removed: readonly Removed[];
  /** Deletions held back because they are too many to believe. */
  readonly withheld: number;
  readonly warnings: readonly ScopeWarning[];
}

type Missing = Pick<ItemRow, 'id' | 'doc_id' | 'kind' | 'placement'> & {
  readonly missing: number | null;
};

/** What is known of a missing document. `absent`: two ways of asking did not find it. */
type Verdict = 'keep' | 'absent' | 'gone' | 'purge' | 'moved-out';

/**
 * Removes what a scope no longer lists. Nothing goes because of a listing that failed, broke off or
 * may be short; weak evidence is confirmed document by document, or by a second miss; and when too much
 * would go by absence alone, nothing does until the user allows it.
 */
export async function pruneScope(
  source: SourceSession,
  result: ScopeResult,
  allScopesRead: boolean,
): Promise<PruneResult> {
  const none = { removed: [], withheld: 0, warnings: [] };
  if (result.outcome !== 'complete' || result.tainted) return none;
  const { missing, elsewhere, isWeak } = findMissing(source, result);
  source.session.lock.transaction(() => leave(source, result.scope.id, elsewhere, () => 'trash'));
  if (missing.length === 0) return none;
  const { verdicts, failure } = await judge(
    source,
    result,
    missing,
    isWeak || !allScopesRead,
    allScopesRead,
  );
  const warnings = failure === undefined ? [] : [undecided(result, failure)];
  return { ...carryOut(source, result, missing, verdicts), warnings };
}

function findMissing(
  { session, source, definition }: SourceSession,
  { scope }: ScopeResult,
): { missing: Missing[]; elsewhere: Missing[]; isWeak: boolean } {
  const { database } = session;
  const listings = completeListings(database, scope.id);
  const found = listings.map((listing) => ({ listing, rows: notSeen(session, listing) }));
  const rows = found.flatMap((each) => each.rows);
  const missing = [...new Map(rows.map((row) => [row.id, row])).values()];
  const isElsewhere = ({ id }: Missing): boolean =>
    database.get(
      `SELECT 1 AS one FROM members m JOIN scopes s ON s.id = m.scope
         WHERE m.item = ? AND m.scope <> ? AND s.source = ? AND m.seen = s.generation`,
      id,
      scope.id,
      source,
    ) !== undefined;
  const isWeak =
    listings.some(({ weak }) => weak === 1) ||
    found.some((each) => each.rows.length > 0 && isEmpty(session, each.listing)) ||
    definition.capabilities.listing?.stable !== true;
  return {
    missing: missing.filter((row) => !isElsewhere(row)),
    elsewhere: missing.filter(isElsewhere),
    isWeak,
  };
}

function notSeen(
  { database }: SourceSession['session'],
  { scope, generation, kind }: CompleteListing,
): Missing[] {
  return database.all<Missing>(
    `SELECT i.id, i.doc_id, i.kind, i.placement, m.missing FROM members m JOIN items i ON i.id = m.item
       WHERE m.scope = ? AND m.seen < ? AND (? = '' OR i.kind = ?)`,
    scope,
    generation,
    kind,
    kind,
  );
}

/** An empty listing is what a broken one looks like. */
function isEmpty({ database }: SourceSession['session'], listing: CompleteListing): boolean {
  return (
    database.get(
      `SELECT 1 AS one FROM members m JOIN items i ON i.id = m.item
         WHERE m.scope = ? AND m.seen >= ? AND (? = '' OR i.kind = ?) LIMIT 1`,
      listing.scope,
      listing.generation,
      listing.kind,
      listing.kind,
    ) === undefined
  );
}

async function judge(
  source: SourceSession,
  result: ScopeResult,
  missing: readonly Missing[],
  isWeak: boolean,
  allScopesRead: boolean,
): Promise<{ verdicts: Map<string, Verdict>; failure?: ErrorShape }> {
  const tooMany = groupsOfTooMany(source, result.scope.id, missing);
  const doubtful = missing.filter((row) => isWeak || tooMany.has(guardGroup(row)));
  const verdicts = new Map<string, Verdict>(missing.map(({ doc_id }) => [doc_id, 'absent']));
  if (source.connector.fetch === undefined) {
    const isCertain = (row: Missing): boolean => !isWeak || (row.missing !== null && allScopesRead);
    for (const row of doubtful) if (!isCertain(row)) verdicts.set(row.doc_id, 'keep');
    return { verdicts };
  }
  let failure: ErrorShape | undefined;
  for (let at = 0; at < doubtful.length; at += idsPerFetch) {
    const ids = doubtful.slice(at, at + idsPerFetch).map(({ doc_id }) => doc_id);
    for await (const event of source.connector.fetch(
      ids,
      toScope(result.scope),
      source.call(result.scope.slug),
    )) {
      const id = idOf(event);
      if (event.type === 'failure') failure ??= event.error;
      // A failure without id could be about any of them.
      if (id === undefined) for (const each of ids) verdicts.set(each, 'keep');
      else if (verdicts.has(id)) verdicts.set(id, verdictOf(event, allScopesRead));
    }
  }
  return { verdicts, ...(failure === undefined ? {} : { failure }) };
}

function undecided({ scope }: ScopeResult, { message }: ErrorShape): ScopeWarning {
  return {
    code: 'removal_undecided',
    message: `Something that ${scope.slug} no longer lists stays in the mirror, since the service did not say whether it is gone: ${message} The next run asks again.`,
  };
}

function verdictOf(event: FetchEvent, allScopesRead: boolean): Verdict {
  if (event.type !== 'delete') return 'keep';
  // It may have moved to a scope that was not read in this run.
  if (event.reason === 'moved-out') return allScopesRead ? 'moved-out' : 'keep';
  return event.reason === 'no-access' ? 'purge' : 'gone';
}

function carryOut(
  source: SourceSession,
  result: ScopeResult,
  missing: readonly Missing[],
  verdicts: ReadonlyMap<string, Verdict>,
): Omit<PruneResult, 'warnings'> {
  const { database, lock } = source.session;
  const absent = missing.filter(({ doc_id }) => verdicts.get(doc_id) === 'absent');
  const allowed = source.allowDeletes ?? 0;
  const heldBack = new Map(
    [...groupsOfTooMany(source, result.scope.id, absent)].filter(([, count]) => count > allowed),
  );
  const leaving = missing.filter((row) => {
    const verdict = verdicts.get(row.doc_id) ?? 'keep';
    return verdict !== 'keep' && !(verdict === 'absent' && heldBack.has(guardGroup(row)));
  });
  return lock.transaction(() => {
    database.run(
      'UPDATE members SET missing = ? WHERE scope = ? AND missing IS NULL AND item IN (SELECT value FROM json_each(?))',
      result.generation,
      result.scope.id,
      JSON.stringify(missing.map(({ id }) => id)),
    );
    const removed = leave(source, result.scope.id, leaving, (item) =>
      verdicts.get(item.doc_id) === 'purge' ? 'purge' : 'trash',
    );
    return { removed, withheld: [...heldBack.values()].reduce((sum, count) => sum + count, 0) };
  });
}

function leave(
  { session }: SourceSession,
  scope: number,
  rows: readonly Pick<Missing, 'id'>[],
  how: (item: ItemRow) => 'trash' | 'purge',
): Removed[] {
  if (rows.length === 0) return [];
  const { database } = session;
  const orphans = leaveScope(
    database,
    scope,
    rows.map(({ id }) => id),
  );
  // First what is purged: what lies below goes with it and must not reach the trash.
  const [purged, trashed] = [
    orphans.filter((item) => how(item) === 'purge'),
    orphans.filter((item) => how(item) === 'trash'),
  ];
  for (const item of purged) removeItem(database, item, 'purge');
  for (const item of trashed) removeItem(database, item, 'trash');
  return orphans
    .filter(({ placement }) => placement === 'file')
    .map((item) => ({ id: item.doc_id, title: item.title, path: item.live }));
}

/** Removes a scope that the user took out of the config, with everything only it listed. */
export function dropScope(
  source: SourceSession,
  scope: { id: number; folder: string | null },
): Removed[] {
  const { database } = source.session;
  const rows = database.all<{ id: number }>(
    'SELECT item AS id FROM members WHERE scope = ?',
    scope.id,
  );
  const removed = leave(source, scope.id, rows, () => 'trash');
  database.run('DELETE FROM scopes WHERE id = ?', scope.id);
  database.run('INSERT OR IGNORE INTO stale_folders(folder) VALUES(?)', source.name);
  if (scope.folder !== null)
    database.run('INSERT OR IGNORE INTO stale_folders(folder) VALUES(?)', scope.folder);
  return removed;
}
