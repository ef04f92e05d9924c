import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Database } from '../state/database.ts';
import { openDatabase, openFile } from '../state/open-database.ts';
import { databaseFile, hasState } from '../state/state-files.ts';

/**
 * Opens the database of a run. A dry run works on a copy that is gone when the process ends, so that it
 * goes through every step of a real one and changes nothing.
 */
export function openForRun(root: string, dryRun: boolean): Database {
  if (!dryRun) return openDatabase(root);
  if (!hasState(root)) return openFile(':memory:', root);
  const folder = mkdtempSync(join(tmpdir(), 'context-sync-plan-'));
  try {
    const copy = join(folder, 'state.db');
    const original = openFile(databaseFile(root), root);
    try {
      original.run('VACUUM INTO ?', copy);
    } finally {
      original.close();
    }
    const database = openFile(copy, root);
    // A copy does not hold the lock of its original.
    database.run('DELETE FROM lock');
    const close = database.close.bind(database);
    database.close = () => {
      close();
      rmSync(folder, { recursive: true, force: true });
    };
    return database;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}
