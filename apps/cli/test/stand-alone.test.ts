import { appendFile, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import {
  type ConfluenceSandbox,
  sampleCompany,
  startConfluenceSandbox,
} from '@context-sync/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { buildCli, CONNECTOR_FOLDER, CONSOLE_FILE, STAND_ALONE_FILE } from './built-cli.ts';
import {
  type CliOptions,
  emptyFolder,
  emptyProject,
  runCli,
  saying,
  startCli,
} from './cli-process.ts';
import { oddPackage } from './odd-connector.ts';

let sandbox: ConfluenceSandbox;
beforeAll(async () => {
  sandbox = await startConfluenceSandbox({ site: sampleCompany() });
  await buildCli();
}, 300_000);
afterAll(() => sandbox.close());

const program = STAND_ALONE_FILE;

function runAlone(words: readonly string[], options: CliOptions): ReturnType<typeof runCli> {
  return runCli(words, { ...options, program });
}

/** Every file of a mirror with its bytes; what the engine keeps for itself aside. */
async function treeOf(root: string): Promise<Record<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('.context-sync'));
  const files = await Promise.all(
    paths.map(async (path) => [path.slice(root.length), await readFile(path, 'base64')] as const),
  );
  return Object.fromEntries(files);
}

const VOLATILE = new Set(['run', 'root', 'log', 'startedAt', 'durationMs']);

/** A summary without what is of the moment or of the machine, and without how its commands start. */
function stable(json: string): unknown {
  return JSON.parse(json, (key: string, value: unknown) => {
    if (VOLATILE.has(key)) return undefined;
    return typeof value === 'string' ? value.replace('npx context-sync ', 'context-sync ') : value;
  });
}

// Each of its tests starts several processes.
describe('beside context-sync sync with the same environment', { timeout: 60_000 }, () => {
  it('writes the same bytes and tells the same, the first time, the second and with --full', async () => {
    const { cwd, root, env } = await emptyProject(sandbox);
    const [ours, theirs] = [join(root, 'alone'), join(root, 'cli')];
    const alone = { ...env, CONFLUENCE_OUTPUT_DIR: join(ours, 'confluence') };
    const cli = { ...env, CONFLUENCE_OUTPUT_DIR: join(theirs, 'confluence') };

    for (const words of [[], [], ['--full']]) {
      const [one, other] = await Promise.all([
        runAlone([...words, '--json'], { cwd, env: alone }),
        runCli(['sync', ...words, '--json'], { cwd, env: cli }),
      ]);

      expect(one.code, one.stderr).toBe(0);
      expect(other.code, other.stderr).toBe(0);
      expect(stable(one.stdout)).toEqual(stable(other.stdout));
      const tree = await treeOf(ours);
      expect(Object.keys(tree).length).toBeGreaterThan(30);
      expect(tree).toEqual(await treeOf(theirs));
    }
  });

  it.each([
    ['a token that is refused', { CONFLUENCE_API_TOKEN: 'wrong-token-1234' }, 4],
    ['a token that is missing', { CONFLUENCE_API_TOKEN: '' }, 4],
    ['a space that is not there', { CONFLUENCE_SPACE_KEYS: 'HR,NOPE' }, 6],
    ['each variable that does nothing', ignored(), 0],
    ['full runs and limits', { CONFLUENCE_INCREMENTAL_SYNC: 'no', CONFLUENCE_MAX_PAGES: '2' }, 0],
  ] as const)('ends alike with %s', async (_, variables, code) => {
    const { cwd, root, env } = await emptyProject(sandbox, 'HR');
    const folders = [join(root, 'alone'), join(root, 'cli')] as const;
    const environments = folders.map((folder) => ({
      ...env,
      CONFLUENCE_OUTPUT_DIR: join(folder, 'confluence'),
      ...variables,
    }));

    const [one, other] = await Promise.all([
      runAlone(['--json'], { cwd, env: environments[0] ?? {} }),
      runCli(['sync', '--json'], { cwd, env: environments[1] ?? {} }),
    ]);

    expect([one.code, other.code], one.stderr).toEqual([code, code]);
    expect(stable(one.stdout)).toEqual(stable(other.stdout));
    expect(warnings(one.stderr)).toEqual(warnings(other.stderr));
    expect(one.stdout + one.stderr).not.toMatch(/wrong-token|^\s+at /m);
    expect(await treeOf(folders[0])).toEqual(await treeOf(folders[1]));
  });
});

