import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const reporter = new URL('./report-usage.mjs', import.meta.url);

/** Runs a Node script to its end; gives its output, wall time, CPU time and peak memory. */
export async function measureProcess(script, args, env = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'context-sync-bench-'));
  const file = join(folder, 'usage.json');
  const started = performance.now();
  const child = spawn(
    process.execPath,
    ['--import', reporter.href, fileURLToPath(script), ...args],
    {
      env: { ...process.env, ...env, USAGE_FILE: file },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'])
    child[name].on('data', (chunk) => (output[name] += chunk));
  const code = await new Promise((resolve) => child.on('close', resolve));
  const wallMs = performance.now() - started;
  if (code !== 0) throw new Error(`${script} ended with ${code}: ${output.stderr}`);
  const usage = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(folder, { recursive: true, force: true });
  return { stdout: output.stdout, wallMs, ...usage };
}
