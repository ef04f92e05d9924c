import { readFile } from 'node:fs/promises';

import definition from '@context-sync/connector-jira';
import { describe, expect, it } from 'vitest';

import { environmentSources, type ReadSources } from '../src/config/environment-sources.ts';
import { readManifest } from '../src/discovery/manifest.ts';

const manifestFile = new URL('../../connector-jira/package.json', import.meta.url);

const required = {
  JIRA_BASE_URL: 'https://acme.atlassian.net',
  JIRA_USERNAME: 'jane@acme.com',
  JIRA_API_TOKEN: 'secret',
};

async function readSources(env: Record<string, string>): Promise<ReadSources> {
  const { 'context-sync': value } = JSON.parse(await readFile(manifestFile, 'utf8')) as {
    'context-sync': unknown;
  };
  const read = await readManifest(value);
  const [connector] = 'manifest' in read ? read.manifest.connectors : [];
  if (connector === undefined) return expect.fail('The manifest has no connector.');
  const { type, title, contract, secrets = [], environment = [] } = connector;
  const found = {
    type,
    title,
    contract,
    secrets,
    environment,
    package: 'jira',
    version: '1.0.0',
    root: { kind: 'project' as const, directory: '.', looked: '' },
    entry: { from: 'config' as const, definition },
  };
  return environmentSources([found], { ...required, ...env });
}

async function configOf(env: Record<string, string>): Promise<unknown> {
  const { sources } = await readSources(env);
  const read = await definition.configSchema['~standard'].validate(sources[0]?.config);
  return read.issues === undefined ? read.value : expect.fail(JSON.stringify(read.issues));
}

describe('the environment of a Jira source', () => {
  it.each([
    [{}, { auth: { username: 'jane@acme.com', token: 'env:JIRA_API_TOKEN' }, comments: true }],
    [
      { JIRA_JQL_QUERY: 'project = INFRA ORDER BY updated DESC' },
      { jql: { name: 'query', query: 'project = INFRA' } },
    ],
    [{ JIRA_PROJECTS: 'ops, WEB' }, { projects: [{ key: 'OPS' }, { key: 'WEB' }] }],
    [{ JIRA_PROJECTS: 'all' }, { projects: 'all' }],
    [{ JIRA_MAX_TICKETS: '0' }, { maxIssues: 0 }],
    [{ JIRA_MAX_TICKETS: '100' }, { maxIssues: 100 }],
    [{ JIRA_INCLUDE_COMMENTS: 'false' }, { comments: false }],
    [{ JIRA_INCLUDE_WORKLOGS: 'true' }, { worklogs: true }],
    [
      { JIRA_BASE_URL: '', JIRA_URL: 'https://b.atlassian.net/browse/X-1' },
      { baseUrl: 'https://b.atlassian.net' },
    ],
    [
      { JIRA_API_TOKEN: '', JIRA_USERNAME: '', JIRA_PERSONAL_TOKEN: 'p' },
      { auth: { token: 'env:JIRA_PERSONAL_TOKEN' } },
    ],
  ])('%j sets options of the connector: %j', async (env, config) => {
    expect(await configOf(env)).toMatchObject(config);
  });

  it('sets what the engine looks after', async () => {
    const { sources } = await readSources({
      JIRA_OUTPUT_DIR: '/mirror/jira',
      JIRA_INCREMENTAL_SYNC: 'false',
      JIRA_REQUEST_TIMEOUT: '30',
      JIRA_MAX_RETRIES: '3',
    });

    expect(sources).toMatchObject([
      { dir: '/mirror/jira', full: true, limits: { timeoutMs: 30_000, retries: 3 } },
    ]);
  });

  it('warns of what does nothing, but not of what is done anyway', async () => {
    const quiet = await readSources({ JIRA_INCLUDE_ATTACHMENTS: 'true' });
    const told = await readSources({ JIRA_INCLUDE_ATTACHMENTS: 'false', JIRA_SYNC_INTERVAL: '9' });

    expect(quiet.warnings).toEqual([]);
    expect(told.warnings.join('\n')).toMatch(/JIRA_INCLUDE_ATTACHMENTS[^]*JIRA_SYNC_INTERVAL/);
  });
});
