import type { ErrorShape } from '@context-sync/core';

import type { Database } from '../state/database.ts';
import type { ScopeResult } from './scope-run.ts';
import type { SourceSession } from './source-session.ts';

/** When a failed document is tried again, in milliseconds after each failure: 1 h, 6 h, 1 d, 7 d. */
const retryDelaysMs = [3_600_000, 21_600_000, 86_400_000, 604_800_000];

export interface FailedDocument {
  readonly source: number;
  readonly scope: number;
  readonly id: string;
  readonly error: ErrorShape;
  readonly now: number;
}

export function recordFailure(
  database: Database,
  { source, scope, id, error, now }: FailedDocument,
): void {
  const before = database.get<{ tries: number }>(
    'SELECT tries FROM failures WHERE source = ? AND doc_id = ?',
    source,
    id,
  );
  const tries = (before?.tries ?? 0) + 1;
  const delay = retryDelaysMs[Math.min(tries, retryDelaysMs.length) - 1] ?? 0;
  database.run(
    `INSERT INTO failures(source, scope, doc_id, code, message, tries, next_try, first_at)
     VALUES(?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT(source, doc_id) DO UPDATE SET scope = excluded.scope, code = excluded.code,
       message = excluded.message, tries = excluded.tries, next_try = excluded.next_try`,
    source,
    scope,
    id,
    error.code,
    error.message.replaceAll('\0', ''),
    tries,
    now + delay,
    now,
  );
}

export function clearFailures(database: Database, source: number, ids: readonly string[]): void {
  if (ids.length === 0) return;
  database.run(
    'DELETE FROM failures WHERE source = ? AND doc_id IN (SELECT value FROM json_each(?))',
    source,
    JSON.stringify(ids),
  );
}

/** Failed documents of a scope whose time has come, oldest first, at most 200. */
export function dueFailures(
  database: Database,
  source: number,
  scope: number,
  now: number,
): string[] {
  return database
    .all<{ doc_id: string }>(
      'SELECT doc_id FROM failures WHERE source = ? AND scope = ? AND next_try <= ? ORDER BY first_at, doc_id LIMIT 200',
      source,
      scope,
      now,
    )
    .map(({ doc_id }) => doc_id);
}

/** Documents of a scope that are mirrored and of which the newest could not be read, in this run or before. */
function openFailures(
  database: Database,
  source: number,
  scope: number,
): ReadonlyMap<string, ErrorShape> {
  const rows = database.all<{ id: string; code: ErrorShape['code']; message: string }>(
    `SELECT f.doc_id AS id, f.code, f.message FROM failures f
       JOIN items i ON i.source = f.source AND i.doc_id = f.doc_id
     WHERE f.source = ? AND f.scope = ? ORDER BY f.first_at, f.doc_id`,
    source,
    scope,
  );
  return new Map(rows.map(({ id, code, message }) => [id, { code, message }]));
}

/** What failed before and was not read since is no more up to date than what failed now. */
export function withOpenFailures(
  { session, source }: SourceSession,
  result: ScopeResult,
): ScopeResult {
  if (result.outcome !== 'complete') return result;
  const open = openFailures(session.database, source, result.scope.id);
  return { ...result, failures: new Map([...open, ...result.failures]) };
}
