import { execFile } from 'node:child_process';
import { mkdir, readdir, rmdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const CACHE = join(ROOT, 'node_modules/.cache/context-sync');
const STAMP = join(CACHE, 'cli-build');
const LOCK = join(CACHE, 'cli-build.lock');
const STALE_LOCK_MS = 120_000;
const SOURCES = [
  'apps/cli',
  ...['connector-confluence', 'connector-jira', 'core', 'engine', 'http', 'markdown'].map(
    (name) => `packages/${name}`,
  ),
];

/** The file that a user runs. */
export const CLI_FILE = join(ROOT, 'apps/cli/dist/main.js');

/** The folder of the connector that has a command of its own. */
export const CONNECTOR_FOLDER = join(ROOT, 'packages/connector-confluence');

/** The file that a user of it runs. */
export const STAND_ALONE_FILE = join(CONNECTOR_FOLDER, 'bin/context-sync-confluence.mjs');

/** The engine as the command of a connector loads it. */
export const CONSOLE_FILE = join(ROOT, 'packages/engine/dist/console/index.js');

/** Builds the CLI and its connectors if a source is newer than the last build; once at a time. */
export async function buildCli(): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  while (!(await isFresh())) {
    if (!(await takeLock())) {
      await sleep(200);
      continue;
    }
    try {
      if (!(await isFresh())) await build();
    } finally {
      await rmdir(LOCK);
    }
  }
}

async function build(): Promise<void> {
  const startedAt = new Date();
  const script = "import { build } from './scripts/build.mjs'; build();";
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT });
  // A source that changed while the build ran is newer than this.
  await writeFile(STAMP, startedAt.toISOString());
}

async function takeLock(): Promise<boolean> {
  try {
    await mkdir(LOCK);
    return true;
  } catch {
    // The process that held it was killed.
    if (Date.now() - (await modifiedAt(LOCK)) > STALE_LOCK_MS) await rmdir(LOCK).catch(() => {});
    return false;
  }
}

async function isFresh(): Promise<boolean> {
  const [built, stamp, ...sources] = await Promise.all([
    modifiedAt(CLI_FILE),
    modifiedAt(STAMP),
    ...SOURCES.map((folder) => newestSource(join(ROOT, folder, 'src'))),
  ]);
  return built > 0 && Math.max(...sources) < stamp;
}

async function newestSource(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'));
  const times = await Promise.all(
    files.map((file) => modifiedAt(join(file.parentPath, file.name))),
  );
  return Math.max(0, ...times);
}

/** Milliseconds since the epoch; the beginning of time for a file that is not there. */
async function modifiedAt(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
