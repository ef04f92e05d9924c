import { readFile } from 'node:fs/promises';

import definition from '@context-sync/connector-confluence';
import { describe, expect, it } from 'vitest';

import { environmentSources, type ReadSources } from '../src/config/environment-sources.ts';
import type { FoundConnector } from '../src/discovery/found-connector.ts';
import { type ConnectorManifest, readManifest } from '../src/discovery/manifest.ts';

const manifestFile = new URL('../../connector-confluence/package.json', import.meta.url);

const required = {
  CONFLUENCE_BASE_URL: 'https://acme.atlassian.net',
  CONFLUENCE_USERNAME: 'jane@acme.com',
  CONFLUENCE_API_TOKEN: 'secret',
  CONFLUENCE_SPACE_KEYS: 'ENG, OPS',
};

async function readConnector(): Promise<ConnectorManifest> {
  const { 'context-sync': value } = JSON.parse(await readFile(manifestFile, 'utf8')) as {
    'context-sync': unknown;
  };
  const read = await readManifest(value);
  const [connector] = 'manifest' in read ? read.manifest.connectors : [];
  return connector ?? expect.fail('The manifest has no connector.');
}

async function readSources(env: Record<string, string>): Promise<ReadSources> {
  const { type, title, contract, secrets = [], environment = [] } = await readConnector();
  const root: FoundConnector['root'] = { kind: 'project', directory: '.', looked: '' };
  const entry = { from: 'config', definition } as const;
  const named = { type, title, contract, package: 'confluence', version: '1.0.0' };
  return environmentSources([{ ...named, root, secrets, environment, entry }], {
    ...required,
    ...env,
  });
}

async function configOf(env: Record<string, string>): Promise<unknown> {
  const { sources } = await readSources(env);
  const read = await definition.configSchema['~standard'].validate(sources[0]?.config);
  return read.issues === undefined ? read.value : expect.fail(JSON.stringify(read.issues));
}

describe('the environment of a Confluence source', () => {
  it.each([
    [{}, { spaces: ['ENG', 'OPS'], auth: { username: 'jane@acme.com' } }],
    [{ CONFLUENCE_SPACE_KEYS: 'all' }, { spaces: 'all' }],
    [{ CONFLUENCE_INCLUDE_ATTACHMENTS: 'true' }, { attachments: { download: true } }],
    [{ CONFLUENCE_INCLUDE_ATTACHMENTS: '1' }, { attachments: { download: true } }],
    [{ CONFLUENCE_INCLUDE_ATTACHMENTS: 'no' }, { attachments: { download: false } }],
    [{ CONFLUENCE_MAX_PAGES: '100' }, { maxPages: 100 }],
    [{ CONFLUENCE_MAX_PAGES: '0' }, { maxPages: 0 }],
    [
      { CONFLUENCE_BASE_URL: '', CONFLUENCE_URL: 'https://b.atlassian.net/wiki' },
      { baseUrl: 'https://b.atlassian.net/wiki' },
    ],
    [
      { CONFLUENCE_API_TOKEN: '', CONFLUENCE_USERNAME: '', CONFLUENCE_PERSONAL_TOKEN: 'p' },
      { auth: { token: 'env:CONFLUENCE_PERSONAL_TOKEN' } },
    ],
  ])('%j sets options of the connector: %j', async (env, config) => {
    expect(await configOf(env)).toMatchObject(config);
  });

  it('sets what the engine looks after', async () => {
    const { sources } = await readSources({
      CONFLUENCE_OUTPUT_DIR: '/home/jane/wiki',
      CONFLUENCE_INCREMENTAL_SYNC: 'false',
      CONFLUENCE_REQUEST_TIMEOUT: '30',
      CONFLUENCE_MAX_RETRIES: '3',
      CONFLUENCE_OUTPUT_FORMAT: 'HTML',
    });

    expect(sources).toMatchObject([
      {
        dir: '/home/jane/wiki',
        full: true,
        limits: { timeoutMs: 30_000, retries: 3 },
        output: 'html',
      },
    ]);
  });

  it.each([
    ['CONFLUENCE_SYNC_INTERVAL', '3600'],
    ['CONFLUENCE_SEARCH_CONTEXT_LINES', '3'],
    ['CONFLUENCE_MAX_SEARCH_RESULTS', '50'],
    ['CONFLUENCE_PROCESSED_DIR', '/home/jane/processed'],
  ])('is told when %s does nothing', async (name, value) => {
    const { warnings, problems } = await readSources({ [name]: value });

    expect(warnings).toEqual([expect.stringContaining(`${name} is set and does nothing: `)]);
    expect(problems).toEqual([]);
  });

  it.each(['markdown', 'md'])('takes the output %s for Markdown', async (format) => {
    const { sources, warnings } = await readSources({ CONFLUENCE_OUTPUT_FORMAT: format });

    expect(warnings).toEqual([]);
    expect(sources[0]?.output ?? 'markdown').toBe('markdown');
  });

  it('refuses an output that there is not', async () => {
    const { problems } = await readSources({ CONFLUENCE_OUTPUT_FORMAT: 'pdf' });

    expect(problems).toEqual([
      { path: 'CONFLUENCE_OUTPUT_FORMAT', message: 'Expected markdown or html, got "pdf"' },
    ]);
  });
});