describe('with CONFLUENCE_OUTPUT_FORMAT', { timeout: 60_000 }, () => {
  it('writes HTML, and Markdown again without a body read when it is gone', async () => {
    const { cwd, root, env } = await emptyProject(sandbox, 'HR');
    const folder = { ...env, CONFLUENCE_OUTPUT_DIR: join(root, 'confluence') };
    const html = { ...folder, CONFLUENCE_OUTPUT_FORMAT: 'html' };

    const [first, other] = await Promise.all([
      runAlone([], { cwd, env: html }),
      runCli(['sync'], {
        cwd,
        env: { ...html, CONFLUENCE_OUTPUT_DIR: join(root, 'b/confluence') },
      }),
    ]);

    expect([first.code, other.code], first.stderr).toEqual([0, 0]);
    const tree = await treeOf(root);
    const pages = Object.keys(tree).filter((path) => !path.startsWith('/b/'));
    expect(pages.filter((path) => path.endsWith('.md'))).toEqual(['/AGENTS.md', '/README.md']);
    expect(pages.filter((path) => path.endsWith('.html')).length).toBeGreaterThan(5);
    for (const path of pages) expect(tree[`/b${path}`]).toBe(tree[path]);

    const asked = sandbox.requests.length;
    expect(bodiesRead(0)).toBeGreaterThan(0);
    const second = await runAlone([], { cwd, env: folder });

    expect(second.code, second.stderr).toBe(0);
    expect(bodiesRead(asked)).toBe(0);
    const names = Object.keys(await treeOf(root)).filter((path) => !path.startsWith('/b/'));
    expect(names.filter((path) => path.endsWith('.html'))).toEqual([]);
    expect(names.length).toBe(pages.length - 1);
  });
});

/** Requests for the texts of pages, of those since one. */
function bodiesRead(since: number): number {
  return sandbox.requests.slice(since).filter(({ query }) => query.has('body-format')).length;
}

function ignored(): Record<string, string> {
  const names = ['SYNC_INTERVAL', 'SEARCH_CONTEXT_LINES', 'MAX_SEARCH_RESULTS', 'PROCESSED_DIR'];
  const numbers = { CONFLUENCE_REQUEST_TIMEOUT: '20', CONFLUENCE_MAX_RETRIES: '2' };
  const fields = Object.fromEntries(names.map((name) => [`CONFLUENCE_${name}`, '7']));
  return { ...fields, ...numbers };
}

