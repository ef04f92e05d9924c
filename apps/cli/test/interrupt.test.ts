import type { ChildProcess } from 'node:child_process';

import {
  type ConfluenceSandbox,
  generatedSite,
  startConfluenceSandbox,
} from '@context-sync/sandbox';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { buildCli } from './built-cli.ts';
import { emptyProject, runCli, startCli } from './cli-process.ts';

let sandbox: ConfluenceSandbox;
let space: string;
beforeAll(async () => {
  const site = generatedSite({ spaces: 1, pages: 600 });
  sandbox = await startConfluenceSandbox({ site, latencyMs: 150 });
  space = 'GEN1';
  await buildCli();
}, 180_000);
afterAll(() => sandbox.close());

/** Waits until the CLI has said something. */
function saying(child: ChildProcess, text: string): Promise<void> {
  return new Promise((resolve) => {
    let said = '';
    child.stderr?.on('data', (chunk: string) => {
      said += chunk;
      if (said.includes(text)) resolve();
    });
  });
}

it.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  '%s finishes the item, says what is safe and exits %d; the same command goes on',
  async (signal, code) => {
    const { cwd, root, env } = await emptyProject(sandbox, space);
    const { child, result } = startCli(['sync', '--root', root], { cwd, env });
    await saying(child, 'scope start');

    child.kill(signal);

    const stopped = await result;
    expect(stopped.code, stopped.stderr).toBe(code);
    expect(stopped.stderr).toContain(
      'Finishing the item under way; press Ctrl-C again to stop at once.',
    );
    expect(stopped.stdout).toMatch(
      /Stopped early\. ([\d,]+ documents? (are|is) saved|Nothing is saved yet); run the same command to go on\./,
    );
    const next = await runCli(['sync', '--root', root, '--json'], { cwd, env });
    expect(JSON.parse(next.stdout)).toMatchObject({ outcome: 'ok', exitCode: 0 });
  },
);

it('ends at once at the second Ctrl-C', async () => {
  const slow = await startConfluenceSandbox({
    site: generatedSite({ spaces: 1, pages: 50 }),
    latencyMs: 4000,
  });
  const { cwd, root, env } = await emptyProject(slow, space);
  const { child, result } = startCli(['sync', '--root', root], { cwd, env });
  await saying(child, 'sync start');
  const startedAt = Date.now();

  child.kill('SIGINT');
  child.kill('SIGINT');
  const { code } = await result;
  await slow.close();

  expect(code).toBe(130);
  expect(Date.now() - startedAt).toBeLessThan(2000);
});

it('prints one JSON document when it is stopped', async () => {
  const { cwd, root, env } = await emptyProject(sandbox, space);
  const { child, result } = startCli(['sync', '--root', root, '--json'], { cwd, env });
  await saying(child, 'scope start');

  child.kill('SIGINT');

  expect(JSON.parse((await result).stdout)).toMatchObject({ outcome: 'cancelled', exitCode: 130 });
});
