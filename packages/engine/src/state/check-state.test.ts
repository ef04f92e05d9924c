import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { checkState } from './check-state.ts';
import { Database } from './database.ts';
import { openDatabase } from './open-database.ts';
import { databaseFile } from './state-files.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'context-sync-state-'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Makes the state database of the root, changed by a statement. */
function stateWith(sql: string): void {
  openDatabase(root).close();
  const database = new Database(databaseFile(root), 1000);
  database.exec(sql);
  database.close();
}

const rebuild = { code: 'state_damaged', hint: expect.stringContaining('context-sync rebuild') };

describe('the state database', () => {
  it('may be missing', async () => {
    expect(await checkState(root)).toBe('absent');
  });

  it('is good when it is ours', async () => {
    stateWith('VACUUM');

    expect(await checkState(root)).toBe('good');
  });

  it('is damaged when a page in its middle is', async () => {
    stateWith('CREATE TABLE big(a); INSERT INTO big SELECT randomblob(500) FROM sources, sources');
    const file = databaseFile(root);
    const bytes = readFileSync(file);
    bytes.fill(0xff, 3 * 4096, Math.min(12 * 4096, statSync(file).size));
    writeFileSync(file, bytes);

    await expect(checkState(root)).rejects.toMatchObject(rebuild);
  });

  it('is refused when an older version made it', async () => {
    stateWith('PRAGMA user_version = 1');

    await expect(checkState(root)).rejects.toMatchObject(rebuild);
  });

  it('is refused when a newer version made it', async () => {
    stateWith('PRAGMA user_version = 999');

    await expect(checkState(root)).rejects.toMatchObject({ code: 'state_newer' });
  });

  it('of another program is refused and not touched', async () => {
    stateWith('PRAGMA application_id = 7; PRAGMA journal_mode = DELETE');
    const before = readFileSync(databaseFile(root));

    await expect(checkState(root)).rejects.toMatchObject(rebuild);

    expect(readFileSync(databaseFile(root)).equals(before)).toBe(true);
  });
});
