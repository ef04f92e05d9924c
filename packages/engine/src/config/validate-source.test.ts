import { describe, expect, it } from 'vitest';

import { openWikiProject, problemLines, wikiDefinition } from './__fixtures__/wiki-project.ts';
import type { ProjectOptions } from './project.ts';
import { validateSourceConfig } from './validate-source.ts';

async function validate(source: string, options: Partial<ProjectOptions> = {}) {
  const text =
    source === ''
      ? {}
      : { 'work/context-sync.config.yaml': `sources:\n  docs:\n    type: wiki\n${source}` };
  const { sources } = await openWikiProject(text, options);
  const [first] = sources;
  if (first === undefined) throw new Error('There is no source.');
  return validateSourceConfig(first, wikiDefinition);
}

const good = `    baseUrl: https://wiki.example
    auth: { username: jo, token: env:T }
`;

describe('validateSourceConfig', () => {
  it("gives the config as the connector's schema reads it", async () => {
    expect(await validate(good)).toEqual({
      baseUrl: 'https://wiki.example',
      auth: { username: 'jo', token: 'env:T' },
    });
  });

  it('tells every fault with its place and what was meant', async () => {
    const source = `    baseUrl: not a url
    auth: { username: jo, tokn: env:T }
    labels: ENG
    maxPage: 4
    maxDelet: 4
`;

    expect(await problemLines(validate(source))).toEqual([
      'context-sync.config.yaml:4:14  sources.docs.baseUrl  Invalid URL ("not a url")',
      'context-sync.config.yaml:5:5  sources.docs.auth.token  This is missing — set WIKI_TOKEN, or write sources.docs.auth.token: env:WIKI_TOKEN',
      'context-sync.config.yaml:5:27  sources.docs.auth.tokn  Unknown key — did you mean token?',
      'context-sync.config.yaml:6:13  sources.docs.labels  Expected a list, got text — write: labels: [ENG]',
      'context-sync.config.yaml:7:5  sources.docs.maxPage  Unknown key — did you mean maxPages?',
      'context-sync.config.yaml:8:5  sources.docs.maxDelet  Unknown key — did you mean maxDelete?',
    ]);
  });

  it('names the variables behind fields of the environment', async () => {
    const env = { WIKI_BASE_URL: 'nowhere' };

    expect(await problemLines(validate('', { env }))).toEqual([
      'environment  sources.wiki.baseUrl  Invalid URL ("nowhere") — it comes from the variable WIKI_BASE_URL',
      'environment  sources.wiki.auth  This is missing — set WIKI_USERNAME and WIKI_TOKEN',
    ]);
  });

  it.each([
    ['a secret of the wrong type', 'auth: { username: jo, token: 83920173 }'],
    ['a text where a group with a secret belongs', 'auth: "jo:s3cr3t-t0ken"'],
    ['a secret in a list', 'auth: { username: jo, token: [s3cr3t-t0ken] }'],
    ['an address with a login', 'baseUrl: "ht tp://jo:s3cr3t-t0ken@wiki.example"'],
  ])('shows no secret: %s', async (_, line) => {
    const lines = (await problemLines(validate(`    ${line}\n`))).join('\n');

    expect(lines).toMatch(/sources\.docs\.(auth|baseUrl)/);
    expect(lines).not.toMatch(/s3cr3t|83920173/);
  });

  it('shows no secret that the schema itself tells', async () => {
    const { sources } = await openWikiProject({
      'work/context-sync.config.yaml':
        'sources:\n  docs: { type: wiki, auth: { token: s3cr3t-t0ken } }\n',
    });
    const [source] = sources;
    const chatty = {
      ...wikiDefinition,
      configSchema: {
        '~standard': {
          version: 1 as const,
          vendor: 'test',
          validate: () => ({
            issues: [{ message: 'Bad token s3cr3t-t0ken', path: [{ key: 'auth' }, 'token'] }],
          }),
        },
      },
    };

    const lines =
      source === undefined ? [] : await problemLines(validateSourceConfig(source, chatty));

    expect(lines).toEqual([
      'context-sync.config.yaml:2:38  sources.docs.auth.token  Bad token ********',
    ]);
  });
});
