import type { ErrorShape } from '@context-sync/core';

import type { Database } from '../state/database.ts';

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
