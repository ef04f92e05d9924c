import type { Database } from '../state/database.ts';
import type { ItemRow } from '../state/items.ts';
import { foldName } from './file-name.ts';

/** A row of `files`: what the engine has on disk, or is about to have. */
export interface FileRow {
  readonly key: string;
  readonly path: string;
  readonly item: number | null;
  readonly role: 'document' | 'index' | 'attachment';
  readonly state: 'reserved' | 'live' | 'stale' | 'trash' | 'purge';
  /** Of the content that was committed last. */
  readonly hash: string | null;
  /** Of the content that is being written. */
  readonly expect: string | null;
  readonly size: number | null;
  /** In milliseconds. */
  readonly mtime: number | null;
}

/** Two paths with the same key are one file on some file system. */
export function pathKey(path: string): string {
  return foldName(path);
}

/** What is known of paths, by the key of each. */
export function findFiles(database: Database, paths: readonly string[]): Map<string, FileRow> {
  const rows = database.all<FileRow>(
    'SELECT * FROM files WHERE key IN (SELECT value FROM json_each(?))',
    JSON.stringify(paths.map(pathKey)),
  );
  return new Map(rows.map((row) => [row.key, row]));
}

/** Announces that paths are about to hold this content. What was known of them is kept. */
export function reserveFiles(
  database: Database,
  files: readonly {
    readonly path: string;
    readonly item: Pick<ItemRow, 'id'> | null;
    readonly role: FileRow['role'];
    readonly hash: string;
  }[],
): void {
  database.insert(
    'INSERT INTO files(key, path, item, role, state, expect)',
    files.map(({ path, item, role, hash }) => [
      pathKey(path),
      path,
      item?.id ?? null,
      role,
      'reserved',
      hash,
    ]),
    `ON CONFLICT(key) DO UPDATE SET path = excluded.path, item = excluded.item,
       role = excluded.role, state = excluded.state, expect = excluded.expect`,
  );
}

/** The announced content is there. */
export function confirmFiles(
  database: Database,
  files: readonly { readonly path: string; readonly size: number; readonly mtimeMs: number }[],
): void {
  database.run(
    `UPDATE files SET state = 'live', hash = expect, expect = NULL,
       size = given.value ->> 1, mtime = given.value ->> 2
     FROM json_each(?) AS given WHERE files.key = given.value ->> 0`,
    JSON.stringify(files.map(({ path, size, mtimeMs }) => [pathKey(path), size, mtimeMs])),
  );
}

/** Announces that a path of ours is about to lose its file. */
export function releaseFile(
  database: Database,
  path: string,
  state: 'stale' | 'trash' | 'purge',
): void {
  database.run(
    'UPDATE files SET state = ?, item = NULL, expect = NULL WHERE key = ?',
    state,
    pathKey(path),
  );
}

/**
 * Announces that documents are about to lose every file but the one at the path given. There can be
 * several: a run that is killed before it confirms a file never notes where it put it.
 */
export function releaseOtherFiles(
  database: Database,
  places: readonly { readonly item: number; readonly path: string }[],
): void {
  if (places.length === 0) return;
  database.run(
    `UPDATE files SET state = 'stale', item = NULL, expect = NULL
     FROM json_each(?) AS given WHERE files.item = given.value ->> 0
       AND files.role = 'document' AND files.key <> given.value ->> 1`,
    JSON.stringify(places.map(({ item, path }) => [item, pathKey(path)])),
  );
}

export function forgetFile(database: Database, path: string): void {
  database.run('DELETE FROM files WHERE key = ?', pathKey(path));
}

export function pendingFiles(database: Database): FileRow[] {
  return database.all<FileRow>(`SELECT * FROM files WHERE state <> 'live'`);
}
