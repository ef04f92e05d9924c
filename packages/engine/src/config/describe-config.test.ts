import { expect, it } from 'vitest';

import { openWikiProject } from './__fixtures__/wiki-project.ts';
import { describeConfig } from './describe-config.ts';

const text = `root: ../mirror
defaults: { reconcileEvery: 1h }
sources:
  docs:
    type: wiki
    baseUrl: https://jo:s3cr3t@wiki.example
    auth: { username: jo, token: s3cr3t }
  other:
    connector: '@acme/unknown'
    apiKey: s3cr3t
    password: env:OTHER_PASSWORD
    nested: [{ accessToken: s3cr3t }]
`;

it('tells what is used and where each field comes from, without a secret', async () => {
  const project = await openWikiProject(
    { 'work/context-sync.config.yaml': text },
    { env: { WIKI_SPACES: 'ENG', WIKI_RETRIES: '3' } },
  );

  const described = describeConfig(project);

  expect(JSON.stringify(described)).not.toContain('s3cr3t');
  expect(described.sources).toEqual({
    docs: {
      type: 'wiki',
      enabled: true,
      reconcileEveryMs: 3_600_000,
      limits: { retries: 3 },
      baseUrl: 'https://********@wiki.example',
      auth: { username: 'jo', token: '********' },
      spaces: ['ENG'],
    },
    other: {
      type: '@acme/unknown',
      enabled: true,
      reconcileEveryMs: 3_600_000,
      apiKey: '********',
      password: 'env:OTHER_PASSWORD',
      nested: [{ accessToken: '********' }],
    },
  });
  expect(described.provenance).toMatchObject({
    root: 'config',
    'sources.docs.baseUrl': 'context-sync.config.yaml:6:14',
    'sources.docs.auth.token': 'context-sync.config.yaml:7:34',
    'sources.docs.spaces': 'WIKI_SPACES',
    'sources.docs.limits.retries': 'WIKI_RETRIES',
    'sources.docs.enabled': 'default',
    'sources.docs.reconcileEveryMs': 'context-sync.config.yaml:2:29',
  });
});
