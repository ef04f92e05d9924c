import { join } from 'node:path';

import { measureProcess } from './measured-process.mjs';

const cli = new URL('../apps/cli/dist/main.js', import.meta.url);

/** One sync of the built command line into `mirror` in the folder; the environment names the source. */
export async function runMeasured(step, { sandbox, folder, env, options = [] }) {
  const before = sandbox.requests.length;
  const { stdout, wallMs, cpuMs, rssMb } = await measureProcess(
    cli,
    ['sync', '--root', join(folder, 'mirror'), '--json', ...options],
    { ...env, HOME: folder },
  );
  const { created, updated, unchanged } = JSON.parse(stdout);
  return {
    step,
    requests: sandbox.requests.length - before,
    'wall ms': Math.round(wallMs),
    'cpu ms': Math.round(cpuMs),
    'peak MB': Math.round(rssMb),
    created,
    updated,
    unchanged,
  };
}
