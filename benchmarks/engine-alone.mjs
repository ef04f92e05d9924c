import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { measureProcess } from './measured-process.mjs';

const script = new URL('./engine-process.mjs', import.meta.url);

/**
 * A sync from memory beside a plain write of the same files, each in a process of its own: once awaiting
 * each call of `fs/promises`, once with the blocking calls.
 */
export async function measureEngine(documents) {
  const folder = mkdtempSync(join(tmpdir(), 'context-sync-bench-'));
  try {
    const steps = ['fresh', 'no-change', 'churn', 'plain-write', 'plain-write-sync'];
    const rows = [];
    for (const step of steps) rows.push(await measureStep(step, documents, folder));
    const [plain, plainSync] = rows.slice(-2);
    return rows.map((row) => ({
      ...row,
      'of plain write': `${(row.ms / plain.ms).toFixed(2)} x`,
      'of plain sync write': `${(row.ms / plainSync.ms).toFixed(2)} x`,
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureStep(step, documents, folder) {
  const { stdout, cpuMs, rssMb } = await measureProcess(script, [step, String(documents), folder]);
  const { ms, files } = JSON.parse(stdout);
  return {
    step,
    ms: Math.round(ms),
    'files written': files,
    'cpu ms': Math.round(cpuMs),
    'peak MB': Math.round(rssMb),
  };
}
