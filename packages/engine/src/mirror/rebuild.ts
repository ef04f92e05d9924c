import { existsSync, lstatSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { RebuildReport } from '../api.ts';
import { EngineError } from '../engine-error.ts';
import type { Database } from '../state/database.ts';
import { takeLock } from '../state/lock.ts';
import { openDatabase, toEngineError } from '../state/open-database.ts';
import type { Session } from '../state/session.ts';
import { databaseFile, stateFolder } from '../state/state-files.ts';
import { isAssetsFolder } from './attachment-layout.ts';
import { compareBytes } from './byte-order.ts';
import { isIndex, readField } from './file-content.ts';
import { hasKnownEnding } from './file-paths.ts';
import { type FileRow, pathKey } from './file-table.ts';
import { indexMarker } from './index-marker.ts';
import { hashBytes } from './tree-files.ts';

/** A source as the config names it. */
export interface RebuildSource {
  readonly name: string;
  readonly type: string;
}

/**
 * Makes a new state database from the files of a mirror: which are ours, and which document each one
 * is of. Bodies are not in it, so the next sync reads everything once; files that come out the same
 * are not touched. The old database is moved aside, not deleted.
 *
 * @throws EngineError `locked` when a run is under way
 */
export async function rebuildMirror(
  root: string,
  sources: readonly RebuildSource[],
): Promise<RebuildReport> {
  try {
    const previousDatabase = moveDatabaseAside(root);
    const database = openDatabase(root);
    try {
      const lock = takeLock(database, root, Date.now);
      const files = lock.transaction(() => registerFiles(database, root, sources));
      lock.release();
      return { files, ...(previousDatabase === undefined ? {} : { previousDatabase }) };
    } finally {
      database.close();
    }
  } catch (error) {
    throw toEngineError(error, root);
  }
}

/** Tells whether a root holds a mirror that its database knows nothing of. */
export function isDatabaseLost({ database, root }: Session): boolean {
  if (database.get('SELECT 1 AS one FROM files LIMIT 1') !== undefined) return false;
  try {
    return readFileSync(join(root, 'README.md'), 'utf8').startsWith(indexMarker);
  } catch {
    // No mirror was ever here.
    return false;
  }
}

function moveDatabaseAside(root: string): string | undefined {
  const file = databaseFile(root);
  if (!existsSync(file)) return undefined;
  refuseWhileRunning(root);
  const name = `state.db.${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`;
  renameSync(file, join(root, stateFolder, name));
  // It may hold what never reached the database itself.
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, join(root, stateFolder, `${name}-wal`));
  rmSync(`${file}-shm`, { force: true });
  return `${stateFolder}/${name}`;
}

/** A readable database tells whether a run is under way; a damaged one is used by nobody. */
function refuseWhileRunning(root: string): void {
  try {
    const database = openDatabase(root);
    try {
      takeLock(database, root, Date.now).release();
    } finally {
      database.close();
    }
  } catch (error) {
    if (error instanceof EngineError && error.code === 'locked') throw error;
  }
}

function registerFiles(
  database: Database,
  root: string,
  sources: readonly RebuildSource[],
): number {
  const found = new Set<string>();
  let count = 0;
  for (const path of writtenFiles(root)) {
    const text = readFileSync(join(root, path), 'utf8');
    const source = isIndex(text) ? undefined : sourceOf(path, text);
    if (source === undefined && !isIndex(text)) continue;
    if (source !== undefined) found.add(source);
    registerFile(database, root, { path, text, role: source === undefined ? 'index' : 'document' });
    count += 1;
  }
  registerSources(database, sources, found);
  return count;
}

/** The sources of the config, then those that only the files name: a config may come later, or be gone. */
function registerSources(
  database: Database,
  sources: readonly RebuildSource[],
  found: ReadonlySet<string>,
): void {
  const named = new Set(sources.map(({ name }) => name));
  const others = [...found].filter((name) => !named.has(name)).toSorted(compareBytes);
  // Which connector the others had is in no file; the next sync of each says it.
  const all = [...sources, ...others.map((name) => ({ name, type: name }))];
  for (const [position, { name, type }] of all.entries())
    database.run('INSERT INTO sources(name, type, position) VALUES(?, ?, ?)', name, type, position);
}

/** The source that a file is of; none when it is a copy that somebody made elsewhere. */
function sourceOf(path: string, text: string): string | undefined {
  const source = readField(text, 'source');
  const isWhole = ['id', 'type', 'title', 'revision'].every(
    (field) => readField(text, field) !== undefined,
  );
  return source !== undefined && isWhole && path.startsWith(`${source}/`) ? source : undefined;
}

function registerFile(
  database: Database,
  root: string,
  { path, text, role }: { path: string; text: string; role: FileRow['role'] },
): void {
  const { size, mtimeMs } = lstatSync(join(root, path));
  database.run(
    `INSERT OR IGNORE INTO files(key, path, item, role, state, hash, size, mtime) VALUES(?, ?, NULL, ?, 'live', ?, ?, ?)`,
    pathKey(path),
    path,
    role,
    isAsWritten(text, mtimeMs) ? hashBytes(text) : null,
    size,
    mtimeMs,
  );
}

/**
 * Whether a file has the time of last change that we gave it. Another one is of somebody who may have
 * edited it: without a hash it is kept as a local edit before other content takes its place.
 */
function isAsWritten(text: string, mtimeMs: number): boolean {
  const updated = Date.parse(readField(text, 'updated') ?? '');
  return Number.isNaN(updated)
    ? mtimeMs % 1000 === 0
    : mtimeMs === Math.floor(updated / 1000) * 1000;
}

/** Markdown and HTML files of the tree, the state folder and what lies behind links aside. */
function writtenFiles(root: string): string[] {
  const found: string[] = [];
  const open = [''];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (path === stateFolder) continue;
      // Attachments look like anything; a sync that reads their bytes finds them in place.
      if (folder !== '' && entry.isDirectory() && isAssetsFolder(entry.name)) continue;
      if (entry.isDirectory()) open.push(path);
      else if (entry.isFile() && hasKnownEnding(entry.name)) found.push(path);
    }
  }
  return found;
}
