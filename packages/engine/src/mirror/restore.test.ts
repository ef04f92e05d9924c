import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { restore } from './restore.ts';

const run = '20260101T000000Z-cafe';
let root: string;
let outside: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'context-sync-restore-'));
  outside = mkdtempSync(join(tmpdir(), 'context-sync-outside-'));
  mkdirSync(inState(`trash/${run}/wiki`), { recursive: true });
  writeFileSync(inState(`trash/${run}/wiki/page.md`), 'gone');
  writeFileSync(join(outside, 'secret.md'), 'secret');
});

afterEach(() => {
  for (const folder of [root, outside]) rmSync(folder, { recursive: true, force: true });
});

function inState(path: string): string {
  return join(root, '.context-sync', path);
}

describe('restoring', () => {
  it.each(['trash', 'restored'])('refuses a link in place of the folder %s', async (name) => {
    rmSync(inState(name), { recursive: true, force: true });
    symlinkSync(outside, inState(name));
    mkdirSync(join(outside, run));

    await expect(restore(root)).rejects.toMatchObject({ code: 'root_unusable' });
  });

  it('takes a link for no run', async () => {
    symlinkSync(outside, inState('trash/29991231T000000Z-beef'));

    expect((await restore(root)).run).toBe(run);
    await expect(restore(root, { run: '29991231T000000Z-beef' })).rejects.toMatchObject({
      code: 'usage',
    });
  });

  it('does not follow a link inside the trash', async () => {
    symlinkSync(outside, inState(`trash/${run}/wiki/linked`));
    symlinkSync(join(outside, 'secret.md'), inState(`trash/${run}/wiki/secret.md`));

    const { files } = await restore(root);

    expect(files).toEqual([`.context-sync/restored/${run}/wiki/page.md`]);
    expect(existsSync(inState(`restored/${run}/wiki/secret.md`))).toBe(false);
  });

  it('writes through no link where it restores to', async () => {
    await restore(root);
    renameSync(inState(`restored/${run}/wiki`), inState('aside'));
    symlinkSync(outside, inState(`restored/${run}/wiki`));

    await expect(restore(root)).rejects.toMatchObject({ code: 'root_unusable' });
    expect(existsSync(join(outside, 'page.md'))).toBe(false);
  });
});
