import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

import type { CleanupReport } from '../api.ts';
import type { Project } from '../config/project.ts';
import { Mirror } from '../mirror/settle.ts';
import { TreeFiles } from '../mirror/tree-files.ts';
import type { ItemRow } from '../state/items.ts';
import { takeLock } from '../state/lock.ts';
import { removeItem } from '../state/members.ts';
import { hasState, openDatabase, stateFolder, toEngineError } from '../state/open-database.ts';
import type { Session } from '../state/session.ts';
import type { SourceRow } from '../state/sources.ts';
import { keptDays } from '../sync/retention.ts';

const day = 86_400_000;

type Item = CleanupReport['items'][number];

/**
 * Removes what no run removes by itself: sources that the config no longer has, files that no document
 * owns any more, and traces past their time. Removed documents go to the trash. With `dryRun`, the
 * default, it only tells.
 *
 * @throws EngineError when the mirror cannot be used
 */
export async function cleanup(
  project: Project,
  source: string | undefined,
  { dryRun = true }: { dryRun?: boolean } = {},
): Promise<CleanupReport> {
  const { root } = project;
  if (!hasState(root)) return { dryRun, items: [] };
  const database = openDatabase(root);
  try {
    const lock = takeLock(database, root, Date.now);
    try {
      const run = `cleanup-${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`;
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
      if (!dryRun) await removeLeftovers(session, items);
      return { dryRun, items };
    } finally {
      lock.release();
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
  const orphans = database
    .all<{ path: string }>(
      `SELECT path FROM files WHERE role = 'document' AND item IS NULL AND state = 'live' ORDER BY path`,
    )
    .filter(({ path }) => isMeant(path.split('/')[0] ?? ''))
    .map(({ path }): Item => ({
      kind: 'orphan',
      path,
      reason: 'No document owns this file any more.',
    }));
  return [...sources, ...orphans, ...(only === undefined ? expired(session) : [])];
}

function expired({ root, now }: Session): Item[] {
  const kinds: Readonly<Record<string, Item['kind']>> = {
    trash: 'trash',
    restored: 'trash',
    'local-edits': 'local-edit',
    logs: 'log',
  };
  return Object.entries(kinds).flatMap(([folder, kind]) => {
    const path = join(root, stateFolder, folder);
    const days = keptDays[folder] ?? Infinity;
    return (existsSync(path) ? readdirSync(path) : [])
      .filter((name) => now() - statSync(join(path, name)).mtimeMs > days * day)
      .map((name) => ({
        kind,
        path: `${stateFolder}/${folder}/${name}`,
        reason: `It is older than ${days} days.`,
      }));
  });
}

async function removeLeftovers(session: Session, items: readonly Item[]): Promise<void> {
  const { database, lock, root, run } = session;
  const files = new TreeFiles(root, run, { onLocalEdit: () => undefined });
  lock.transaction(() => {
    for (const { kind, path } of items) {
      if (kind === 'source') removeSource(session, path);
      if (kind === 'orphan') database.run(`UPDATE files SET state = 'trash' WHERE path = ?`, path);
    }
  });
  await new Mirror(session, files).settle(true);
  for (const { kind, path } of items) {
    if (kind !== 'source' && kind !== 'orphan')
      rmSync(join(root, path), { recursive: true, force: true });
  }
}

function removeSource({ database }: Session, name: string): void {
  for (const item of database.all<ItemRow>(
    'SELECT i.* FROM items i JOIN sources s ON s.id = i.source WHERE s.name = ?',
    name,
  )) {
    removeItem(database, item, 'trash');
  }
  const indexes = database.all<{ path: string }>(`SELECT path FROM files WHERE role = 'index'`);
  for (const { path } of indexes) {
    if (path.startsWith(`${name}/`))
      database.run(`UPDATE files SET state = 'stale', item = NULL WHERE path = ?`, path);
  }
  database.run('DELETE FROM sources WHERE name = ?', name);
}
