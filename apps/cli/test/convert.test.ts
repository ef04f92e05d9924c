import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { beforeAll, describe, expect, it } from 'vitest';

import { buildCli, CLI_FILE } from './built-cli.ts';
import { emptyFolder, runCli } from './cli-process.ts';

beforeAll(buildCli, 180_000);

describe('convert', () => {
  it.each([
    ['storage', '<p>a <strong>b</strong></p>', 'a **b**\n'],
    ['adf', '{"type":"doc","content":[{"type":"text","text":"a"}]}', 'a\n'],
    ['adf', JSON.stringify('[{"type":"rule"}]'), '***\n'],
    ['html', '<P>a <B>b</B>', 'a **b**\n'],
    ['wiki', 'a *b*', 'a **b**\n'],
    ['wiki', '', ''],
  ])('prints a file in %s as Markdown', async (format, body, stdout) => {
    const cwd = await emptyFolder();
    await writeFile(join(cwd, 'page.txt'), body);

    const result = await runCli(['convert', '--from', format, 'page.txt'], { cwd });

    expect(result).toEqual({ code: 0, stdout, stderr: '' });
  });

  it('reads standard input, and stops quietly when its reader has enough', async () => {
    const cwd = await emptyFolder();
    const command = `yes '* item' | head -n 100000 | "${process.execPath}" "${CLI_FILE}" convert --from wiki | head -n 1`;

    const { stderr, stdout } = await promisify(execFile)('sh', ['-c', command], { cwd });

    expect({ stderr, stdout }).toEqual({ stderr: '', stdout: '- item\n' });
  });

  it('lists what was lost on stderr', async () => {
    const cwd = await emptyFolder();
    await writeFile(join(cwd, 'page.txt'), '{color:red}a{color}');

    const result = await runCli(['convert', '--from', 'wiki', '--lossy', 'page.txt'], { cwd });

    expect(result).toEqual({
      code: 0,
      stdout: 'a\n',
      stderr: 'What Markdown could not say:\n  1 x colour\n',
    });
  });

  it('prints one JSON document on request', async () => {
    const cwd = await emptyFolder();
    await writeFile(join(cwd, 'page.txt'), 'a');

    const { stdout } = await runCli(['convert', '--from', 'wiki', '--json', 'page.txt'], { cwd });

    expect(JSON.parse(stdout)).toEqual({ markdown: 'a\n', fragments: {}, lossy: [], exitCode: 0 });
  });

  it.each([
    [['page.txt'], 'The format is missing'],
    [['--from', 'htm', 'page.txt'], 'did you mean html?'],
    [['--from', 'constructor', 'page.txt'], 'no format named "constructor"'],
    [['--from', 'html', 'gone.txt'], 'gone.txt does not exist'],
    [['--from', 'html', 'folder'], 'folder is a folder'],
    [['--from', 'html', 'page.txt/a'], 'page.txt/a does not exist'],
    [['--from', 'html', 'binary'], 'binary is not text'],
    [['--from', 'html', 'latin1'], 'latin1 is not UTF-8'],
    [['--from', 'adf', 'page.txt'], 'in line 1, column 1: found "a"'],
    [['--from', 'adf', 'broken'], 'in line 2, column 12: found "}"'],
    [['--from', 'adf', 'answer'], 'no Atlassian document'],
  ])('%j exits 2 and says why', async (words, message) => {
    const cwd = await emptyFolder();
    await mkdir(join(cwd, 'folder'));
    await writeFile(join(cwd, 'page.txt'), 'a');
    await writeFile(join(cwd, 'broken'), '{"type": "doc",\n"content": }');
    await writeFile(join(cwd, 'answer'), '{"body": {}}');
    await writeFile(join(cwd, 'binary'), Buffer.from([0, 1, 2]));
    await writeFile(join(cwd, 'latin1'), Buffer.from('\xe4', 'latin1'));

    const result = await runCli(['convert', ...words], { cwd });

    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toContain(message);
    expect(result.stderr).toContain('fix: ');
  });
});
