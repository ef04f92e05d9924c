import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import {
  type ConfluenceSandbox,
  sampleCompany,
  startConfluenceSandbox,
} from '@context-sync/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { buildCli } from './built-cli.ts';
import { emptyProject, runCli, startCli } from './cli-process.ts';
import { oddProject } from './odd-connector.ts';

let sandbox: ConfluenceSandbox;
beforeAll(async () => {
  sandbox = await startConfluenceSandbox({ site: sampleCompany() });
  await buildCli();
}, 180_000);
afterAll(() => sandbox.close());

describe('status', () => {
  it('says how to begin where nothing was synced, and makes no folder', async () => {
    const { cwd, root, env } = await emptyProject(sandbox);

    const result = await runCli(['status', '--root', root], { cwd, env });

    expect(result.code, result.stderr).toBe(0);
    expect(result.stdout).toContain(
      `Nothing was synced here yet. Start with: context-sync sync --root ${root}`,
    );
    expect(await readdir(join(root, '..'))).not.toContain('mirror');
  });

  it('tells age and counts after a sync, without a request', async () => {
    const { cwd, root, env } = await emptyProject(sandbox);
    await runCli(['sync', '--root', root], { cwd, env });
    const before = sandbox.requests.length;

    const text = await runCli(['status', '--root', root], { cwd, env });
    const json = await runCli(['status', 'confluence', '--root', root, '--json'], { cwd, env });

    expect(text.stdout).toMatch(/Last run {2}ok, just now/);
    expect(text.stdout).toMatch(/ENG +\S.* \d+ documents +synced just now/);
    expect(JSON.parse(json.stdout)).toMatchObject({
      exists: true,
      exitCode: 0,
      sources: [{ source: 'confluence' }],
    });
    expect(sandbox.requests.length).toBe(before);
  });
});

// Only Linux has a disk that is always full.
it.skipIf(!existsSync('/dev/full'))('exits 8 when the output cannot be written', async () => {
  const { cwd, root, env } = await emptyProject(sandbox);
  const full = await open('/dev/full', 'w');

  const { result } = startCli(['status', '--root', root], { cwd, env, stdout: full.fd });
  const { code, stderr } = await result;
  await full.close();

  expect(code).toBe(8);
  expect(stderr).toMatch(/^error\[disk_full\]: .*ENOSPC.*\n {2}fix: [^\n]+\n$/);
});

describe('doctor', () => {
  it('checks everything and exits 0 when all is well', async () => {
    const { cwd, root, env } = await emptyProject(sandbox);

    const result = await runCli(['doctor', '--root', root], { cwd, env });

    expect(result.code, result.stdout + result.stderr).toBe(0);
    for (const subject of [
      'node',
      'config',
      'mirror',
      'state',
      'connector confluence',
      'confluence',
    ]) {
      expect(result.stdout).toContain(`✔ ${subject}  `);
    }
  });

  it('asks for each permission that a sync needs', async () => {
    const { cwd } = await oddProject('good');

    const result = await runCli(['doctor'], { cwd });

    expect(result.stdout).toContain('permission to read: passed');
  });

  it('exits 10 with a fix when the credentials are refused', async () => {
    const { cwd, root, env } = await emptyProject(sandbox);

    const result = await runCli(['doctor', '--root', root], {
      cwd,
      env: { ...env, CONFLUENCE_API_TOKEN: 'wrong-token' },
    });

    expect(result.code, result.stderr).toBe(10);
    expect(result.stdout).toMatch(/✖ confluence {2}.*\n {4}fix: \S/);
    expect(result.stdout).not.toContain('wrong-token');
  });

  it('exits 10 for a key that no space has, with the one that was meant', async () => {
    const { cwd, root, env } = await emptyProject(sandbox, 'HR,EGN');

    const result = await runCli(['doctor', '--root', root], { cwd, env });

    expect(result.code, result.stderr).toBe(10);
    expect(result.stdout).toContain('✔ confluence  scopes: 1 scope to mirror');
    expect(result.stdout).toMatch(
      /✖ confluence:EGN {2}.*Did you mean ENG\?\n {4}fix: .*context-sync scopes confluence --all --root \S+,/,
    );
  });

  it('exits 10 for a damaged state database, with the command that mends it', async () => {
    const { cwd, root, env } = await emptyProject(sandbox);
    await mkdir(join(root, '.context-sync'), { recursive: true });
    await writeFile(
      join(root, '.context-sync/state.db'),
      'not a database, but long enough'.repeat(99),
    );

    const result = await runCli(['doctor', '--root', root], { cwd, env });

    expect(result.code, result.stderr).toBe(10);
    expect(result.stdout).toContain('✖ state  ');
    expect(result.stdout).toContain(`fix: Type: context-sync rebuild --root ${root}\n`);
  });

  it('exits 10 for a broken config', async () => {
    const { cwd, root, env } = await emptyProject(sandbox);

    const result = await runCli(['doctor', '--root', root, '--json'], {
      cwd,
      env: { ...env, CONFLUENCE_BASE_URL: 'no url' },
    });

    expect(result.code, result.stderr).toBe(10);
    const { checks } = JSON.parse(result.stdout);
    expect(checks).toContainEqual(expect.objectContaining({ subject: 'config', status: 'failed' }));
  });
});

