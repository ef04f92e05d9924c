import { existsSync } from 'node:fs';
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { beforeEach, expect, it, onTestFinished } from 'vitest';

import { RunLog } from './run-log.ts';

let root: string;
let folder: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'context-sync-log-'));
  folder = join(root, '.context-sync', 'logs');
  onTestFinished(() => rm(root, { recursive: true }));
});

function start(log: RunLog): void {
  log.observe({ type: 'start', run: 'r2', root, recovered: 0 });
}

it('writes a JSON object a line into a file that only its owner may read', async () => {
  const log = new RunLog((text) => text.replaceAll('s3cret', '[redacted]'));

  start(log);
  log.observe({
    type: 'message',
    level: 'warn',
    source: 'wiki',
    message: 'Refused s3cret\n\u009b31m',
  });
  log.observe({ type: 'progress', source: 'wiki', scope: 'ENG', done: 1 });
  log.close();

  expect(log.path).toBe(join('.context-sync', 'logs', 'r2.log'));
  const text = await readFile(join(folder, 'r2.log'), 'utf8');
  const lines: unknown[] = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toEqual([
    { time: expect.any(String), type: 'start', run: 'r2', root, recovered: 0 },
    expect.objectContaining({ type: 'message', message: 'Refused [redacted]\n\u009b31m' }),
  ]);
  expect(text).not.toContain('\u009b');
  expect((await stat(join(folder, 'r2.log'))).mode & 0o777).toBe(0o600);
});

it('removes logs of more than 30 days ago and nothing else', async () => {
  await mkdir(folder, { recursive: true });
  const old = new Date(Date.now() - 31 * 24 * 60 * 60 * 1000);
  for (const name of ['r0.log', 'notes.txt', 'r1.log']) await writeFile(join(folder, name), '');
  await Promise.all(['r0.log', 'notes.txt'].map((name) => utimes(join(folder, name), old, old)));

  const log = new RunLog((text) => text);
  start(log);
  log.close();

  expect((await readdir(folder)).toSorted()).toEqual(['notes.txt', 'r1.log', 'r2.log']);
});

it('follows no link that stands in its place, and lets the run go on', async () => {
  await mkdir(folder, { recursive: true });
  const target = join(root, 'target');
  await symlink(target, join(folder, 'r2.log'));

  const log = new RunLog((text) => text);
  start(log);
  log.write('end', {});
  log.close();

  expect(existsSync(target)).toBe(false);
  expect(log.path).toBeUndefined();
});

it('writes nothing before a run has begun', () => {
  const log = new RunLog((text) => text);

  log.write('error', { message: 'x' });

  expect(existsSync(folder)).toBe(false);
});
