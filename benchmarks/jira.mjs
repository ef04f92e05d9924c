import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { adf, JiraSite, startJiraSandbox } from '@context-sync/sandbox';

import { runMeasured } from './measured-sync.mjs';

const sentence = 'The dock counts its bikes each minute and says so to whoever asks. ';

/** Issues of one project, each tenth with two comments. */
function makeSite(issues) {
  const site = new JiraSite();
  site.addProject({ key: 'OPS', name: 'Operations' });
  for (let index = 0; index < issues; index += 1) {
    const description = adf(sentence.repeat(6), sentence.repeat(4), `Issue number ${index}.`);
    const id = site.addIssue({ project: 'OPS', summary: `Dock ${index} is silent`, description });
    if (index % 10 > 0) continue;
    for (const word of ['Which', 'All']) site.comments.add(id, { body: `${word} of ${index}?` });
  }
  return site;
}

/** The built CLI against the sandbox: fresh, nothing changed, one issue in a hundred edited, all listed. */
export async function measureJira(issues, deployment) {
  const site = makeSite(issues);
  const sandbox = await startJiraSandbox({ site, latencyMs: 20, deployment });
  const folder = mkdtempSync(join(tmpdir(), 'context-sync-bench-'));
  const env = {
    JIRA_BASE_URL: sandbox.url,
    JIRA_DEPLOYMENT: deployment,
    JIRA_USERNAME: sandbox.username,
    JIRA_API_TOKEN: sandbox.token,
    JIRA_PROJECTS: 'all',
  };
  const run = (step, options) => runMeasured(step, { sandbox, folder, env, options });
  try {
    const rows = [await run('fresh')];
    // Further than a run looks back.
    site.clock.advance(3_600_000);
    rows.push(await run('no change'));
    for (const [index, { id }] of site.issues.all().entries())
      if (index % 100 === 0) site.edit(id, { summary: `Dock ${index} speaks` });
    rows.push(await run('1 % edited'));
    rows.push(await run('reconcile', ['--reconcile']));
    return rows;
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
