import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { MirrorStatus } from '../mirror-status.ts';
import type { Database } from './database.ts';
import { databaseFile, stateFolder, schemaVersion } from './state-files.ts';

/** What a status says of a mirror that rests. */
export type RestingStatus = Omit<MirrorStatus, 'root' | 'running'>;

interface Snapshot {
  readonly format: string;
  /** The database it was taken of, see {@link stampOf}. */
  readonly database: string;
  readonly status: RestingStatus;
}

/** Raise the last number when `MirrorStatus` changes. */
const format = `${schemaVersion}.1`;

/**
 * The status as the last run left it, if nothing was stored since; `undefined` leaves it to the
 * database, whose library takes longer to load than `status` may take to run.
 */
export function readSnapshot(root: string): RestingStatus | undefined {
  try {
    const snapshot: unknown = JSON.parse(readFileSync(snapshotFile(root), 'utf8'));
    // Looked at after the snapshot was read, so that it vouches for what is there at this moment.
    return isSnapshot(snapshot) && snapshot.database === stampOf(root)
      ? snapshot.status
      : undefined;
  } catch {
    // There is none, or a power cut left half of it.
    return undefined;
  }
}

/**
 * Writes down the status that `read` finds, for {@link readSnapshot}. To be called when all is stored
 * and the lock is given back. Writes nothing while another process is at work.
 */
export function writeSnapshot(
  database: Database,
  root: string,
  read: (database: Database) => Omit<MirrorStatus, 'root'>,
): void {
  try {
    // Nobody waits for this: a reader that is in the way gets no snapshot.
    database.exec('PRAGMA busy_timeout=0; PRAGMA wal_checkpoint(TRUNCATE);');
    const version = dataVersion(database);
    const { running, ...status } = read(database);
    const stamp = stampOf(root);
    // Another one stored something in between: the stamp may be that of a later state.
    if (running !== undefined || stamp === undefined || dataVersion(database) !== version) return;
    const snapshot: Snapshot = { format, database: stamp, status };
    const file = snapshotFile(root);
    const fresh = `${file}.new`;
    writeFileSync(fresh, JSON.stringify(snapshot), { mode: 0o600 });
    renameSync(fresh, file);
  } catch {
    // The database tells the same, only later.
  }
}

/** To be called by whoever is about to store something, for file systems that tell time in seconds. */
export function dropSnapshot(root: string): void {
  rmSync(snapshotFile(root), { force: true });
}

function snapshotFile(root: string): string {
  return join(root, stateFolder, 'status.json');
}

/**
 * Tells one state of the database from the next. `undefined` while anything is in the write-ahead log:
 * whatever is stored is first appended there, and later changes the database itself.
 */
function stampOf(root: string): string | undefined {
  const file = databaseFile(root);
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false });
  if (log !== undefined && log.size > 0) return undefined;
  const { ino, size, mtimeNs } = statSync(file, { bigint: true });
  return `${ino}-${size}-${mtimeNs}`;
}

/** Changes when another connection has stored something. */
function dataVersion(database: Database): number | undefined {
  return database.get<{ data_version: number }>('PRAGMA data_version')?.data_version;
}

function isSnapshot(value: unknown): value is Snapshot {
  return (
    typeof value === 'object' && value !== null && 'format' in value && value.format === format
  );
}
