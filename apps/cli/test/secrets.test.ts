import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import {
  type ConfluenceSandbox,
  sampleCompany,
  startConfluenceSandbox,
} from '@context-sync/sandbox';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { buildCli } from './built-cli.ts';
import { emptyFolder, runCli } from './cli-process.ts';
import { formsOf, startEchoingHost } from './echoing-host.ts';

let sandbox: ConfluenceSandbox;
beforeAll(async () => {
  sandbox = await startConfluenceSandbox({ site: sampleCompany() });
  await buildCli();
}, 180_000);
afterAll(() => sandbox.close());

const token = 't0ken"4711\\/+%=é';
const key = 'key"4711 &/+%';
const session = 's3ssion-4711/+"x';
const username = 'ada@example.com';

const ways = [
  {
    way: 'an e-mail address and a token',
    auth: { username, token: 'env:TOKEN' },
    secrets: [token, Buffer.from(`${username}:${token}`).toString('base64')],
  },
  { way: 'a token alone', auth: { token: 'env:TOKEN' }, secrets: [token] },
  { way: 'a cookie', auth: { cookie: 'env:COOKIE' }, secrets: [session] },
] as const;

it.each(ways)(
  'nothing that a run leaves or sends elsewhere holds $way',
  { timeout: 240_000 },
  async ({ auth, secrets }) => {
    const planted = [...secrets, key];
    const host = await startEchoingHost(sandbox, planted);
    const cwd = await emptyFolder();
    const limits = { retries: 1, requestsPerSecond: 1000 };
    const headers = { 'X-Proxy-Key': 'env:KEY' };
    const wiki = { connector: 'confluence', baseUrl: host.url, auth, headers, limits };
    const sources = { wiki: { ...wiki, spaces: ['ENG', 'OPS', 'NOPE'] } };
    await writeFile(
      join(cwd, 'context-sync.config.json'),
      JSON.stringify({ root: './mirror', sources }),
    );
    const env = { TOKEN: token, COOKIE: `lang=en; session=${session}`, KEY: key };
    const said: string[] = [];
    const run = async (...args: string[]) => {
      const { code, stdout, stderr } = await runCli(args, { cwd, env });
      said.push(stdout, stderr);
      return { code, stdout };
    };

    await run('sync');
    host.isHostile = true;
    await run('sync', '-v', '--json');
    await run('sync', '--full', '-v');
    const reports = [
      ['doctor'],
      ['doctor', '--json'],
      ['scopes', 'wiki', '--all'],
      ['status', '--json'],
      ['config', 'print', '--json'],
    ];
    await Promise.all(reports.map((args) => run(...args)));

    const left = await filesOf(join(cwd, 'mirror'));
    expect(left.length).toBeGreaterThan(20);
    expect(said.join('')).toContain('[redacted]');
    expect(host.strayed.length).toBeGreaterThan(0);
    // The beginning is enough: half a secret is no better than a whole one.
    const beginnings = planted.flatMap(formsOf).map((form) => form.slice(0, 9));
    expect(findLeaks([...said, ...left, ...host.strayed], beginnings)).toEqual([]);
  },
);

/** Each form that a text holds, with the text around it. */
function findLeaks(texts: readonly string[], forms: readonly string[]): string[] {
  return texts.flatMap((text) =>
    forms.flatMap((form) => {
      const at = text.indexOf(form);
      return at < 0 ? [] : [`${form} in: ${text.slice(Math.max(0, at - 80), at + 80)}`];
    }),
  );
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(async (file) => {
      const path = join(file.parentPath, file.name);
      return `${path}\n${await readFile(path, 'latin1')}\n${await readFile(path, 'utf8')}`;
    }),
  );
}
