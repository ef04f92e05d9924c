import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { JiraSite, startJiraSandbox } from '@context-sync/sandbox';
import { beforeAll, expect, it, onTestFinished } from 'vitest';

import { buildCli } from './built-cli.ts';
import { emptyFolder, runCli } from './cli-process.ts';

const program = fileURLToPath(
  new URL('../../../packages/connector-jira/bin/context-sync-jira.mjs', import.meta.url),
);

beforeAll(buildCli, 300_000);

it('context-sync-jira mirrors what --jql finds, with the environment alone', async () => {
  const site = new JiraSite();
  site.addProject({ key: 'INFRA', name: 'Infrastructure' });
  for (let index = 0; index < 60; index += 1) site.addIssue({ project: 'INFRA' });
  const sandbox = await startJiraSandbox({ site });
  onTestFinished(() => sandbox.close());
  const cwd = await emptyFolder();
  const root = join(cwd, 'mirror');
  const env = {
    HOME: cwd,
    NO_PROXY: '127.0.0.1',
    JIRA_BASE_URL: sandbox.url,
    JIRA_USERNAME: sandbox.username,
    JIRA_API_TOKEN: sandbox.token,
  };
  const words = ['--jql', 'project = INFRA ORDER BY updated', '--output-dir', join(root, 'jira')];

  const { code, stdout, stderr } = await runCli([...words, '--json'], { cwd, env, program });

  expect(code, stderr).toBe(0);
  // The tool before this one ended behind the first 50.
  expect(JSON.parse(stdout)).toMatchObject({ created: 60, failed: 0 });
  expect(await readFile(join(root, 'jira/query/INFRA-60.md'), 'utf8')).toContain('# INFRA-60');
  expect(stdout + stderr).not.toContain(sandbox.token);
});
