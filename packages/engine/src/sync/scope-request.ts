import type { Json, SyncEvent, SyncRequest } from '@context-sync/core';
import { ConnectorError } from '@context-sync/core';

import { findRevisions } from '../state/items.ts';
import { linkKey } from '../state/link-keys.ts';
import type { ScopeRow } from '../state/sources.ts';
import { toScope } from '../state/sources.ts';
import type { SourceSession } from './source-session.ts';

/** Largest cursor that is stored, in bytes. */
const maxCursorBytes = 65_536;

/** Revisions by document id. */
export type Revisions = ReadonlyMap<string, string | null>;

/** What the engine asks of a connector for one pass over a scope. */
export function toRequest(source: SourceSession, scope: ScopeRow, reconcile: boolean): SyncRequest {
  const { session, definition, full } = source;
  const row =
    session.database.get<ScopeRow>('SELECT * FROM scopes WHERE id = ?', scope.id) ?? scope;
  const cursor = readCursor(source, row);
  const isResumed = row.resuming === 1;
  const isFull = full || row.last_sync === null || cursor === undefined;
  const given = isFull && !isResumed ? undefined : cursor;
  return {
    scope: toScope(row),
    mode: isFull ? 'full' : 'incremental',
    ...(given === undefined ? {} : { cursor: given }),
    reconcile: reconcile || definition.capabilities.incremental === 'none',
    known: {
      revision: (id) => (full ? undefined : knownRevision(source, id)),
      count: () => (full ? 0 : knownCount(source, scope)),
      people: (which) => knownPeople(source, scope, which),
    },
  };
}

function readCursor({ definition }: SourceSession, row: ScopeRow): Json | undefined {
  if (row.cursor === null || row.cursor_version === null) return undefined;
  const cursor = JSON.parse(row.cursor) as Json;
  if (row.cursor_version === definition.cursorVersion) return cursor;
  return definition.migrateCursor?.({ version: row.cursor_version, cursor });
}

/** The stored revisions of the documents in a batch; in a full run every revision counts as new. */
export function knownRevisions(
  { session, source, render, full }: SourceSession,
  batch: readonly SyncEvent[],
): Revisions {
  const ids = batch.flatMap((event) => (event.type === 'upsert' ? event.document.id : []));
  if (full || ids.length === 0) return new Map();
  return findRevisions(session.database, source, render, ids);
}

function knownRevision({ session, source, render }: SourceSession, id: string): string | undefined {
  return (
    session.database.get<{ revision: string | null }>(
      'SELECT revision FROM items WHERE source = ? AND doc_id = ? AND render = ?',
      source,
      id,
      render,
    )?.revision ?? undefined
  );
}

function knownCount({ session, render }: SourceSession, scope: ScopeRow): number {
  return (
    session.database.get<{ count: number }>(
      'SELECT count(*) AS count FROM members m JOIN items i ON i.id = m.item WHERE m.scope = ? AND i.render = ? AND i.revision IS NOT NULL',
      scope.id,
      render,
    )?.count ?? 0
  );
}

function knownPeople(
  { session, source }: SourceSession,
  scope: ScopeRow,
  which: 'unnamed' | 'all',
): string[] {
  const prefix = linkKey.person(source, '');
  const rows = session.database.all<{ id: string }>(
    `SELECT given.id FROM (
       SELECT substr(l.key, ?) AS id FROM items i JOIN links l ON l.item = i.id
         WHERE i.scope = ? AND l.key >= ? AND l.key < ?
       UNION SELECT json_extract(header, '$.author.id') FROM items WHERE scope = ?) AS given
     WHERE given.id IS NOT NULL AND (? = 'all'
       OR NOT EXISTS(SELECT 1 FROM people p WHERE p.source = ? AND p.id = given.id))
     ORDER BY given.id`,
    prefix.length + 1,
    scope.id,
    prefix,
    `${prefix.slice(0, -1)};`,
    scope.id,
    which,
    source,
  );
  return rows.map(({ id }) => id);
}

/**
 * Stores where the next pass goes on; `null` starts it from the beginning.
 *
 * @throws ConnectorError `bug` for a cursor over 64 KB
 */
export function storeCursor(
  { session, definition }: SourceSession,
  scope: number,
  cursor: Json,
): void {
  const text = JSON.stringify(cursor);
  if (Buffer.byteLength(text) > maxCursorBytes) {
    throw new ConnectorError(
      'bug',
      `The connector gave a cursor of more than ${maxCursorBytes} bytes.`,
      {
        hint: 'Report this to the author of the connector.',
      },
    );
  }
  const isNone = cursor === null;
  session.database.run(
    'UPDATE scopes SET cursor = ?, cursor_version = ?, resuming = ? WHERE id = ?',
    isNone ? null : text,
    isNone ? null : definition.cursorVersion,
    isNone ? 0 : 1,
    scope,
  );
}
