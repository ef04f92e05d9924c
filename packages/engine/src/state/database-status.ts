import type { JsonObject } from '@context-sync/core';

import type { Outcome } from '../api.ts';
import type { MirrorStatus, SourceMetadata } from '../mirror-status.ts';
import type { Database } from './database.ts';
import { lockHolder } from './lock.ts';
import { toEngineError } from './open-database.ts';
import { openToRead } from './open-to-read.ts';
import type { ScopeRow, SourceRow } from './sources.ts';

/** A status but for the place of the mirror. */
type StatusInDatabase = Omit<MirrorStatus, 'root'>;

/**
 * What the state database of a root tells.
 *
 * @throws EngineError when it cannot be read
 */
export function readDatabaseStatus(root: string): StatusInDatabase {
  const database = openToRead(root);
  if (database === undefined) return { exists: false, sources: [] };
  try {
    return statusIn(database);
  } catch (error) {
    throw toEngineError(error, root);
  } finally {
    database.close();
  }
}

/** What an open state database tells. */
export function statusIn(database: Database): StatusInDatabase {
  return {
    exists: true,
    ...lastRun(database),
    ...running(database),
    sources: database
      .all<SourceRow>('SELECT * FROM sources ORDER BY position, name')
      .map((row) => toMetadata(database, row)),
  };
}

function lastRun(database: Database): Pick<MirrorStatus, 'lastRun'> {
  const row = database.get<{
    id: string;
    started: number;
    ended: number | null;
    outcome: Outcome | null;
  }>('SELECT * FROM runs ORDER BY id DESC LIMIT 1');
  if (row === undefined) return {};
  return {
    lastRun: {
      run: row.id,
      startedAt: toIso(row.started),
      ...(row.ended === null ? {} : { endedAt: toIso(row.ended) }),
      ...(row.outcome === null ? {} : { outcome: row.outcome }),
    },
  };
}

function running(database: Database): Pick<MirrorStatus, 'running'> {
  const holder = lockHolder(database, Date.now());
  return holder === undefined
    ? {}
    : { running: { pid: holder.pid, host: holder.host, since: toIso(holder.since) } };
}

function toMetadata(database: Database, row: SourceRow): SourceMetadata {
  const scopes = database.all<ScopeRow & { documents: number; unwritten: number }>(
    `SELECT s.*, count(i.live) AS documents, count(i.id) - count(i.live) AS unwritten
       FROM scopes s LEFT JOIN items i ON i.scope = s.id AND i.placement = 'file'
       WHERE s.source = ? GROUP BY s.id ORDER BY s.position, s.id`,
    row.id,
  );
  return {
    source: row.name,
    connector: row.type,
    ...(row.identity_label === null ? {} : { identity: row.identity_label }),
    facts: JSON.parse(row.facts) as JsonObject,
    documents: scopes.reduce((sum, { documents }) => sum + documents, 0),
    unwritten: scopes.reduce((sum, { unwritten }) => sum + unwritten, 0),
    unclaimed: countUnclaimed(database, row.name),
    failures: readFailures(database, row.id),
    scopes: scopes.map((scope) => ({
      scope: scope.slug,
      title: scope.title,
      state: scope.state,
      documents: scope.documents,
      unwritten: scope.unwritten,
      ...(scope.last_sync === null ? {} : { lastSync: toIso(scope.last_sync) }),
      ...(scope.last_reconcile === null ? {} : { lastReconcile: toIso(scope.last_reconcile) }),
      withheld: scope.withheld,
    })),
  };
}

function countUnclaimed(database: Database, source: string): number {
  const row = database.get<{ count: number }>(
    `SELECT count(*) AS count FROM files WHERE role = 'document' AND item IS NULL AND state = 'live'
       AND substr(path, 1, length(?1) + 1) = ?1 || '/'`,
    source,
  );
  return row?.count ?? 0;
}

function readFailures(database: Database, source: number): SourceMetadata['failures'] {
  return database
    .all<{
      doc_id: string;
      slug: string | null;
      code: string;
      message: string;
      tries: number;
      first_at: number;
    }>(
      `SELECT f.*, s.slug FROM failures f LEFT JOIN scopes s ON s.id = f.scope WHERE f.source = ? ORDER BY first_at, doc_id`,
      source,
    )
    .map(({ doc_id, slug, code, message, tries, first_at }) => ({
      id: doc_id,
      scope: slug ?? '',
      code,
      message,
      tries,
      since: toIso(first_at),
    }));
}

function toIso(ms: number): string {
  return new Date(ms).toISOString();
}
