import type { FetchEvent } from '@context-sync/core';

import type { ItemRow } from '../state/items.ts';
import { leaveScope, removeItem } from '../state/members.ts';
import { toScope } from '../state/sources.ts';
import { completeListings } from './listing-book.ts';
import type { DeleteLimit } from './runnable-source.ts';
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
}

type Missing = Pick<ItemRow, 'id' | 'doc_id'> & { readonly missing: number | null };

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
  const none = { removed: [], withheld: 0 };
  if (result.outcome !== 'complete' || result.tainted) return none;
  const { missing, elsewhere, isWeak } = findMissing(source, result);
  source.session.lock.transaction(() => leave(source, result.scope.id, elsewhere, () => 'trash'));
  if (missing.length === 0) return none;
  const verdicts = await judge(source, result, missing, isWeak || !allScopesRead, allScopesRead);
  return carryOut(source, result, missing, verdicts);
}

function findMissing(
  { session, source, definition }: SourceSession,
  { scope, generation }: ScopeResult,
): { missing: Missing[]; elsewhere: Missing[]; isWeak: boolean } {
  const { database } = session;
  const listings = completeListings(database, scope.id);
  const rows = listings.flatMap((listing) =>
    database.all<Missing>(
      `SELECT i.id, i.doc_id, m.missing FROM members m JOIN items i ON i.id = m.item
         WHERE m.scope = ? AND m.seen < ? AND (? = '' OR i.kind = ?)`,
      scope.id,
      listing.generation,
      listing.kind,
      listing.kind,
    ),
  );
  const missing = [...new Map(rows.map((row) => [row.id, row])).values()];
  const isElsewhere = ({ id }: Missing): boolean =>
    database.get(
      `SELECT 1 AS one FROM members m JOIN scopes s ON s.id = m.scope
         WHERE m.item = ? AND m.scope <> ? AND s.source = ? AND m.seen = s.generation`,
      id,
      scope.id,
      source,
    ) !== undefined;
  const seen =
    database.get<{ count: number }>(
      'SELECT count(*) AS count FROM members WHERE scope = ? AND seen = ?',
      scope.id,
      generation,
    )?.count ?? 0;
  const isWeak =
    listings.some(({ weak }) => weak === 1) ||
    definition.capabilities.listing?.stable !== true ||
    seen === 0;
  return {
    missing: missing.filter((row) => !isElsewhere(row)),
    elsewhere: missing.filter(isElsewhere),
    isWeak,
  };
}

async function judge(
  source: SourceSession,
  result: ScopeResult,
  missing: readonly Missing[],
  isWeak: boolean,
  allScopesRead: boolean,
): Promise<Map<string, Verdict>> {
  const tooMany = isTooManyOf(source, result, missing.length);
  if (!isWeak && !tooMany) return new Map(missing.map(({ doc_id }) => [doc_id, 'absent']));
  if (source.connector.fetch === undefined) {
    const second = (row: Missing): Verdict =>
      row.missing !== null && allScopesRead ? 'absent' : 'keep';
    return new Map(missing.map((row) => [row.doc_id, isWeak ? second(row) : 'absent']));
  }
  const verdicts = new Map<string, Verdict>(missing.map(({ doc_id }) => [doc_id, 'absent']));
  for (let at = 0; at < missing.length; at += idsPerFetch) {
    const ids = missing.slice(at, at + idsPerFetch).map(({ doc_id }) => doc_id);
    for await (const event of source.connector.fetch(
      ids,
      toScope(result.scope),
      source.call(result.scope.slug),
    )) {
      const id = event.type === 'upsert' ? event.document.id : event.id;
      // A failure without id could be about any of them.
      if (id === undefined) for (const each of ids) verdicts.set(each, 'keep');
      else if (verdicts.has(id)) verdicts.set(id, verdictOf(event, allScopesRead));
    }
  }
  return verdicts;
}

function verdictOf(event: FetchEvent, allScopesRead: boolean): Verdict {
  if (event.type !== 'delete') return 'keep';
  // It may have moved to a scope that was not read in this run.
  if (event.reason === 'moved-out') return allScopesRead ? 'moved-out' : 'keep';
  return event.reason === 'no-access' ? 'purge' : 'gone';
}

/** Whether so many of all at once are more likely a mistake. */
export function isTooMany(limit: DeleteLimit, count: number, all: number): boolean {
  return count > limit.count && count > limit.share * all;
}

function isTooManyOf(
  { session, maxDelete }: SourceSession,
  { scope }: ScopeResult,
  count: number,
): boolean {
  const all =
    session.database.get<{ count: number }>(
      'SELECT count(*) AS count FROM members WHERE scope = ?',
      scope.id,
    )?.count ?? 0;
  return isTooMany(maxDelete, count, all);
}

function carryOut(
  source: SourceSession,
  result: ScopeResult,
  missing: readonly Missing[],
  verdicts: ReadonlyMap<string, Verdict>,
): PruneResult {
  const { database, lock } = source.session;
  const absent = missing.filter(({ doc_id }) => verdicts.get(doc_id) === 'absent');
  const isHeldBack =
    isTooManyOf(source, result, absent.length) && (source.allowDeletes ?? 0) < absent.length;
  const leaving = missing.filter(({ doc_id }) => {
    const verdict = verdicts.get(doc_id) ?? 'keep';
    return verdict !== 'keep' && !(verdict === 'absent' && isHeldBack);
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
    return { removed, withheld: isHeldBack ? absent.length : 0 };
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
  for (const item of orphans) removeItem(database, item, how(item));
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
