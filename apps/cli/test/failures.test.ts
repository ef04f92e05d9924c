import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

import {
  type ConfluenceSandbox,
  sampleCompany,
  startConfluenceSandbox,
} from '@context-sync/sandbox';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { buildCli } from './built-cli.ts';
import { emptyFolder, emptyProject, runCli } from './cli-process.ts';

let sandbox: ConfluenceSandbox;
beforeAll(async () => {
  sandbox = await startConfluenceSandbox({ site: sampleCompany() });
  await buildCli();
}, 180_000);
afterAll(() => sandbox.close());

it('exits 4 when the token is refused, says what to do, and never shows the token', async () => {
  const { cwd, root, env } = await emptyProject(sandbox);
  const wrong = { ...env, CONFLUENCE_API_TOKEN: 'wrong-token-1234' };

  const result = await runCli(['sync', '-v', '--root', root], { cwd, env: wrong });

  expect(result.code, result.stderr).toBe(4);
  expect(result.stderr).toMatch(/error\[auth\]: confluence: .*\n {2}fix: {3}\S/);
  expect(result.stdout + result.stderr).not.toContain('wrong-token-1234');
  expect(result.stderr).not.toMatch(/^\s+at /m);
});

it('exits 4 when the token is missing and names the variable', async () => {
  const { cwd, root, env } = await emptyProject(sandbox);
  const { CONFLUENCE_API_TOKEN: _, ...rest } = env;

  const result = await runCli(['sync', '--root', root], { cwd, env: rest });

  expect(result.code, result.stderr).toBe(4);
  expect(result.stderr).toContain('CONFLUENCE_API_TOKEN');
});

it('exits 6 when the name of a header cannot be one', async () => {
  const cwd = await emptyFolder();
  const auth = '{ username: ada@example.com, token: env:TOKEN }';
  const config = [
    'sources:',
    '  wiki:',
    '    type: confluence',
    `    baseUrl: ${sandbox.url}`,
    `    auth: ${auth}`,
    '    headers: { "X Y": env:TOKEN }',
    '',
  ];
  await writeFile(join(cwd, 'context-sync.config.yaml'), config.join('\n'));

  const result = await runCli(['sync', '--root', join(cwd, 'out')], { cwd, env: { TOKEN: 'a' } });

  expect(result.code, result.stderr).toBe(6);
  expect(result.stderr).toContain('A header name has only letters');
  expect(result.stderr).not.toMatch(/\.\.$/m);
});

it('exits 5 when the host cannot be reached', { timeout: 60_000 }, async () => {
  const port = await freePort();
  const { cwd, root, env } = await emptyProject(sandbox);
  const url = { ...env, CONFLUENCE_BASE_URL: `http://127.0.0.1:${port}/wiki` };

  const result = await runCli(['sync', '--root', root, '--json'], { cwd, env: url });

  expect(result.code, result.stderr).toBe(5);
  expect(JSON.parse(result.stdout)).toMatchObject({ exitCode: 5, outcome: 'failed' });
  expect(result.stderr).toContain(`127.0.0.1:${port}`);
});

it('exits 6 for an unknown space, names it, and mirrors the others', async () => {
  const { cwd, root, env } = await emptyProject(sandbox, 'HR,NOPE');

  const result = await runCli(['sync', '--root', root], { cwd, env });

  expect(result.code, result.stderr).toBe(6);
  expect(result.stderr).toMatch(/error\[config\]: confluence:NOPE: .*NOPE/);
  expect(await readdir(join(root, 'confluence'))).toContain('HR');
});

it('exits 6 for a broken config, with every fault and its place at once', async () => {
  const cwd = await emptyFolder();
  const config = [
    'sources:',
    '  wiki:',
    '    type: confluence',
    '    baseUrl: 7',
    '    spacess: [A]',
    '  Jira!: {}',
    '',
  ];
  await writeFile(join(cwd, 'context-sync.config.yaml'), config.join('\n'));

  const result = await runCli(['sync'], { cwd });

  expect(result.code, result.stderr).toBe(6);
  expect(result.stderr).toMatch(/^error\[config\]: the configuration has \d problems\n/);
  expect(result.stderr).toMatch(
    /\n {2}context-sync\.config\.yaml:4:\d+ +sources\.wiki\.baseUrl +\S/,
  );
  expect(result.stderr).toMatch(
    /\n {2}context-sync\.config\.yaml:5:\d+ +sources\.wiki\.spacess +\S.*spaces/,
  );
  expect(result.stderr).toMatch(/\n {2}context-sync\.config\.yaml:6:\d+ +sources\.Jira! +\S/);
  expect(result.stderr).toContain('context-sync config validate');
});

it('exits 6 for YAML that cannot be read, with line and column', async () => {
  const cwd = await emptyFolder();
  await writeFile(join(cwd, 'context-sync.config.yaml'), 'sources:\n  wiki: [unclosed\n');

  const result = await runCli(['config', 'validate'], { cwd });

  expect(result.code, result.stderr).toBe(6);
  expect(result.stdout + result.stderr).toMatch(/context-sync\.config\.yaml:\d+:\d+/);
});

it('exits 6 when there is nothing configured at all, and says how to begin', async () => {
  const cwd = await emptyFolder();

  const result = await runCli(['sync', '--root', join(cwd, 'mirror')], { cwd });

  expect(result.code, result.stderr).toBe(6);
  expect(result.stderr).toContain('fix:');
});

it('exits 6 when the mirror would lie under a file', async () => {
  const { cwd, env } = await emptyProject(sandbox, 'HR');
  await writeFile(join(cwd, 'file'), 'mine');

  const result = await runCli(['sync', '--root', join(cwd, 'file')], { cwd, env });

  expect(result.code, result.stderr).toBe(6);
  expect(result.stderr).toMatch(/^error\[root_unusable\]: .*file/m);
});

// The root user may write everywhere.
it.skipIf(process.getuid?.() === 0)('exits 6 for a folder that may not be written', async () => {
  const { cwd, root, env } = await emptyProject(sandbox, 'HR');
  await mkdir(root);
  await chmod(root, 0o500);

  const result = await runCli(['sync', '--root', root], { cwd, env });

  expect(result.code, result.stderr).toBe(6);
  expect(result.stderr).toContain('error[root_unusable]');
});

it.each([
  [['sync', 'confluense'], 'did you mean confluence?'],
  [['scopes', 'wiki'], 'context-sync config print'],
  [['doctor', 'confluense'], 'did you mean confluence?'],
  [['cleanup', 'confluense'], 'did you mean confluence?'],
])('exits 2 for an unknown source: %j', async (words, fix) => {
  const { cwd, root, env } = await emptyProject(sandbox);

  const result = await runCli([...words, '--root', root], { cwd, env });

  expect(result.code, result.stderr).toBe(2);
  expect(result.stderr).toContain(fix);
});

it('exits 6 for an unknown scope and names those that are there', async () => {
  const { cwd, root, env } = await emptyProject(sandbox);

  const result = await runCli(['sync', 'confluence:EGN', '--root', root], { cwd, env });

  expect(result.code, result.stderr).toBe(6);
  expect(result.stderr).toContain('ENG');
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 1;
}
