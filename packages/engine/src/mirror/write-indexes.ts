import { setImmediate as nextTurn } from 'node:timers/promises';

import { defaultOutput, type OutputFormat } from '../output-format.ts';
import type { Database } from '../state/database.ts';
import type { Session } from '../state/session.ts';
import { renderAgentsPage } from './agents-page.ts';
import { type FileContents, usesHtml } from './file-content.ts';
import { indexPrefixes } from './file-paths.ts';
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
  contents: FileContents,
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
    const files = folders.map((folder) => folderFiles(database, folder, contents));
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

function folderFiles(database: Database, folder: string, contents: FileContents): FolderFiles {
  const at = (name: string): string => (folder === '' ? name : `${folder}/${name}`);
  const files = new Map(
    outputsOf(database, folder).flatMap((output) =>
      renderFolderIndex(database, folder, output).map(
        (part) => [part.name, contents.index(part, output)] as const,
      ),
    ),
  );
  if (folder === '') files.set('AGENTS.md', renderAgentsPage(database));
  const wanted = [...files].map(([name, content]) => ({
    path: at(name),
    content,
    role: 'index' as const,
    item: null,
  }));
  const keep = new Set(wanted.map(({ path }) => pathKey(path)));
  const old = indexPrefixes.flatMap((prefix) => indexesAt(database, at(prefix)));
  return { wanted, surplus: old.filter((path) => !keep.has(pathKey(path))) };
}

/** What the index of a folder is written as: below a source as its documents are. */
function outputsOf(database: Database, folder: string): OutputFormat[] {
  // Whoever looks for the instructions to agents, or whether a mirror is here, finds Markdown.
  if (folder === '') return usesHtml(database) ? ['markdown', 'html'] : ['markdown'];
  const [source] = folder.split('/', 1);
  const row = database.get<{ output: OutputFormat }>(
    'SELECT output FROM sources WHERE name = ?',
    source ?? '',
  );
  return [row?.output ?? defaultOutput];
}

/** The index files whose path begins like this. */
function indexesAt(database: Database, prefix: string): string[] {
  const key = pathKey(prefix);
  const rows = database.all<{ path: string }>(
    `SELECT path FROM files WHERE role = 'index' AND key >= ? AND key < ? || char(1114111)`,
    key,
    key,
  );
  // A folder that differs in case only has the same keys and its own files.
  return rows.map(({ path }) => path).filter((path) => path.startsWith(prefix));
}
