import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { definitionCode } from '../discovery/__fixtures__/folder-tree.ts';
import { openWikiProject, problemLines } from './__fixtures__/wiki-project.ts';
import { requireSources } from './require-sources.ts';

const file = 'work/context-sync.config.yaml';

const good = `version: 1
root: ../mirror
defaults: { limits: { requestsPerSecond: 5, retries: 2 }, reconcileEvery: 12h, output: markdown }
sources:
  docs:
    type: wiki
    baseUrl: https://wiki.example
    auth: { username: jo@example.com, token: env:DOCS_TOKEN }
    limits: { retries: 7 }
    maxDelete: 25%
    durability: power
    output: html
  old:
    type: wiki
    enabled: false
    maxDelete: 40
    reconcileEvery: 90m
`;

describe('openProject with a config file', () => {
  it('reads the sources, what belongs to the engine apart', async () => {
    const { sources, root, rootFrom, folder, directory } = await openWikiProject({ [file]: good });

    expect({ root, rootFrom, directory }).toEqual({
      root: join(folder, 'mirror'),
      rootFrom: 'config',
      directory: join(folder, 'work'),
    });
    expect(sources).toMatchObject([
      {
        name: 'docs',
        type: 'wiki',
        enabled: true,
        limits: { requestsPerSecond: 5, retries: 7 },
        maxDelete: { fraction: 0.25 },
        reconcileEveryMs: 43_200_000,
        durability: 'power',
        output: 'html',
        secrets: ['auth.token'],
      },
      {
        name: 'old',
        enabled: false,
        output: 'markdown',
        maxDelete: { count: 40 },
        reconcileEveryMs: 5_400_000,
      },
    ]);
    expect(sources[0]?.config).toEqual({
      baseUrl: 'https://wiki.example',
      auth: { username: 'jo@example.com', token: 'env:DOCS_TOKEN' },
    });
  });

  it('tells every problem at once, with its place', async () => {
    const text = `version: 2
root: 5
sorces: {}
defaults: { maxDelet: 3 }
sources:
  My Wiki: { type: wiki }
  nul: { type: wiki }
  docs:
    connector: 7
    maxDelete: lots
    reconcileEvery: 3
    limits: { retrys: 1 }
  none: {}
  text: hello
  odd: { type: 5 }
`;

    const lines = await problemLines(openWikiProject({ [file]: text }));

    const place = 'context-sync.config.yaml';
    expect(lines).toEqual([
      `${place}:1:10  version  This context-sync reads configs of version 1; write: version: 1`,
      `${place}:3:1  sorces  Unknown key — did you mean sources?`,
      `${place}:4:13  defaults.maxDelet  Unknown key — did you mean maxDelete?`,
      `${place}:6:3  sources.My Wiki  A source is named with 1 to 40 lower-case letters, digits and "-", for it names a folder — write my-wiki:`,
      `${place}:7:3  sources.nul  This name cannot be a folder on Windows`,
      `${place}:12:15  sources.docs.limits.retrys  Unknown key — did you mean retries?`,
      `${place}:10:16  sources.docs.maxDelete  Expected a number of documents or a percentage, e.g. 50 or 25% ("lots")`,
      `${place}:11:21  sources.docs.reconcileEvery  Expected a time with its unit, e.g. 12h or 1d`,
      `${place}:9:16  sources.docs.connector  Expected the name of a connector, its path, or an imported definition — write e.g. type: wiki`,
      `${place}:13:3  sources.none.type  This is missing — write e.g. type: wiki`,
      `${place}:14:9  sources.text  Expected a group of fields, got text`,
      `${place}:15:16  sources.odd.type  Expected text, got a number`,
      `${place}:2:7  root  Expected the path of a folder — write e.g. root: ~/context-sync`,
    ]);
  });

  it('adds what the connectors of its sources find wrong', async () => {
    const code = definitionCode('local').replace(
      '(value) => ({ value })',
      "() => ({ issues: [{ message: 'No such colour', path: ['colour'] }] })",
    );
    const text =
      'sources:\n  a: { connector: ./local.mjs, colour: red }\n  b: {}\n  c: { type: jira }\n';

    const lines = await problemLines(openWikiProject({ [file]: text, 'work/local.mjs': code }));

    expect(lines).toEqual([
      'context-sync.config.yaml:3:3  sources.b.type  This is missing — write e.g. type: wiki',
      'context-sync.config.yaml:2:40  sources.a.colour  No such colour ("red")',
      expect.stringMatching(
        /^context-sync\.config\.yaml:4:3 {2}sources\.c {2}Source "c" needs the connector "jira", which is not installed\. — npm install /,
      ),
    ]);
  });

  it('tells the other faults of a source whose connector or settings are wrong, each with a guess', async () => {
    const text = `sources:
  a:
    connectr: ./local.mjs
    baseUlr: https://wiki.example
    spacs: [A]
  b: { connector: ./local.mjs, maxDelete: lots, enabld: true }
`;
    const code = definitionCode('local')
      .replace(
        '(value) => ({ value })',
        "(value) => ({ issues: [{ message: 'Unknown', path: [], keys: Object.keys(value) }] })",
      )
      .replace(
        "type: 'local'",
        "type: 'local', configEffects: { baseUrl: 'none', spaces: 'none' }",
      );

    const lines = await problemLines(openWikiProject({ [file]: text, 'work/local.mjs': code }));

    const place = 'context-sync.config.yaml';
    expect(lines).toEqual([
      `${place}:3:5  sources.a.connectr  Unknown key — did you mean connector?`,
      `${place}:6:43  sources.b.maxDelete  Expected a number of documents or a percentage, e.g. 50 or 25% ("lots")`,
      `${place}:4:5  sources.a.baseUlr  Unknown key — did you mean baseUrl?`,
      `${place}:5:5  sources.a.spacs  Unknown key — did you mean spaces?`,
      `${place}:6:49  sources.b.enabld  Unknown key — did you mean enabled?`,
    ]);
  });

  it('takes a connector that a TypeScript config imports', async () => {
    const config =
      "import wiki from './wiki.ts';\nexport default { sources: { docs: { connector: wiki, a: 1 } } };";

    const { sources } = await openWikiProject({
      'work/context-sync.config.ts': config,
      'work/wiki.ts': definitionCode('own', '1.0', "secrets: ['key'],"),
    });

    expect(sources).toMatchObject([
      { type: 'own', secrets: ['key'], config: { a: 1 }, connectorReference: { name: 'own' } },
    ]);
    expect(sources[0]?.connectorReference.definition?.type).toBe('own');
  });

  it('warns of a secret that stands in the config, without telling it', async () => {
    const text = 'sources:\n  docs: { type: wiki, auth: { token: s3cr3t-t0ken } }\n';

    const { warnings } = await openWikiProject({ [file]: text });

    expect(warnings).toEqual([expect.stringContaining('sources.docs.auth.token holds the secret')]);
    expect(warnings.join()).not.toContain('s3cr3t');
  });

  it('refuses kinds of secret references that are not supported', async () => {
    const text = 'sources:\n  docs: { type: wiki, auth: { token: "keychain:a/b" } }\n';

    const [line] = await problemLines(openWikiProject({ [file]: text }));

    expect(line).toBe(
      'context-sync.config.yaml:2:38  sources.docs.auth.token  References that begin with keychain: are not supported yet — write env:NAME or file:PATH',
    );
  });

  it('leaves a connector that is not installed to the run', async () => {
    const { sources } = await openWikiProject({ [file]: 'sources: { a: { type: jira } }\n' });

    expect(sources).toMatchObject([{ name: 'a', type: 'jira', secrets: [] }]);
  });
});

