import { existsSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { MemoryWorld } from '@context-sync/sandbox';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { MemoryMirror } from '../../test/memory-mirror.ts';
import { readDatabaseStatus } from './database-status.ts';
import { takeLock } from './lock.ts';
import { openDatabase } from './open-database.ts';
import { readStatus } from './read-status.ts';
import { databaseFile } from './state-files.ts';
import { readSnapshot, writeSnapshot } from './status-snapshot.ts';

let mirror: MemoryMirror;

beforeEach(async () => {
  const world = new MemoryWorld();
  world.addScope('ENG', 'Engineering');
  world.add({ id: '1', title: 'Home', scope: 'ENG', body: 'Hello.' });
  mirror = new MemoryMirror({ world });
  await mirror.sync();
});

afterEach(() => rmSync(mirror.root, { recursive: true }));

function snapshotFile(): string {
  return join(mirror.root, '.context-sync/status.json');
}

it('says what the database says, after a run', async () => {
  const snapshot = readSnapshot(mirror.root);

  expect(snapshot).toEqual(readDatabaseStatus(mirror.root));
  expect(await readStatus(mirror.root)).toEqual({ root: mirror.root, ...snapshot });
});

it('counts no longer once anything was stored, even while that waits in the log', async () => {
  const database = openDatabase(mirror.root);
  database.run("UPDATE scopes SET title = 'Renamed'");

  expect(readSnapshot(mirror.root)).toBeUndefined();
  expect((await readStatus(mirror.root)).sources[0]?.scopes[0]?.title).toBe('Renamed');
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  expect(readSnapshot(mirror.root)).toBeUndefined();
  database.close();
});

it('is not there while a run is under way, and after one that was killed', async () => {
  const seen: unknown[] = [];
  const killed = mirror.sync({ full: true }, () => {
    seen.push(existsSync(snapshotFile()) && readSnapshot(mirror.root));
    if (seen.length > 3) throw new Error('killed');
  });
  await expect(killed).rejects.toThrow('killed');

  // The first step comes right after the lock was taken.
  expect(seen.every((each) => each === false)).toBe(true);
  expect((await readStatus(mirror.root)).lastRun).toEqual(readDatabaseStatus(mirror.root).lastRun);
});

it('is not believed when the database was replaced by one of the same size', () => {
  const file = databaseFile(mirror.root);
  const { atime, mtime, size } = statSync(file);
  const content = readFileSync(file);
  rmSync(file);
  writeFileSync(`${file}.other`, 'keeps the place of the old one on disk taken');
  writeFileSync(file, content);
  utimesSync(file, atime, mtime);

  expect(statSync(file).size).toBe(size);
  expect(readSnapshot(mirror.root)).toBeUndefined();
});

it('is not written while another process holds the lock', () => {
  rmSync(snapshotFile());
  const database = openDatabase(mirror.root);
  const lock = takeLock(database, mirror.root, Date.now);

  writeSnapshot(database, mirror.root, () => readDatabaseStatus(mirror.root));

  expect(existsSync(snapshotFile())).toBe(false);
  lock.release();
  database.close();
});

it('is not written when another process stores something meanwhile', () => {
  rmSync(snapshotFile());
  const database = openDatabase(mirror.root);
  const other = openDatabase(mirror.root);

  writeSnapshot(database, mirror.root, () => {
    const status = readDatabaseStatus(mirror.root);
    other.run("UPDATE scopes SET title = 'Renamed'");
    other.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return status;
  });

  expect(existsSync(snapshotFile())).toBe(false);
  other.close();
  database.close();
});

it.each(['', '{"format":', '[]', '{"format":"0.0"}'])('is not believed when it says %j', (text) => {
  writeFileSync(snapshotFile(), text);

  expect(readSnapshot(mirror.root)).toBeUndefined();
});

it('is left alone by a dry run', async () => {
  const before = readFileSync(snapshotFile(), 'utf8');

  await mirror.sync({ dryRun: true });

  expect(readFileSync(snapshotFile(), 'utf8')).toBe(before);
});
