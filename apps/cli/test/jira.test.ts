import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { type JiraSandbox, JiraSite, startJiraSandbox } from '@context-sync/sandbox';
import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import { buildCli } from './built-cli.ts';
import { type CliResult, emptyFolder, runCli } from './cli-process.ts';

const standAlone = fileURLToPath(
  new URL('../../../packages/connector-jira/bin/context-sync-jira.mjs', import.meta.url),
);

let sandbox: JiraSandbox;
let site: JiraSite;
let cwd: string;
let env: Readonly<Record<string, string>>;

beforeAll(buildCli, 300_000);
beforeEach(async () => {
  site = new JiraSite();
  for (const key of ['OPS', 'WEB']) site.addProject({ key, name: key });
  const first = site.addIssue({ project: 'OPS' });
  site.comments.add(first, { body: 'Why?' });
  site.worklogs.add(first, 3600, 'Looked into it.');
  site.addIssue({ project: 'OPS', assigneeId: site.account.accountId });
  site.addIssue({ project: 'WEB' });
  sandbox = await startJiraSandbox({ site });
  onTestFinished(() => sandbox.close());
  cwd = await emptyFolder();
  env = {
    NO_PROXY: '127.0.0.1',
    JIRA_BASE_URL: sandbox.url,
    JIRA_USERNAME: sandbox.username,
    JIRA_API_TOKEN: sandbox.token,
    JIRA_OUTPUT_DIR: join(cwd, 'mirror/jira'),
  };
});

/** The command of the connector alone, with further variables. */
function runAlone(
  words: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<CliResult> {
  return runCli(words, { cwd, env: { ...env, ...variables }, program: standAlone });
}

async function issueFiles(folder = join(cwd, 'mirror')): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true });
  return entries.filter((path) => /^jira\/.*-\d+\.md$/.test(path)).toSorted();
}

describe('context-sync with a config', () => {
  const projects = (written: string): Promise<void> =>
    writeFile(
      join(cwd, 'context-sync.config.yaml'),
      [
        'root: ./mirror',
        'sources:',
        '  jira:',
        '    connector: jira',
        `    baseUrl: ${sandbox.url}`,
        `    auth: { username: ${sandbox.username}, token: 'env:TOKEN' }`,
        `    ${written}`,
      ].join('\n'),
    );
  const run = (words: readonly string[], token = sandbox.token): Promise<CliResult> =>
    runCli(words, { cwd, env: { NO_PROXY: '127.0.0.1', TOKEN: token } });

  it('tells a refused query in the words of Jira, where it stands, and with exit 6', async () => {
    await projects('jql: colour = red');

    const { code, stderr } = await run(['sync']);

    expect(code, stderr).toBe(6);
    expect(stderr).toMatch(/refuses the query.*colour/);
    expect(stderr).toContain('"jql" (JIRA_JQL_QUERY)');
  });

  it('tells whose filter is refused, mirrors the others, and doctor says the same', async () => {
    await projects('projects: [{ key: OPS, jql: colour = red }, WEB]');

    const { code, stderr } = await run(['sync']);
    const doctor = await run(['doctor']);

    expect(code, stderr).toBe(6);
    expect(stderr).toContain('"jql" of OPS in "projects"');
    expect(await issueFiles()).toEqual(['jira/WEB/WEB-1.md']);
    expect(doctor.code).toBe(10);
    expect(doctor.stdout + doctor.stderr).toMatch(/project OPS: .*colour[^]*"jql" of OPS/);
  });

  it('warns of a query that finds nothing, with exit 0', async () => {
    await projects('jql: labels = none');

    const { code, stderr } = await run(['sync']);

    expect(code, stderr).toBe(0);
    expect(stderr).toContain('The query finds no issue: labels = none.');
  });

  it('tells a refused token with exit 4, and never shows it', async () => {
    await projects('projects: all');

    const { code, stdout, stderr } = await run(['sync'], 'old-4711');

    expect(code, stderr).toBe(4);
    expect(stderr).toContain('id.atlassian.com');
    expect(stdout + stderr).not.toContain('old-4711');
  });

  it('reads one issue by its key or address, and what lies below', async () => {
    site.addIssue({ project: 'WEB', parentId: site.findIssue('OPS-1')?.id ?? null });
    await projects('projects: [OPS, WEB]');

    const one = await run(['sync', '--only', 'OPS-2']);
    expect(one.code, one.stderr).toBe(0);
    expect(await issueFiles()).toEqual(['jira/OPS/OPS-2.md']);
    const address = `${sandbox.url}/browse/OPS-1`;
    const below = await run(['sync', '--only', address, '--with-descendants']);

    expect(below.code, below.stderr).toBe(0);
    expect(await issueFiles()).toEqual([
      'jira/OPS/OPS-1.md',
      'jira/OPS/OPS-2.md',
      'jira/WEB/WEB-2.md',
    ]);
  });
});

