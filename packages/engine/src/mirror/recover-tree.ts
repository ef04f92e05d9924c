import { dirname } from 'node:path/posix';

import type { Database } from '../state/database.ts';
import { markFolders, type ItemRow } from '../state/items.ts';
import type { Session } from '../state/session.ts';
import { type FileRow, forgetFile } from './file-table.ts';
import { markIndexes } from './place-documents.ts';
import type { TreeFiles } from './tree-files.ts';

/** Files looked at together; all of them would fill the memory of a large mirror. */
const rowsPerLook = 1000;

/**
 * Brings the database and the tree together again after whatever happened since the last run: a kill
 * in the middle of a write, a file that somebody edited, replaced or deleted. Edits are copied to the
 * local edits, and the files are marked for writing. Gives the number of files that were not as left.
 */
export function recoverTree(session: Session, files: TreeFiles): number {
  let recovered = 0;
  let last: string | undefined = '';
  while (last !== undefined) {
    const rows: FileRow[] = session.database.all<FileRow>(
      `SELECT * FROM files WHERE state IN ('live', 'reserved') AND key > ? ORDER BY key LIMIT ?`,
      last,
      rowsPerLook,
    );
    recovered += recoverFiles(session, files, rows);
    last = rows.at(-1)?.key;
  }
  // Reading the sources comes next and may take hours.
  files.forgetFolders();
  return recovered;
}

function recoverFiles(
  { database, lock }: Session,
  files: TreeFiles,
  rows: readonly FileRow[],
): number {
  const changed = rows.filter((row) => !isAsLeft(row, files));
  if (changed.length === 0) return 0;
  lock.transaction(() => {
    for (const row of changed) {
      if (row.state === 'reserved') files.removeTemporary(dirname(row.path));
      recoverFile(database, row, files);
    }
  });
  return changed.length;
}

function isAsLeft(row: FileRow, files: TreeFiles): boolean {
  if (row.state !== 'live') return false;
  const stat = files.stat(row.path);
  if (stat === undefined || !stat.isFile()) return false;
  return stat.size === row.size && stat.mtimeMs === row.mtime;
}

function recoverFile(database: Database, row: FileRow, files: TreeFiles): void {
  const hash = files.hash(row.path);
  const stat = files.stat(row.path);
  if (stat === undefined) {
    forgetFile(database, row.path);
    markForWriting(database, row);
  } else if (hash !== undefined && (hash === row.expect || hash === row.hash)) {
    database.run(
      `UPDATE files SET state = 'live', hash = ?, expect = NULL, size = ?, mtime = ? WHERE key = ?`,
      hash,
      stat.size,
      stat.mtimeMs,
      row.key,
    );
    // Confirmed files were reported as done; of an announced one the document still has to know.
    if (row.state === 'reserved') {
      if (row.role === 'attachment') noteArrival(database, row, hash);
      markForWriting(database, row);
    }
  } else {
    files.keepLocalEdit(row.path);
    forgetFile(database, row.path);
    markForWriting(database, row);
  }
}

/** The bytes of an attachment reached their place: they are no longer among the incoming files. */
function noteArrival(database: Database, { item, path }: FileRow, hash: string): void {
  const arrived = 'UPDATE blobs SET staged = NULL WHERE item = ? AND hash = ?';
  if (item === null || database.run(arrived, item, hash) === 0) return;
  database.run('UPDATE items SET live = ? WHERE id = ?', path, item);
}

function markForWriting(database: Database, row: FileRow): void {
  if (row.item === null) {
    const at = row.path.lastIndexOf('/');
    markIndexes(database, [at === -1 ? '' : row.path.slice(0, at)]);
    return;
  }
  database.run('UPDATE items SET dirty = 1 WHERE id = ?', row.item);
  database.run('UPDATE blobs SET pending = 1 WHERE item = ?', row.item);
  const item = database.get<ItemRow>('SELECT * FROM items WHERE id = ?', row.item);
  if (item !== undefined) markFolders(database, item);
}
