import { beforeAll, expect, it } from 'vitest';

import { buildCli } from './built-cli.ts';
import { runCli, saying, startCli } from './cli-process.ts';
import { configure, oddProject } from './odd-connector.ts';

beforeAll(buildCli, 180_000);

it.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  '%s ends the run well, says what is safe, exits %d, and the same command goes on',
  async (signal, code) => {
    const { cwd } = await oddProject('slow');
    const { child, result } = startCli(['sync'], { cwd });
    await saying(child, 'scope start');

    child.kill(signal);

    const stopped = await result;
    expect(stopped.code, stopped.stderr).toBe(code);
    expect(stopped.stderr).toContain(
      'Finishing the item under way; press Ctrl-C again to stop at once.\n',
    );
    expect(stopped.stderr).toContain(` exit=${code}\n`);
    expect(stopped.stdout).toMatch(
      /\nStopped early\. .* saved.*; run the same command to go on\.\n$/,
    );
    await configure(cwd, ['good']);
    expect(await runCli(['sync'], { cwd })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('is up to date.'),
    });
  },
);

it('ends at once at the second Ctrl-C', async () => {
  const { cwd } = await oddProject('deaf');
  const { child, result } = startCli(['sync'], { cwd });
  await saying(child, 'scope start');

  child.kill('SIGINT');
  await saying(child, 'press Ctrl-C again');
  const startedAt = Date.now();
  child.kill('SIGINT');

  expect((await result).code).toBe(130);
  expect(Date.now() - startedAt).toBeLessThan(2000);
});

it('prints one JSON document when it is stopped', async () => {
  const { cwd } = await oddProject('slow');
  const { child, result } = startCli(['sync', '--json'], { cwd });
  await saying(child, 'scope start');

  child.kill('SIGINT');

  expect(JSON.parse((await result).stdout)).toMatchObject({ outcome: 'cancelled', exitCode: 130 });
});

it('exits 7 while another run holds the mirror, which goes on', async () => {
  const { cwd } = await oddProject('slow');
  const first = startCli(['sync'], { cwd });
  await saying(first.child, 'scope start');

  const second = await runCli(['sync'], { cwd });
  const status = await runCli(['status'], { cwd });
  first.child.kill('SIGINT');
  await first.result;

  expect(second).toMatchObject({ code: 7, stdout: '' });
  expect(second.stderr).toMatch(/^error\[locked\]: .*\n {2}fix: {3}\S/);
  expect(status.stdout).toContain(`as process ${first.child.pid} on `);
});

it('lets no title act on the terminal', async () => {
  const { cwd } = await oddProject('good');

  const plan = await runCli(['sync', '-n'], { cwd });
  const sync = await runCli(['sync', '-v', '--json'], { cwd });

  expect([plan.code, sync.code]).toEqual([0, 0]);
  expect(plan.stdout).toContain('gnp.exe');
  expect(plan.stdout + plan.stderr + sync.stdout + sync.stderr).not.toMatch(
    /[^\P{Cc}\n]|[\u202a-\u202e]/u,
  );
});

it(
  'exits 3 when a connector is broken beside a working one, without its stack',
  { timeout: 30_000 },
  async () => {
    const { cwd } = await oddProject('broken', 'good');

    const result = await runCli(['sync'], { cwd });

    expect(result.code, result.stderr).toBe(3);
    expect(result.stderr).toMatch(/^error\[bug\]: odd0:A: /m);
    expect(result.stderr).not.toMatch(/^\s+at /m);
    expect(result.stdout).toContain('Synced 2 ');
  },
);