describe('context-sync-jira', () => {
  it('mirrors your own open issues when nothing says what, and says so', async () => {
    const { code, stderr } = await runAlone([]);

    expect(code, stderr).toBe(0);
    expect(stderr).toContain('assignee = currentUser() AND resolution = Unresolved');
    expect(await issueFiles()).toEqual(['jira/mine/OPS-2.md']);
  });

  it('takes what the environment says of issues, their parts and the service', async () => {
    const { code, stderr } = await runAlone([], {
      JIRA_BASE_URL: '',
      JIRA_URL: sandbox.url,
      JIRA_PROJECTS: 'ops',
      JIRA_MAX_TICKETS: '1',
      JIRA_INCLUDE_COMMENTS: 'false',
      JIRA_INCLUDE_WORKLOGS: 'true',
      JIRA_INCLUDE_ATTACHMENTS: 'true',
      JIRA_REQUEST_TIMEOUT: '30',
      JIRA_MAX_RETRIES: '1',
      JIRA_SYNC_INTERVAL: '60',
    });

    expect(code, stderr).toBe(0);
    expect(stderr).toContain('JIRA_SYNC_INTERVAL');
    expect(await issueFiles()).toEqual(['jira/OPS/OPS-1.md']);
    const text = await readFile(join(cwd, 'mirror/jira/OPS/OPS-1.md'), 'utf8');
    expect(text).toContain('Looked into it.');
    expect(text).not.toContain('Why?');
  });

  it('reads all anew with --full or JIRA_INCREMENTAL_SYNC=false, and else only what changed', async () => {
    const query = { JIRA_JQL_QUERY: 'project = OPS ORDER BY updated DESC' };
    /** How often issues were read in a run. */
    const readsOf = async (words: readonly string[], more: Record<string, string> = {}) => {
      const from = sandbox.requests.length;
      const { code, stderr } = await runAlone(words, { ...query, ...more });
      expect(code, stderr).toBe(0);
      const made = sandbox.requests.slice(from);
      return made.filter(({ path }) => path.endsWith('/bulkfetch')).length;
    };

    // A run looks back a little behind the one before.
    site.clock.advance(3_600_000);
    expect(await readsOf([])).toBe(1);
    expect(await readsOf([])).toBe(0);
    expect(await readsOf(['--full'])).toBe(1);
    expect(await readsOf([], { JIRA_INCREMENTAL_SYNC: 'false' })).toBe(1);
    expect(await issueFiles()).toEqual(['jira/query/OPS-1.md', 'jira/query/OPS-2.md']);
  });

  it('reads through the gateway, as a bearer, with JIRA_GATEWAY and JIRA_PERSONAL_TOKEN', async () => {
    const credential = { kind: 'scoped', username: 'ada', token: 'scoped-4711' } as const;
    sandbox.principals = [{ credential, scopes: ['read:jira-work', 'read:jira-user'] }];

    const { code, stdout, stderr } = await runAlone(['--json', '--jql', 'project = WEB'], {
      JIRA_USERNAME: '',
      JIRA_API_TOKEN: '',
      JIRA_PERSONAL_TOKEN: 'scoped-4711',
      JIRA_GATEWAY: new URL(sandbox.gatewayUrl).origin,
    });

    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ created: 1, exitCode: 0 });
    expect(stdout + stderr).not.toContain('scoped-4711');
  });

  it('takes the session of a browser with JIRA_COOKIE', async () => {
    sandbox.principals = [{ credential: { kind: 'cookie', name: 'session', value: 's-4711' } }];

    const { code, stderr } = await runAlone(['--jql', 'project = WEB'], {
      JIRA_USERNAME: '',
      JIRA_API_TOKEN: '',
      JIRA_COOKIE: 'session=s-4711',
    });

    expect(code, stderr).toBe(0);
    expect(await issueFiles()).toEqual(['jira/query/WEB-1.md']);
  });
});
