import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Raise it when the tables change; an older database is then rebuilt from its files. */
export const schemaVersion = 7;

/** Folder inside the root that holds the state, logs, trash and copies of local edits. */
export const stateFolder = '.context-sync';

/** Where the state database of a root lies. */
export function databaseFile(root: string): string {
  return join(root, stateFolder, 'state.db');
}

/** Tells whether something was synced to this root before. */
export function hasState(root: string): boolean {
  return existsSync(databaseFile(root));
}
