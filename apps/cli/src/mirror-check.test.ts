import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { beforeEach, expect, it, onTestFinished } from 'vitest';

import { checkMirror } from './mirror-check.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'context-sync-check-'));
  onTestFinished(() => rm(folder, { recursive: true }));
});

it('passes a folder that can be written, and leaves nothing in it', async () => {
  expect(await checkMirror(folder)).toMatchObject({
    status: 'passed',
    message: expect.stringContaining('free'),
  });
  expect(await readdir(folder)).toEqual([]);
});

it('passes a folder that can be made, without making it', async () => {
  expect((await checkMirror(join(folder, 'a', 'b'))).status).toBe('passed');
  expect(await readdir(folder)).toEqual([]);
});

it('fails with a fix where a file stands', async () => {
  await writeFile(join(folder, 'file'), 'mine');

  const result = await checkMirror(join(folder, 'file'));

  expect(result).toMatchObject({ status: 'failed', fix: expect.stringContaining('--root') });
});

it('fails where the file system takes no folder', async () => {
  await writeFile(join(folder, 'file'), 'mine');

  expect((await checkMirror(join(folder, 'file', 'mirror'))).status).toBe('failed');
});
