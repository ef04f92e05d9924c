import { existsSync, lstatSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { RebuildReport } from '../api.ts';
import { EngineError } from '../engine-error.ts';
import type { Database } from '../state/database.ts';
import { takeLock } from '../state/lock.ts';
import { databaseFile, openDatabase, stateFolder, toEngineError } from '../state/open-database.ts';
import { pathKey } from './file-table.ts';
import { readFrontMatterField } from './front-matter.ts';
import { hashBytes } from './tree-files.ts';

const indexMarker = '<!-- Made by context-sync.';

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

function moveDatabaseAside(root: string): string | undefined {
  const file = databaseFile(root);
  if (!existsSync(file)) return undefined;
  refuseWhileRunning(root);
  const name = `state.db.${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`;
  renameSync(file, join(root, stateFolder, name));
  for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
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
  const rows = new Map<string, number>();
  for (const [position, { name, type }] of sources.entries()) {
    database.run('INSERT INTO sources(name, type, position) VALUES(?, ?, ?)', name, type, position);
    rows.set(
      name,
      database.get<{ id: number }>('SELECT id FROM sources WHERE name = ?', name)?.id ?? 0,
    );
  }
  let count = 0;
  for (const path of markdownFiles(root)) {
    const text = readFileSync(join(root, path), 'utf8');
    const source = readFrontMatterField(text, 'source');
    const id = readFrontMatterField(text, 'id');
    const isIndex = text.startsWith(indexMarker);
    const row = source === undefined ? undefined : rows.get(source);
    if (!isIndex && (row === undefined || id === undefined)) continue;
    registerFile(database, root, { path, text, isIndex });
    count += 1;
  }
  return count;
}

function registerFile(
  database: Database,
  root: string,
  { path, text, isIndex }: { path: string; text: string; isIndex: boolean },
): void {
  const stat = lstatSync(join(root, path));
  database.run(
    `INSERT OR IGNORE INTO files(key, path, item, role, state, hash, size, mtime) VALUES(?, ?, NULL, ?, 'live', ?, ?, ?)`,
    pathKey(path),
    path,
    isIndex ? 'index' : 'document',
    hashBytes(text),
    stat.size,
    stat.mtimeMs,
  );
}

/** Markdown files of the tree, the state folder and what lies behind links aside. */
function markdownFiles(root: string): string[] {
  const found: string[] = [];
  const open = [''];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (path === stateFolder) continue;
      if (entry.isDirectory()) open.push(path);
      else if (entry.isFile() && entry.name.endsWith('.md')) found.push(path);
    }
  }
  return found;
}
