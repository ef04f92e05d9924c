import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';

import { Database } from './database.ts';
import { busyTimeoutMs, hasTables, toEngineError } from './open-database.ts';
import { databaseFile } from './state-files.ts';

/**
 * Opens the state database of a root and changes nothing, so that a folder that cannot be written can
 * be told of. `undefined` when it has no tables yet.
 *
 * @throws EngineError `state_damaged`, `state_newer` or `root_unusable`
 */
export function openToRead(root: string): Database | undefined {
  let database: Database | undefined;
  try {
    database = new Database(readableName(databaseFile(root)), busyTimeoutMs);
    if (hasTables(database, root)) return database;
    database.close();
    return undefined;
  } catch (error) {
    database?.close();
    throw toEngineError(error, root);
  }
}

/**
 * SQLite makes a file of shared memory beside a database that it reads, and fails where it cannot. If
 * nothing waits in the write-ahead log, the database alone is all there is:
 * https://sqlite.org/wal.html#read_only_databases
 */
function readableName(file: string): string {
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false });
  if (isWritable(dirname(file)) || (log !== undefined && log.size > 0)) return file;
  return `${pathToFileURL(file).href}?immutable=1`;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