describe('lists', () => {
  it('scopes shows the selected spaces with what is mirrored', async () => {
    const { cwd, root, env } = await emptyProject(sandbox);

    const result = await runCli(['scopes', 'confluence', '--root', root], { cwd, env });

    expect(result.code, result.stderr).toBe(0);
    expect(result.stdout).toMatch(/^KEY +TITLE +KIND +MIRRORED +DOCUMENTS\n/);
    expect(result.stdout).toMatch(/\nENG +\S.* no +0\n/);
  });

  it('scopes says why one that the config asks for cannot be read', async () => {
    const { cwd, root, env } = await emptyProject(sandbox, 'HR,EGN');

    const { code, stdout } = await runCli(['scopes', 'confluence', '--root', root], { cwd, env });

    expect(code).toBe(0);
    expect(stdout).toMatch(/\nerror\[config\]: confluence:EGN: .*Did you mean ENG\?\n {2}fix: /);
  });

  it('connectors names the package and its users', async () => {
    const { cwd, root, env } = await emptyProject(sandbox);

    const result = await runCli(['connectors', '--root', root], { cwd, env });

    expect(result.stdout).toMatch(
      /\nconfluence +@context-sync\/connector-confluence@\S+ +1\.\d +confluence/,
    );
  });

  it('config print shows the values and where they come from, but no secret', async () => {
    const { cwd, root, env } = await emptyProject(sandbox);

    const text = await runCli(['config', 'print', '--root', root], { cwd, env });
    const json = await runCli(['config', 'print', '--root', root, '--json'], { cwd, env });

    expect(text.stdout).toContain(sandbox.url);
    expect(text.stdout).toContain('CONFLUENCE_BASE_URL');
    expect(JSON.parse(json.stdout)).toMatchObject({ exitCode: 0 });
    expect(text.stdout + json.stdout).not.toContain(sandbox.token);
  });

  it('config validate accepts what is right', async () => {
    const { cwd, root, env } = await emptyProject(sandbox);

    const result = await runCli(['config', 'validate', '--root', root], { cwd, env });

    expect(result).toMatchObject({ code: 0, stdout: 'The configuration is valid: 1 source.\n' });
  });
});

describe('repairs', () => {
  it('cleanup, restore and rebuild tell what they did', async () => {
    const { cwd, root, env } = await emptyProject(sandbox, 'HR');
    await runCli(['sync', '--root', root], { cwd, env });
    const mirrored = (await readdir(join(root, 'confluence'), { recursive: true })).toSorted();

    const cleanup = await runCli(['cleanup', '--root', root], { cwd, env });
    const restore = await runCli(['restore', '--root', root], { cwd, env });
    await rm(join(root, '.context-sync', 'state.db'));
    const rebuild = await runCli(['rebuild', '--root', root], { cwd, env });
    const sync = await runCli(['sync', '--reconcile', '--root', root], { cwd, env });

    expect(cleanup).toMatchObject({ code: 0, stdout: 'Nothing to clean up.\n' });
    expect(restore.code).toBe(2);
    expect(rebuild.code, rebuild.stderr).toBe(0);
    expect(rebuild.stdout).toMatch(/^The state was made anew from \d+ files\./);
    expect(sync.code, sync.stderr).toBe(0);
    expect((await readdir(join(root, 'confluence'), { recursive: true })).toSorted()).toEqual(
      mirrored,
    );
  });
});