function warnings(stderr: string): string[] {
  return stderr.split('\n').filter((line) => /^(warning|error)\[/.test(line));
}

describe('the command alone', { timeout: 60_000 }, () => {
  it('shows plain lines on stderr, a summary on stdout, and mirrors into --output-dir', async () => {
    const { cwd, root, env } = await emptyProject(sandbox, 'HR');

    const result = await runAlone(['--output-dir', 'docs'], {
      cwd,
      env: { ...env, CONTEXT_SYNC_ROOT: root, CONFLUENCE_OUTPUT_DIR: root },
    });

    expect(result.code, result.stderr).toBe(0);
    expect(result.stderr).toMatch(/Z INFO sync start run=\S+ root=.*docs\n/);
    expect(result.stderr).toMatch(/INFO sync end run=\S+ .* exit=0\n$/);
    expect(result.stderr).toContain('--output-dir does not end in "confluence"');
    expect(result.stdout).toMatch(/^Synced \d+ · /);
    expect(await readdir(join(cwd, 'docs', 'confluence'))).toContain('HR');
    await expect(readdir(root)).rejects.toThrow('ENOENT');
  });

  it('mirrors into ~/context-sync/confluence when nothing says where, whatever config is near', async () => {
    const { cwd, env } = await emptyProject(sandbox, 'HR');
    await mkdir(join(cwd, 'context-sync.config.yaml'));

    const result = await runAlone(['-q'], { cwd, env });

    expect(result).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await readdir(join(cwd, 'context-sync', 'confluence'))).toContain('HR');
  });

  it('tells of a local edit even with --quiet', async () => {
    const { cwd, root, env } = await emptyProject(sandbox, 'HR');
    const words = ['-q', '--output-dir', join(root, 'confluence')];
    await runAlone(words, { cwd, env });
    await appendFile(join(root, 'confluence/HR/README.md'), 'MINE');

    const { code, stdout, stderr } = await runAlone(words, { cwd, env });

    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    const [, kept = ''] = /^warning\[local_edit\]: 1 file .*\n {2}(\S+)\n$/.exec(stderr) ?? [];
    expect(await readFile(join(root, kept), 'utf8')).toMatch(/MINE$/);
  });

  it('leaves what it cannot do to context-sync, for the same mirror', async () => {
    const { cwd, root, env } = await emptyProject(sandbox, 'HR');
    await mkdir(join(root, '.context-sync'), { recursive: true });
    await writeFile(join(root, '.context-sync/state.db'), 'no database '.repeat(99));

    const words = ['--output-dir', join(root, 'confluence')];
    const { code, stderr } = await runAlone(words, { cwd, env });

    expect(code, stderr).toBe(8);
    expect(stderr).toContain(`Type: npx context-sync rebuild --root ${root}\n`);
  });

  it('takes the other names of its variables', async () => {
    const { cwd, env } = await emptyProject(sandbox, 'HR');
    const { CONFLUENCE_BASE_URL: url, ...rest } = env;

    const result = await runAlone(['-q'], {
      cwd,
      env: { ...rest, CONFLUENCE_URL: String(url) },
    });

    expect(result.code, result.stderr).toBe(0);
  });

  it('names every variable that is missing, with what to type', async () => {
    const result = await runAlone(['--json'], { cwd: await emptyFolder() });

    expect(result.code).toBe(6);
    expect(result.stderr).toMatch(/^error\[config\]: the configuration has 3 problems\n/);
    for (const name of ['BASE_URL', 'USERNAME', 'API_TOKEN', 'SPACE_KEYS']) {
      expect(result.stderr).toContain(`CONFLUENCE_${name}`);
    }
    expect(result.stderr).toContain('export CONFLUENCE_BASE_URL=…\n');
    expect(result.stderr).toContain('export CONFLUENCE_SPACE_KEYS=…,…\n');
    expect(result.stderr).toContain('correct this, then: context-sync-confluence --json\n');
    expect(JSON.parse(result.stdout)).toMatchObject({ error: { code: 'config' }, exitCode: 6 });
  });

  it('names every variable that is wrong', async () => {
    const env = { CONFLUENCE_BASE_URL: 'acme', CONFLUENCE_MAX_PAGES: 'many' };

    const result = await runAlone([], { cwd: await emptyFolder(), env });

    expect(result.code).toBe(6);
    expect(result.stderr).toMatch(/CONFLUENCE_MAX_PAGES +Expected a number.*"many"/);
    expect(result.stderr).toMatch(/CONFLUENCE_BASE_URL +Write an address/);
    expect(result.stderr).toContain('CONFLUENCE_SPACE_KEYS');
  });

  it('prints help and version', async () => {
    const cwd = await emptyFolder();

    const [help, version] = await Promise.all([
      runAlone(['-h'], { cwd }),
      runAlone(['--version'], { cwd }),
    ]);

    expect(version).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
    expect(help).toMatchObject({ code: 0, stderr: '' });
    for (const word of ['--full', '--output-dir <dir>', '--json', 'CONFLUENCE_SPACE_KEYS']) {
      expect(help.stdout).toContain(word);
    }
  });

  it.each([
    [['--fll'], 'did you mean --full? Type: context-sync-confluence --full'],
    [['--output-dr=x'], 'did you mean --output-dir? Type: context-sync-confluence --output-dir=x'],
    [['--output-dir', '--json'], 'context-sync-confluence --output-dir <dir>'],
    [['--full=yes'], 'context-sync-confluence --help'],
    [['sync'], 'context-sync-confluence --help'],
    [['--frobnicate'], 'context-sync-confluence --help'],
  ])('%j exits 2 and says what to type', async (words, fix) => {
    const result = await runAlone(words, { cwd: await emptyFolder() });

    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(/^error\[usage\]: /);
    expect(result.stderr).toContain(`fix:   ${fix}\n`);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('saves at %s, exits %d, and goes on the next time', async (signal, code) => {
    const slow = await startConfluenceSandbox({ site: sampleCompany(), latencyMs: 400 });
    const { cwd, env } = await emptyProject(slow, 'HR');
    const { child, result } = startCli([], { cwd, env, program });
    await saying(child, 'scope start');

    child.kill(signal);

    const stopped = await result;
    expect(stopped.code, stopped.stderr).toBe(code);
    expect(stopped.stdout).toContain('run the same command to go on.');
    expect(await runAlone([], { cwd, env })).toMatchObject({ code: 0 });
    await slow.close();
  });
});

it('has the flags that the manifest of the connector declares', { timeout: 60_000 }, async () => {
  const { cwd, program: odd } = await oddPackage(CONSOLE_FILE);
  const env = { ODD_MOOD: 'broken' };

  const help = await runCli(['--help'], { cwd, program: odd });
  const good = await runCli(['--mood', 'good'], { cwd, env, program: odd });
  const broken = await runCli([], { cwd, env, program: odd });

  expect(help.stdout).toMatch(/--mood <value> +instead of ODD_MOOD\n/);
  expect(good, good.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining('Synced 2') });
  expect(broken.code, broken.stderr).toBe(1);
});

it('says what to install when the engine is absent, without a stack', async () => {
  const cwd = await emptyFolder();
  const folder = join(cwd, 'node_modules/@context-sync/connector-confluence');
  await cp(join(CONNECTOR_FOLDER, 'package.json'), join(folder, 'package.json'));
  for (const file of ['bin/context-sync-confluence.mjs', 'dist/bin.js']) {
    await cp(join(CONNECTOR_FOLDER, file), join(folder, file));
  }

  const copy = join(folder, 'bin/context-sync-confluence.mjs');
  const result = await runCli(['--json'], { cwd, program: copy });

  expect(result.code).toBe(6);
  expect(result.stderr).toMatch(
    /^error\[config\]: .*@context-sync\/engine.*\n {2}fix: {3}npm install @context-sync\/engine/,
  );
  expect(result.stderr).not.toMatch(/^\s+at /m);
  expect(JSON.parse(result.stdout)).toMatchObject({ error: { code: 'config' }, exitCode: 6 });
});
