import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

import { EngineError } from '../engine-error.ts';
import { Database } from './database.ts';
import { applicationId, tables } from './schema.ts';
import { databaseFile, schemaVersion } from './state-files.ts';

/** How long a statement waits for another process, in milliseconds. */
export const busyTimeoutMs = 5_000;

/** The log may grow to 64 MB: a page that changes often is then written to its place less often. */
const settings = `
PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=16000;
PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;
PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000;`;

/**
 * Opens the state database of a root and creates it when it is not there.
 *
 * @throws EngineError `state_damaged`, `state_newer` or `root_unusable`
 */
export function openDatabase(root: string): Database {
  const file = databaseFile(root);
  try {
    makeFolders(dirname(file));
  } catch (error) {
    throw new EngineError(
      'root_unusable',
      `The folder ${root} cannot be created or written: ${(error as Error).message}.`,
      {
        hint: 'Choose another folder with --root DIR, or make this one writable.',
        cause: error,
      },
    );
  }
  return openFile(file, root);
}

/** One by one: `recursive` never ends where the system denies a folder below one that exists, as /proc does. */
function makeFolders(path: string): void {
  if (existsSync(path)) return;
  makeFolders(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

/** Opens a database that lies elsewhere, e.g. the throwaway copy of a dry run. */
export function openFile(file: string, root: string): Database {
  let database: Database | undefined;
  try {
    database = new Database(file, busyTimeoutMs);
    // First: a change of the journal mode would be written into a database of another program.
    prepareTables(database, root);
    database.exec(settings);
    if (file !== ':memory:') chmodSync(file, 0o600);
    return database;
  } catch (error) {
    database?.close();
    throw toEngineError(error, root);
  }
}

function prepareTables(database: Database, root: string): void {
  if (hasTables(database, root)) return;
  database.transaction(() => {
    if (!isEmpty(database)) return;
    database.exec(tables);
    database.exec(`PRAGMA application_id=${applicationId}; PRAGMA user_version=${schemaVersion};`);
  });
}

/**
 * Tells whether our tables are there; a database that was only just made has none.
 *
 * @throws EngineError when it is another program's, or of another version
 */
export function hasTables(database: Database, root: string): boolean {
  const application = pragma(database, 'application_id');
  const version = pragma(database, 'user_version');
  if (application === 0 && version === 0 && isEmpty(database)) return false;
  if (application !== applicationId) throw damaged(root, 'it was made by another program');
  if (version > schemaVersion) {
    throw new EngineError(
      'state_newer',
      `The state database in ${root} was written by a newer context-sync.`,
      {
        hint: 'Use that version, or another root with --root DIR.',
      },
    );
  }
  if (version < schemaVersion) throw damaged(root, 'it was written by an older context-sync');
  return true;
}

function isEmpty(database: Database): boolean {
  return database.get('SELECT 1 AS one FROM sqlite_schema LIMIT 1') === undefined;
}

function pragma(database: Database, name: 'application_id' | 'user_version'): number {
  return database.get<Record<string, number>>(`PRAGMA ${name}`)?.[name] ?? 0;
}

/** Turns what SQLite and the file system throw into an {@link EngineError}; others stay as they are. */
export function toEngineError(error: unknown, root: string): unknown {
  if (error instanceof EngineError || !isOfMirror(error, root)) return error;
  const text = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/malformed|not a database|disk image|SQLITE_CORRUPT|SQLITE_NOTADB/i.test(`${code} ${text}`)) {
    return damaged(root, text);
  }
  if (/SQLITE_FULL|ENOSPC|EDQUOT|disk is full/i.test(`${code} ${text}`)) {
    return new EngineError('disk_full', `There is no space left for ${root}.`, {
      hint: 'Free some space and run the same command again; nothing that was there is lost.',
      cause: error,
    });
  }
  if (/SQLITE_BUSY|database is locked/i.test(`${code} ${text}`)) {
    return new EngineError('locked', `Another process is using the state database in ${root}.`, {
      hint: 'Wait for it to end and run the same command again.',
      cause: error,
    });
  }
  if (
    /SQLITE_READONLY|SQLITE_CANTOPEN|unable to open|readonly database|EROFS|EACCES|EPERM|ENOTDIR/i.test(
      `${code} ${text}`,
    )
  ) {
    return new EngineError('root_unusable', `The folder ${root} cannot be written: ${text}.`, {
      hint: 'Choose another folder with --root DIR, or make this one writable.',
      cause: error,
    });
  }
  return error;
}

/** Whether an error comes from the database or from a file of the mirror, and not from a connector. */
function isOfMirror(error: unknown, root: string): boolean {
  // Branded errors are a connector's; their package is not loaded for this, `status` starts faster.
  if (!(error instanceof Error) || '~contextSync' in error) return false;
  const code = 'code' in error ? String(error.code) : '';
  if (error.name === 'SqliteError' || code.startsWith('SQLITE_')) return true;
  if (!('syscall' in error)) return false;
  // Failed writes name no path, only the file that was open: ours are the only ones.
  return !('path' in error) || String(error.path).startsWith(root);
}

/** Throws what is a failure of the mirror itself: that ends a run, not only a source. */
export function throwIfFatal(error: unknown, root: string): void {
  const known = toEngineError(error, root);
  if (known instanceof EngineError) throw known;
}

/** A database that cannot be used; `why` follows a colon. */
export function damaged(root: string, why: string): EngineError {
  return new EngineError(
    'state_damaged',
    `The state database in ${root} cannot be read: ${why}. No file was touched.`,
    {
      hint: 'Type: `context-sync rebuild`',
    },
  );
}