describe('the environment', () => {
  const env = {
    WIKI_URL: 'https://env.example',
    WIKI_USERNAME: ' jo@example.com ',
    WIKI_TOKEN: 's3cr3t-t0ken',
    WIKI_SPACES: 'ENG, HR,,',
    WIKI_INCREMENTAL: 'False',
    WIKI_TIMEOUT: '30',
    WIKI_RETRIES: '3',
    WIKI_FORMAT: 'html',
  };

  it('makes a source without any config file', async () => {
    const { sources, configFile, warnings } = await openWikiProject({}, { env });

    expect(configFile).toBeUndefined();
    expect(sources).toMatchObject([
      { name: 'wiki', type: 'wiki', full: true, limits: { timeoutMs: 30_000, retries: 3 } },
    ]);
    expect(sources[0]?.config).toEqual({
      baseUrl: 'https://env.example',
      auth: { username: 'jo@example.com', token: 'env:WIKI_TOKEN' },
      spaces: ['ENG', 'HR'],
    });
    expect(warnings).toEqual(['WIKI_FORMAT is set and does nothing: the mirror is Markdown.']);
  });

  it('makes none when a required variable is missing or blank', async () => {
    const { sources } = await openWikiProject({}, { env: { ...env, WIKI_URL: ' ' } });

    expect(sources).toEqual([]);
  });

  it('fills only what the config file leaves empty', async () => {
    const text = `sources:
  docs: { type: wiki, baseUrl: https://file.example, auth: { token: }, limits: { retries: 1 } }
  own: { type: wiki, baseUrl: https://own.example, spaces: [OPS] }
`;

    const { sources } = await openWikiProject({ [file]: text }, { env });

    expect(sources[0]).toMatchObject({
      config: {
        baseUrl: 'https://file.example',
        auth: { token: 'env:WIKI_TOKEN' },
        spaces: ['ENG', 'HR'],
      },
      limits: { retries: 1, timeoutMs: 30_000 },
    });
    expect(sources[1]?.config).toMatchObject({ spaces: ['OPS'] });
    expect(sources[0]?.origin(['auth', 'token'])).toEqual({
      from: 'environment',
      variable: 'WIKI_TOKEN',
    });
    expect(sources[0]?.origin(['baseUrl'])).toEqual({
      from: 'file',
      file: 'context-sync.config.yaml',
      line: 2,
      column: 32,
    });
  });

  it('makes the sources of a config file that has none of its own', async () => {
    const withRoot = await openWikiProject({ [file]: 'root: ../mirror\n' }, { env });
    const withNone = await openWikiProject({ [file]: 'sources: {}\n' }, { env });

    expect(withRoot.sources.map(({ name }) => name)).toEqual(['wiki']);
    expect(withNone.sources).toEqual([]);
  });

  it('is told when a value cannot be read', async () => {
    const wrong = { ...env, WIKI_TIMEOUT: 'soon', WIKI_INCREMENTAL: 'perhaps' };

    const lines = await problemLines(openWikiProject({}, { env: wrong }));

    expect(lines).toEqual([
      'environment  WIKI_INCREMENTAL  Expected true or false, got "perhaps"',
      'environment  WIKI_TIMEOUT  Expected a number, e.g. 30, got "soon"',
    ]);
  });

  it('passes a word on as it is', async () => {
    const { sources } = await openWikiProject({}, { env: { ...env, WIKI_SPACES: 'all' } });

    expect(sources[0]?.config['spaces']).toBe('all');
  });
});

describe('requireSources', () => {
  it('tells how to configure one', async () => {
    const nothing = await openWikiProject({});
    const empty = await openWikiProject({ [file]: 'sources: {}\n' });

    expect(await problemLines(requireSources(nothing))).toEqual([
      `environment  There is no config file in ${nothing.folder}/work or above it, and the environment configures no source — write a context-sync.config.yaml, or set WIKI_BASE_URL`,
    ]);
    expect(await problemLines(requireSources(empty))).toEqual([
      'context-sync.config.yaml  sources  No source is configured — write one below "sources:"',
    ]);
  });
});
