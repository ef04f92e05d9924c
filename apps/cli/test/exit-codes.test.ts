import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import {
  type ConfluenceSandbox,
  sampleCompany,
  startConfluenceSandbox,
} from '@context-sync/sandbox';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { buildCli } from './built-cli.ts';
import { emptyProject, runCli } from './cli-process.ts';
import { oddProject } from './odd-connector.ts';

let sandbox: ConfluenceSandbox;
beforeAll(async () => {
  sandbox = await startConfluenceSandbox({ site: sampleCompany() });
  await buildCli();
}, 180_000);
afterAll(() => sandbox.close());

it('is 9 for a change when asked, 0 when there is none', async () => {
  const { cwd, root, env } = await emptyProject(sandbox, 'HR');
  const words = ['sync', '-q', '--error-on-change', '--root', root];

  expect((await runCli(words, { cwd, env })).code).toBe(9);
  expect((await runCli(words, { cwd, env })).code).toBe(0);
});

it('is 1 when the only connector throws', async () => {
  const { cwd } = await oddProject('broken');

  const { code, stderr } = await runCli(['sync', '-q'], { cwd });

  expect(code, stderr).toBe(1);
  expect(stderr).toContain('error[bug]: odd0:A: ');
});

it('is 3 for a document asked for that is not there, 2 for an address of nobody', async () => {
  const { cwd, root, env } = await emptyProject(sandbox, 'HR');
  await runCli(['sync', '-q', '--root', root], { cwd, env });
  const only = (word: string) =>
    runCli(['sync', '-q', '--root', root, '--only', word], { cwd, env });

  expect(await only('987654')).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('error[not_found]: confluence:HR 987654: '),
  });
  expect(await only('https://elsewhere.example/x')).toMatchObject({ code: 2 });
  expect(await only('')).toMatchObject({ code: 2 });
});

it('is 0 for a local edit, which is told even with --quiet', async () => {
  const { cwd, root, env } = await emptyProject(sandbox, 'HR');
  await runCli(['sync', '-q', '--root', root], { cwd, env });
  await appendFile(join(root, 'confluence/HR/README.md'), 'MINE');

  const { code, stdout, stderr } = await runCli(['sync', '-q', '--root', root], { cwd, env });

  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  const [, kept = ''] = /^warning\[local_edit\]: 1 file .*\n {2}(\S+)\n$/.exec(stderr) ?? [];
  expect(await readFile(join(root, kept), 'utf8')).toMatch(/MINE$/);
});
