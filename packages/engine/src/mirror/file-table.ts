import type { Database } from '../state/database.ts';
import { foldName } from './file-name.ts';

/** A row of `files`: what the engine has on disk, or is about to have. */
export interface FileRow {
  readonly key: string;
  readonly path: string;
  readonly item: number | null;
  readonly role: 'document' | 'index';
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

export function findFile(database: Database, path: string): FileRow | undefined {
  return database.get<FileRow>('SELECT * FROM files WHERE key = ?', pathKey(path));
}

/** Announces that a path is about to hold this content. What was known of the path is kept. */
export function reserveFile(
  database: Database,
  file: { path: string; item: number | null; role: FileRow['role']; expect: string },
): void {
  database.run(
    `INSERT INTO files(key, path, item, role, state, expect) VALUES(?, ?, ?, ?, 'reserved', ?)
     ON CONFLICT(key) DO UPDATE SET path = excluded.path, item = excluded.item, role = excluded.role,
       state = 'reserved', expect = excluded.expect`,
    pathKey(file.path),
    file.path,
    file.item,
    file.role,
    file.expect,
  );
}

/** The announced content is there. */
export function confirmFile(database: Database, path: string, size: number, mtimeMs: number): void {
  database.run(
    `UPDATE files SET state = 'live', hash = expect, expect = NULL, size = ?, mtime = ? WHERE key = ?`,
    size,
    mtimeMs,
    pathKey(path),
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

export function forgetFile(database: Database, path: string): void {
  database.run('DELETE FROM files WHERE key = ?', pathKey(path));
}

export function pendingFiles(database: Database): FileRow[] {
  return database.all<FileRow>(`SELECT * FROM files WHERE state <> 'live'`);
}
