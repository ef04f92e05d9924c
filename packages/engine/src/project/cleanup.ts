import { rmSync } from 'node:fs';
import { join } from 'node:path';

import type { CleanupReport } from '../api.ts';
import type { Project } from '../config/project.ts';
import { type FileRow, releaseFile } from '../mirror/file-table.ts';
import { Mirror } from '../mirror/settle.ts';
import { TreeFiles } from '../mirror/tree-files.ts';
import { statusIn } from '../state/database-status.ts';
import type { ItemRow } from '../state/items.ts';
import { takeLock } from '../state/lock.ts';
import { removeItem } from '../state/members.ts';
import { openDatabase, toEngineError } from '../state/open-database.ts';
import type { Session } from '../state/session.ts';
import type { SourceRow } from '../state/sources.ts';
import { hasState } from '../state/state-files.ts';
import { dropSnapshot, writeSnapshot } from '../state/status-snapshot.ts';
import { findExpired } from '../sync/retention.ts';

type Item = CleanupReport['items'][number];

/**
 * Removes sources that the config no longer has, which no run does by itself, and traces past their
 * time. Removed documents go to the trash. With `dryRun`, the default, it only tells.
 *
 * @throws EngineError when the mirror cannot be used
 */
export async function cleanup(
  project: Project,
  source: string | undefined,
  { dryRun = true }: { dryRun?: boolean } = {},
): Promise<CleanupReport> {
  const { root } = project;
  if (!hasState(root)) return { dryRun, items: [], localEdits: [] };
  const database = openDatabase(root);
  try {
    const lock = takeLock(database, root, Date.now);
    try {
      dropSnapshot(root);
      const run = `${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}-cleanup`;
      const session: Session = {
        database,
        lock,
        root,
        run,
        now: Date.now,
        dryRun,
        observe: () => undefined,
      };
      const configured = new Set(project.sources.map(({ name }) => name));
      const items = findLeftovers(session, configured, source);
      const localEdits = dryRun ? [] : await removeLeftovers(session, items);
      return { dryRun, items, localEdits };
    } finally {
      lock.release();
      writeSnapshot(database, root, statusIn);
    }
  } catch (error) {
    throw toEngineError(error, root);
  } finally {
    database.close();
  }
}

function findLeftovers(
  session: Session,
  configured: ReadonlySet<string>,
  only: string | undefined,
): Item[] {
  const { database } = session;
  const isMeant = (name: string): boolean => only === undefined || only === name;
  const sources = database
    .all<Pick<SourceRow, 'name'>>('SELECT name FROM sources ORDER BY name')
    .filter(({ name }) => !configured.has(name) && isMeant(name))
    .map(({ name }): Item => ({
      kind: 'source',
      path: name,
      reason: 'The config no longer has this source.',
    }));
  return [...sources, ...(only === undefined ? findExpired(session) : [])];
}

/** Gives the copies that were made of files which somebody changed. */
async function removeLeftovers(session: Session, items: readonly Item[]): Promise<string[]> {
  const { lock, root, run } = session;
  const localEdits: string[] = [];
  const sources = items.filter(({ kind }) => kind === 'source');
  if (sources.length > 0) {
    lock.transaction(() => {
      for (const { path } of sources) removeSource(session, path);
    });
    const files = new TreeFiles(root, run, {
      onLocalEdit: (path) => void localEdits.push(path),
    });
    await new Mirror(session, files).settle(true);
  }
  for (const { kind, path } of items)
    if (kind !== 'source') rmSync(join(root, path), { recursive: true, force: true });
  return localEdits;
}

function removeSource({ database }: Session, name: string): void {
  for (const item of database.all<ItemRow>(
    'SELECT i.* FROM items i JOIN sources s ON s.id = i.source WHERE s.name = ?',
    name,
  )) {
    removeItem(database, item, 'trash');
  }
  // After a rebuild its files belong to no document yet.
  const files = database.all<Pick<FileRow, 'path' | 'role'>>(
    `SELECT path, role FROM files WHERE item IS NULL AND state = 'live'`,
  );
  for (const { path, role } of files) {
    if (path.startsWith(`${name}/`))
      releaseFile(database, path, role === 'index' ? 'stale' : 'trash');
  }
  database.run('DELETE FROM sources WHERE name = ?', name);
}
