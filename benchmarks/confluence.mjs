import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { generatedSite, startConfluenceSandbox } from '@context-sync/sandbox';

import { runMeasured } from './measured-sync.mjs';

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
export function measureSync(step, sandbox, folder, options = []) {
  const keys = sandbox.site.spaces.all().map(({ key }) => key);
  const env = {
    CONFLUENCE_BASE_URL: sandbox.url,
    CONFLUENCE_USERNAME: sandbox.username,
    CONFLUENCE_API_TOKEN: sandbox.token,
    CONFLUENCE_SPACE_KEYS: keys.join(','),
  };
  return runMeasured(step, { sandbox, folder, env, options });
}
