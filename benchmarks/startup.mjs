import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../apps/cli/dist/main.js', import.meta.url));
const rounds = 20;

/** How long the commands take that should start as fast as Node does, taken in turns. */
export async function measureStartup() {
  const folder = mkdtempSync(join(tmpdir(), 'context-sync-bench-'));
  const commands = {
    'node -e 0': ['-e', '0'],
    '--version': [cli, '--version'],
    '--help': [cli, '--help'],
    status: [cli, 'status', '--root', join(folder, 'mirror')],
  };
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, args] of Object.entries(commands)) times[name].push(timeOf(args, folder));
  }
  rmSync(folder, { recursive: true, force: true });
  const bare = median(times['node -e 0']);
  return Object.entries(times).map(([command, all]) => ({
    command,
    ms: median(all).toFixed(0),
    'of bare node': `${(median(all) / bare).toFixed(2)} x`,
  }));
}

function timeOf(args, cwd) {
  const started = performance.now();
  spawnSync(process.execPath, args, { cwd, env: { PATH: process.env.PATH, HOME: cwd } });
  return performance.now() - started;
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
