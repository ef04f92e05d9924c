import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { generatedSite, startConfluenceSandbox } from '@context-sync/sandbox';

import { measureSync } from './confluence.mjs';

const cli = fileURLToPath(new URL('../apps/cli/dist/main.js', import.meta.url));
const rounds = 40;
const pages = 1_000;

/** How long the commands take that should start as fast as Node does, taken in turns. */
export async function measureStartup() {
  const folder = mkdtempSync(join(tmpdir(), 'context-sync-bench-'));
  try {
    await fillMirror(folder);
    return measure(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measure(folder) {
  const mirror = join(folder, 'mirror');
  const commands = {
    'node -e 0': ['-e', '0'],
    '--version': [cli, '--version'],
    '--help': [cli, '--help'],
    'sync --help': [cli, 'sync', '--help'],
    'status, no mirror': [cli, 'status', '--root', join(folder, 'none')],
    'status, 2 spaces': [cli, 'status', '--root', mirror],
    'status --json, 2 spaces': [cli, 'status', '--json', '--root', mirror],
  };
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, args] of Object.entries(commands)) times[name].push(timeOf(args, folder));
  }
  const bare = median(times['node -e 0']);
  return Object.entries(times).map(([command, all]) => ({
    command,
    ms: median(all).toFixed(0),
    'of bare node': `${(median(all) / bare).toFixed(2)} x`,
  }));
}

async function fillMirror(folder) {
  const sandbox = await startConfluenceSandbox({
    site: generatedSite({ spaces: 2, pages, seed: 1 }),
  });
  try {
    await measureSync('fill', sandbox, folder);
  } finally {
    await sandbox.close();
  }
}

function timeOf(args, cwd) {
  const started = performance.now();
  const { status } = spawnSync(process.execPath, args, {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd },
  });
  const ms = performance.now() - started;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
  return ms;
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
