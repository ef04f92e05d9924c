import type { KindOptions } from '@context-sync/core';

import { staleAssets } from './blobs.ts';
import type { Database } from './database.ts';
import { type ItemRow, markContainer, markFolders } from './items.ts';
import { touchListers } from './labels.ts';
import { linkKey } from './link-keys.ts';
import { forgetReferrers, touchKeys, touchReferrers } from './references.ts';

/** Notes that a scope lists these documents in this generation. */
export function markSeen(
  database: Database,
  scope: number,
  generation: number,
  items: readonly number[],
): void {
  if (items.length === 0) return;
  database.run(
    `INSERT INTO members(scope, item, seen) SELECT ?, value, ? FROM json_each(?) WHERE true
     ON CONFLICT(scope, item) DO UPDATE SET seen = excluded.seen, missing = NULL`,
    scope,
    generation,
    JSON.stringify(items),
  );
}

/**
 * Puts each document under the first scope, in config order, that lists it. Gives the scopes whose
 * layout that changes.
 */
export function placeInScopes(database: Database, items: readonly number[]): void {
  if (items.length === 0) return;
  const set = JSON.stringify(items);
  const changed = database.all<{ id: number; old: number | null; now: number | null }>(
    `SELECT i.id, i.scope AS old, (SELECT m.scope FROM members m JOIN scopes s ON s.id = m.scope
       WHERE m.item = i.id ORDER BY s.position, s.id LIMIT 1) AS now
     FROM items i WHERE i.id IN (SELECT value FROM json_each(?)) AND i.scope IS NOT now`,
    set,
  );
  if (changed.length === 0) return;
  database.run(
    `UPDATE items SET scope = given.value ->> 1, dirty = 1
     FROM json_each(?) AS given WHERE items.id = given.value ->> 0`,
    JSON.stringify(changed.map(({ id, now }) => [id, now])),
  );
  const scopes = new Set(changed.flatMap(({ old, now }) => [old, now]));
  for (const scope of scopes) if (scope !== null) staleLayout(database, scope);
}

/** Takes documents of a kind that lies in one scope out of the other scopes of this scope's kind. */
export function leaveOtherScopes(
  database: Database,
  scope: { readonly id: number; readonly source: number; readonly kind: string },
  items: readonly number[],
): void {
  const row = database.get<{ kinds: string }>(
    'SELECT kinds FROM sources WHERE id = ?',
    scope.source,
  );
  const kinds = JSON.parse(row?.kinds ?? '{}') as Readonly<Record<string, KindOptions>>;
  const single = Object.keys(kinds).filter((kind) => kinds[kind]?.inOneScope === true);
  if (single.length === 0 || items.length === 0) return;
  database.run(
    `DELETE FROM members WHERE item IN (SELECT id FROM items WHERE id IN (SELECT value FROM json_each(?))
         AND kind IN (SELECT value FROM json_each(?)))
       AND scope IN (SELECT id FROM scopes WHERE source = ? AND kind = ? AND id <> ?)`,
    JSON.stringify(items),
    JSON.stringify(single),
    scope.source,
    scope.kind,
    scope.id,
  );
}

export function staleLayout(database: Database, scope: number): void {
  database.run('UPDATE scopes SET layout_stale = 1 WHERE id = ? AND layout_stale = 0', scope);
}

/** How many documents with files of their own lie in a scope. */
export function countDocuments(database: Database, scope: number): number {
  return (
    database.get<{ count: number }>(
      `SELECT count(*) AS count FROM items WHERE scope = ? AND placement = 'file'`,
      scope,
    )?.count ?? 0
  );
}

/** Takes documents out of a scope; gives those that no scope lists any more. */
export function leaveScope(database: Database, scope: number, items: readonly number[]): ItemRow[] {
  const set = JSON.stringify(items);
  database.run(
    'DELETE FROM members WHERE scope = ? AND item IN (SELECT value FROM json_each(?))',
    scope,
    set,
  );
  placeInScopes(database, items);
  return database.all<ItemRow>(
    `SELECT * FROM items i WHERE id IN (SELECT value FROM json_each(?))
       AND NOT EXISTS(SELECT 1 FROM members WHERE item = i.id)`,
    set,
  );
}

/**
 * Removes a document with the sections and attachments below it; files go to the trash, or are purged
 * with every copy of their text. Gone before the call: nothing happens.
 */
export function removeItem(database: Database, item: ItemRow, how: 'trash' | 'purge'): void {
  const open = [item];
  for (let gone = open.pop(); gone !== undefined; gone = open.pop()) {
    if (!removeOne(database, gone, how)) continue;
    open.push(
      ...database.all<ItemRow>(
        `SELECT * FROM items WHERE source = ? AND parent = ? AND placement <> 'file'`,
        gone.source,
        gone.doc_id,
      ),
    );
  }
}

function removeOne(database: Database, item: ItemRow, how: 'trash' | 'purge'): boolean {
  touchReferrers(database, [item.id]);
  touchListers(database, item);
  forgetReferrers(database, item.id);
  if (item.placement !== 'file') markContainer(database, item.source, item.parent);
  if (item.scope !== null && item.placement !== 'attachment') staleLayout(database, item.scope);
  staleAssets(database, item.source);
  if (item.parent !== null) touchKeys(database, [linkKey.children(item.source, item.parent)]);
  releaseFiles(database, item, how);
  database.run('DELETE FROM failures WHERE source = ? AND doc_id = ?', item.source, item.doc_id);
  return database.run('DELETE FROM items WHERE id = ?', item.id) > 0;
}

/** A document that becomes a part of another one, or the reverse, gives up its file. */
export function leaveFile(database: Database, item: ItemRow): void {
  releaseFiles(database, item, 'stale');
  database.run('UPDATE items SET folder = NULL, name = NULL, live = NULL WHERE id = ?', item.id);
}

function releaseFiles(database: Database, item: ItemRow, state: 'stale' | 'trash' | 'purge'): void {
  markFolders(database, item);
  markAbove(database, item);
  database.run(
    'UPDATE files SET state = ?, item = NULL, expect = NULL WHERE item = ?',
    state,
    item.id,
  );
}

/** The folder above links to a folder as long as something lies in it. */
function markAbove(database: Database, { folder }: ItemRow): void {
  if (folder === null) return;
  const at = folder.lastIndexOf('/');
  database.run(
    'INSERT OR IGNORE INTO stale_folders(folder) VALUES(?)',
    at === -1 ? '' : folder.slice(0, at),
  );
}
