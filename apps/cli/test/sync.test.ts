import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import {
  type ConfluenceSandbox,
  sampleCompany,
  startConfluenceSandbox,
} from '@context-sync/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { buildCli } from './built-cli.ts';
import { emptyProject, runCli, startCli } from './cli-process.ts';

let sandbox: ConfluenceSandbox;
beforeAll(async () => {
  sandbox = await startConfluenceSandbox({ site: sampleCompany() });
  await buildCli();
}, 180_000);
afterAll(() => sandbox.close());

const count = expect.any(Number);
const counts = {
  created: count,
  updated: count,
  moved: count,
  deleted: count,
  unchanged: count,
  failed: count,
  requests: count,
  retries: count,
  waitedMs: count,
  bytes: count,
  durationMs: count,
};

async function filesIn(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true });
  return entries.filter((path) => path.endsWith('.md') && !path.startsWith('.context-sync'));
}

describe('sync with nothing but the environment', () => {
  it('mirrors the spaces and prints one JSON summary', async () => {
    const { cwd, root, env } = await emptyProject(sandbox);

    const result = await runCli(['sync', '--root', root, '--json'], { cwd, env });

    expect(result.code, result.stderr).toBe(0);
    const summary = JSON.parse(result.stdout);
    expect(summary).toMatchObject({
      ...counts,
      root,
      outcome: 'ok',
      exitCode: 0,
      dryRun: false,
      failed: 0,
    });
    expect(summary.sources).toEqual([
      expect.objectContaining({
        ...counts,
        source: 'confluence',
        connector: 'confluence',
        outcome: 'ok',
      }),
    ]);
    expect(summary.sources[0].scopes).toEqual([
      expect.objectContaining({ ...counts, scope: 'ENG', outcome: 'ok' }),
      expect.objectContaining({ ...counts, scope: 'OPS', outcome: 'ok' }),
    ]);
    expect(summary.created).toBeGreaterThan(30);
    expect((await filesIn(root)).length).toBeGreaterThan(30);
  });

  it('finds nothing to do the second time', async () => {
    const { cwd, root, env } = await emptyProject(sandbox, 'HR');
    await runCli(['sync', '--root', root], { cwd, env });

    const result = await runCli(['sync', '--root', root], { cwd, env });

    expect(result).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Synced 0 · unchanged \d+ · moved 0/),
    });
    expect(result.stdout).toContain('is up to date.');
  });

  it('writes plain lines on stderr when it is no terminal', async () => {
    const { cwd, root, env } = await emptyProject(sandbox, 'HR');

    const { stderr } = await runCli(['sync', '--root', root], { cwd, env });

    const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`;
    expect(stderr).toMatch(new RegExp(`^${time} INFO sync start run=\\S+ root=`));
    expect(stderr).toMatch(
      new RegExp(`${time} INFO scope end source=confluence scope=HR outcome=ok created=\\d+`),
    );
    expect(stderr).toMatch(new RegExp(`${time} INFO sync end run=\\S+ created=\\d+ .* exit=0\n$`));
    expect(stderr).not.toMatch(/[^\P{Cc}\n]/u);
  });

  it('logs each run in a private file of JSON lines without the token', async () => {
    const { cwd, root, env } = await emptyProject(sandbox, 'HR');

    const result = await runCli(['sync', '--root', root, '--json'], { cwd, env });

    const { run, log } = JSON.parse(result.stdout);
    expect(log).toBe(join('.context-sync', 'logs', `${run}.log`));
    const text = await readFile(join(root, log), 'utf8');
    const types = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).type);
    expect(types[0]).toBe('start');
    expect(types.at(-1)).toBe('end');
    expect(text).not.toContain(sandbox.token);
    expect((await stat(join(root, log))).mode & 0o777).toBe(0o600);
  });

  it('prints nothing with --quiet when all is well', async () => {
    const { cwd, root, env } = await emptyProject(sandbox, 'HR');

    expect(await runCli(['sync', '-q', '--root', root], { cwd, env })).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
  });
});

describe('sync --dry-run', () => {
  it('plans the changes and writes nothing', async () => {
    const { cwd, root, env } = await emptyProject(sandbox, 'HR');

    const result = await runCli(['sync', '-n', '--root', root], { cwd, env });

    expect(result.code, result.stderr).toBe(0);
    expect(result.stdout).toMatch(/^Plan for confluence:HR\n {2}\+ create {2}confluence\/HR\//);
    expect(result.stdout).toContain(`nothing written). Apply: context-sync sync --root ${root}`);
    await expect(stat(root)).rejects.toThrow('ENOENT');
  });
});

describe('output into a pipe', () => {
  it('goes on when the reader has had enough', async () => {
    const { cwd, root, env } = await emptyProject(sandbox, 'HR');
    const { child, result } = startCli(['sync', '--root', root], { cwd, env });

    child.stdout?.destroy();
    child.stderr?.destroy();

    expect((await result).code).toBe(0);
    expect((await filesIn(root)).length).toBeGreaterThan(5);
  });
});

describe('a hostile title', () => {
  it('reaches neither the terminal nor the tree with its control characters', async () => {
    const site = sampleCompany();
    const title = '\u001b]0;owned\u0007\u001b[2J../../escape \u202egnp.exe\u009b31m';
    site.addPage({ space: 'HR', title, body: '<p>Hello.</p>' });
    const own = await startConfluenceSandbox({ site });
    const { cwd, root, env } = await emptyProject(own, 'HR');

    const plan = await runCli(['sync', '-n', '--root', root, '--color', 'never'], { cwd, env });
    const result = await runCli(['sync', '-v', '--root', root, '--color', 'never'], { cwd, env });
    await own.close();

    expect([plan.code, result.code]).toEqual([0, 0]);
    expect(plan.stdout).toContain('gnp.exe');
    expect(plan.stdout + result.stdout + result.stderr).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e]/u);
    expect(
      (await filesIn(root))
        .filter((path) => path.includes('escape'))
        .every((path) => path.startsWith('confluence/HR/')),
    ).toBe(true);
  });
});
