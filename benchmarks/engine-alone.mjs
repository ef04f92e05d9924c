import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { measureProcess } from './measured-process.mjs';

const script = new URL('./engine-process.mjs', import.meta.url);

/** What writes the same files, in the order of each round: first and last take turns. */
const rounds = [
  ['fresh', 'plain-write', 'plain-write-sync'],
  ['plain-write-sync', 'plain-write', 'fresh'],
  ['fresh', 'plain-write', 'plain-write-sync'],
];

/**
 * A sync from memory beside a plain write of the same files, each in a process of its own: once awaiting
 * each call of `fs/promises`, once with the blocking calls. What writes all files runs once in each round,
 * always to a new folder; of its times the median is shown.
 */
export async function measureEngine(documents) {
  const folder = mkdtempSync(join(tmpdir(), 'context-sync-bench-'));
  const root = join(folder, 'fresh-0');
  try {
    const runs = [];
    for (const [round, steps] of rounds.entries()) {
      for (const step of steps) {
        const target = join(folder, `${step}-${round}`);
        const args = step === 'fresh' ? [target] : [root, target];
        runs.push(await measureStep(step, documents, args));
      }
    }
    const all = ['fresh', 'plain-write', 'plain-write-sync'].map((step) =>
      medianRun(runs.filter((run) => run.step === step)),
    );
    const [fresh, plain, plainSync] = all;
    const noChange = await measureStep('no-change', documents, [root]);
    const churn = await measureStep('churn', documents, [root]);
    return [fresh, noChange, churn, plain, plainSync].map((row) => ({
      ...row,
      'of plain write': `${(row.ms / plain.ms).toFixed(2)} x`,
      'of plain sync write': `${(row.ms / plainSync.ms).toFixed(2)} x`,
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function medianRun(runs) {
  const sorted = runs.toSorted((a, b) => a.ms - b.ms);
  const middle = sorted[Math.floor(sorted.length / 2)];
  return { ...middle, 'all ms': sorted.map(({ ms }) => ms).join(' ') };
}

async function measureStep(step, documents, args) {
  const { stdout, cpuMs, rssMb } = await measureProcess(script, [step, String(documents), ...args]);
  const { ms, files } = JSON.parse(stdout);
  return {
    step,
    ms: Math.round(ms),
    'all ms': '',
    'files written': files,
    'cpu ms': Math.round(cpuMs),
    'peak MB': Math.round(rssMb),
  };
}
