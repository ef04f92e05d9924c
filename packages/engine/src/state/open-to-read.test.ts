import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { openDatabase } from './open-database.ts';
import { openToRead } from './open-to-read.ts';
import { readStatus } from './read-status.ts';
import { databaseFile } from './state-files.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'context-sync-test-'));
  mkdirSync(dirname(databaseFile(root)));
});

afterEach(() => {
  chmodSync(dirname(databaseFile(root)), 0o700);
  rmSync(root, { recursive: true });
});

it('makes no tables in a database that has none', async () => {
  writeFileSync(databaseFile(root), '');

  expect(openToRead(root)).toBeUndefined();
  expect(await readStatus(root)).toMatchObject({ exists: false });
});

it('tells that the file is no database', () => {
  writeFileSync(databaseFile(root), 'no database at all, only text');

  expect(() => openToRead(root)).toThrow(/cannot be read/);
});

// Root may write everywhere.
it.skipIf(process.getuid?.() === 0)('reads in a folder that cannot be written', async () => {
  openDatabase(root).close();
  for (const ending of ['-wal', '-shm']) rmSync(databaseFile(root) + ending, { force: true });
  chmodSync(dirname(databaseFile(root)), 0o500);

  expect(await readStatus(root)).toMatchObject({ exists: true });
  expect(readdirSync(dirname(databaseFile(root)))).toEqual(['state.db']);
});
