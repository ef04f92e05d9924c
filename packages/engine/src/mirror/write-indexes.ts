import { setImmediate as nextTurn } from 'node:timers/promises';

import type { Database } from '../state/database.ts';
import type { Session } from '../state/session.ts';
import { renderAgentsPage } from './agents-page.ts';
import { pathKey, releaseFile } from './file-table.ts';
import { renderFolderIndex } from './folder-index.ts';
import type { TreeWriter, WantedFile } from './tree-writer.ts';

const foldersPerBatch = 100;

/** The index files of one folder, and those that an earlier, longer index left. */
interface FolderFiles {
  readonly wanted: readonly WantedFile[];
  readonly surplus: readonly string[];
}

/** Writes the indexes of the folders that are marked. `stop` ends it between two batches. */
export async function writeIndexes(
  { database, lock }: Session,
  writer: TreeWriter,
  stop: () => boolean,
): Promise<void> {
  // They list sources and scopes, which change without any document of theirs.
  database.run(
    `INSERT OR IGNORE INTO stale_folders(folder) SELECT '' UNION ALL SELECT name FROM sources`,
  );
  const stale = database
    .all<{ folder: string }>('SELECT folder FROM stale_folders')
    .map(({ folder }) => folder);
  for (let at = 0; at < stale.length && !stop(); at += foldersPerBatch) {
    const folders = stale.slice(at, at + foldersPerBatch);
    const files = folders.map((folder) => folderFiles(database, folder));
    const surplus = files.flatMap((each) => each.surplus);
    if (surplus.length > 0) {
      lock.transaction(() => {
        for (const path of surplus) releaseFile(database, path, 'stale');
      });
    }
    writer.write(files.flatMap(({ wanted }) => wanted));
    // Only after the files are confirmed: a run that is cut off before makes the same indexes again.
    lock.transaction(() =>
      database.run(
        'DELETE FROM stale_folders WHERE folder IN (SELECT value FROM json_each(?))',
        JSON.stringify(folders),
      ),
    );
    await nextTurn();
  }
}

function folderFiles(database: Database, folder: string): FolderFiles {
  const at = (name: string): string => (folder === '' ? name : `${folder}/${name}`);
  const files = renderFolderIndex(database, folder);
  if (folder === '') files.set('AGENTS.md', renderAgentsPage(database));
  const wanted = [...files].map(([name, content]) => ({
    path: at(name),
    content,
    role: 'index' as const,
    item: null,
  }));
  const keep = new Set(wanted.map(({ path }) => pathKey(path)));
  const prefix = pathKey(at('readme.'));
  const old = database.all<{ key: string; path: string }>(
    `SELECT key, path FROM files WHERE role = 'index' AND key >= ? AND key < ? || char(1114111)`,
    prefix,
    prefix,
  );
  const surplus = old
    // A folder that differs in case only has the same keys and its own files.
    .filter(({ key, path }) => !keep.has(key) && path.startsWith(at('README.')))
    .map(({ path }) => path);
  return { wanted, surplus };
}
