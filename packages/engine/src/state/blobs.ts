import type { Database } from './database.ts';
import { touchReferrers } from './references.ts';

/** The bytes of an attachment, as they were received. */
export interface Blob {
  readonly hash: string;
  readonly size: number;
  /** Name of the file in the incoming folder. */
  readonly staged: string;
}

/** Stores that an attachment has new bytes, or (`undefined`) that it is no longer downloaded. */
export function storeBlob(database: Database, item: number, blob: Blob | undefined): void {
  if (blob === undefined) {
    dropBlob(database, item);
    return;
  }
  database.run(
    `INSERT INTO blobs(item, hash, size, staged) VALUES(?, ?, ?, ?)
     ON CONFLICT(item) DO UPDATE SET hash = excluded.hash, size = excluded.size,
       staged = excluded.staged, pending = 1`,
    item,
    blob.hash,
    blob.size,
    blob.staged,
  );
  // New bytes have no place yet.
  database.run(
    'UPDATE sources SET assets_stale = 1 WHERE assets_stale = 0 AND id = (SELECT source FROM items WHERE id = ?)',
    item,
  );
}

/** An attachment that is only listed has no file. */
export function dropBlob(database: Database, item: number): void {
  if (database.run('DELETE FROM blobs WHERE item = ?', item) === 0) return;
  database.run(`UPDATE files SET state = 'stale', item = NULL, expect = NULL WHERE item = ?`, item);
  database.run('UPDATE items SET live = NULL WHERE id = ?', item);
}

/** Announces that all files of an attachment but one are about to go. */
export function releaseOthers(database: Database, item: number, path: string | null): void {
  database.run(
    `UPDATE files SET state = 'stale', item = NULL, expect = NULL WHERE item = ? AND path IS NOT ?`,
    item,
    path,
  );
}

/** The bytes of these attachments are nowhere: they are read again, and until then only listed. */
export function loseBlobs(database: Database, items: readonly number[]): void {
  const set = JSON.stringify(items);
  database.run('DELETE FROM blobs WHERE item IN (SELECT value FROM json_each(?))', set);
  database.run(
    `UPDATE items SET revision = NULL, live = NULL, dirty = 1
     WHERE id IN (SELECT value FROM json_each(?))`,
    set,
  );
  for (const item of items) releaseOthers(database, item, null);
  touchReferrers(database, items);
}

/** The attachments of a source may belong elsewhere: one of them, or what they lie under, changed. */
export function staleAssets(database: Database, source: number): void {
  database.run('UPDATE sources SET assets_stale = 1 WHERE id = ? AND assets_stale = 0', source);
}
