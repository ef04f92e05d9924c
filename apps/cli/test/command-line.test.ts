import { beforeAll, describe, expect, it } from 'vitest';

import { COMMANDS } from '../src/commands.ts';
import { buildCli } from './built-cli.ts';
import { emptyFolder, runCli } from './cli-process.ts';

beforeAll(buildCli, 180_000);

describe('help and version', () => {
  it('prints the version alone', async () => {
    const cwd = await emptyFolder();

    const [short, long] = await Promise.all([
      runCli(['-V'], { cwd }),
      runCli(['--version'], { cwd }),
    ]);

    expect(long).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: '',
    });
    expect(short).toEqual(long);
  });

  it('prints the same help for no words, -h and help, on stdout', async () => {
    const cwd = await emptyFolder();

    const [none, short, word] = await Promise.all(
      [[], ['-h'], ['help']].map((words) => runCli(words, { cwd })),
    );

    expect(short).toEqual({ code: 0, stdout: expect.stringContaining('Exit codes:'), stderr: '' });
    expect(none).toEqual(short);
    expect(word).toEqual(short);
    for (const { name } of COMMANDS) expect(short?.stdout).toContain(`  ${name.split(' ')[0]} `);
  });

  it.each(COMMANDS.map(({ name }) => name))(
    '%s --help says what it does, with an example',
    async (name) => {
      const result = await runCli([...name.split(' '), '--help'], { cwd: await emptyFolder() });

      expect(result).toEqual({
        code: 0,
        stdout: expect.stringContaining('Example:\n  $ context-sync'),
        stderr: '',
      });
      expect(result.stdout).toContain('--json');
    },
  );
});

describe('a command line that cannot be understood', () => {
  it.each([
    [['snyc'], 'did you mean sync? Type: context-sync sync'],
    [['sync', '--fll'], 'did you mean --full? Type: context-sync sync --full'],
    [['sync', '--allow-deletes', 'many'], 'context-sync help sync'],
    [['sync', '--with-descendants'], 'e.g. context-sync sync --only ID --with-descendants'],
    [['scopes'], 'context-sync help scopes'],
    [['config'], 'context-sync help config'],
    [['config', 'prnt'], 'did you mean print? Type: context-sync config print'],
    [['status', 'one', 'two'], 'context-sync help status'],
    [['--color', 'sometimes', 'status'], 'context-sync help'],
    [['frobnicate'], 'context-sync help'],
  ])('%j exits 2 and says what to type', async (words, fix) => {
    const result = await runCli(words, { cwd: await emptyFolder() });

    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toMatch(/^error\[usage\]: /);
    expect(result.stderr).toContain(`fix:   ${fix}\n`);
  });

  it('is told as one JSON document on request', async () => {
    const result = await runCli(['sync', '--fll', '--json'], { cwd: await emptyFolder() });

    expect(JSON.parse(result.stdout)).toEqual({
      error: { code: 'usage', message: expect.stringContaining('--fll'), fix: expect.any(String) },
      exitCode: 2,
    });
  });
});
