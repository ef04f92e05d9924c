import { expect, it } from 'vitest';

import { fingerprints } from './fingerprints.ts';
import { hideSecrets, secretProblems } from './secret-fields.ts';
import type { SourceConfig } from './source-config.ts';

const secrets = ['headers.*'];

function sourceWith(headers: Record<string, string>): SourceConfig {
  return {
    name: 'wiki',
    type: 'wiki',
    connectorReference: { name: 'wiki' },
    enabled: true,
    config: { headers },
    secrets,
    variables: {},
    origin: () => ({ from: 'default' }),
  };
}

it('warns of each literal below a secret group, and shows none', () => {
  const source = sourceWith({ 'X-Key': 'literal-1', 'X-Other': 'env:OTHER', 'X-Vault': 'op:x' });

  const { warnings, problems } = secretProblems(source);

  expect(warnings).toEqual([expect.stringMatching(/^sources\.wiki\.headers\.X-Key holds/)]);
  expect(problems).toMatchObject([{ path: 'sources.wiki.headers.X-Vault' }]);
  expect(JSON.stringify([warnings, problems])).not.toContain('literal-1');
  expect(hideSecrets('It said literal-1.', source.config, secrets)).toBe('It said ********.');
});

it('keeps the values below a secret group out of fingerprints', () => {
  const print = (value: string) => fingerprints({ secrets }, { headers: { 'X-Key': value } });

  expect(print('env:ONE')).toEqual(print('env:TWO'));
});
