import type { Database } from './database.ts';

/** Marks every document and index for writing. Files that come out the same are not touched. */
export function markAllFiles(database: Database): void {
  database.run('UPDATE items SET dirty = 1');
  database.run(
    `INSERT OR IGNORE INTO stale_folders(folder)
       SELECT rtrim(rtrim(path, replace(path, '/', '')), '/') FROM files WHERE role = 'index'`,
  );
}
