import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { generatedSite, startConfluenceSandbox } from '@context-sync/sandbox';

import { measureProcess } from './measured-process.mjs';

const cli = new URL('../apps/cli/dist/main.js', import.meta.url);
const spaces = 2;

/**
 * The built CLI against the sandbox: fresh, nothing changed, one page in a hundred edited, all listed.
 * `counts` says how much of everything there is, as in `generatedSite`.
 */
export async function measureConfluence(counts) {
  const site = generatedSite({ spaces, seed: 1, ...counts });
  const sandbox = await startConfluenceSandbox({ site, latencyMs: 20 });
  const folder = mkdtempSync(join(tmpdir(), 'context-sync-bench-'));
  try {
    const rows = [
      await measureSync('fresh', sandbox, folder),
      await measureSync('no change', sandbox, folder),
    ];
    churn(site);
    rows.push(await measureSync('1 % edited', sandbox, folder));
    rows.push(await measureSync('reconcile', sandbox, folder, ['--reconcile']));
    return rows;
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function churn(site) {
  let index = 0;
  for (const { id, kind } of site.contents.all()) {
    if (kind !== 'page') continue;
    if (index % 100 === 0) site.edit(id, '<p>Edited.</p>');
    index += 1;
  }
}

/** One sync into `mirror` in the folder. */
export async function measureSync(step, sandbox, folder, options = []) {
  const before = sandbox.requests.length;
  const env = {
    CONFLUENCE_BASE_URL: sandbox.url,
    CONFLUENCE_USERNAME: sandbox.username,
    CONFLUENCE_API_TOKEN: sandbox.token,
    CONFLUENCE_SPACE_KEYS: sandbox.site.spaces
      .all()
      .map(({ key }) => key)
      .join(','),
    HOME: folder,
  };
  const { stdout, wallMs, cpuMs, rssMb } = await measureProcess(
    cli,
    ['sync', '--root', join(folder, 'mirror'), '--json', ...options],
    env,
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
