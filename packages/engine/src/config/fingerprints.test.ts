import fc from 'fast-check';
import { expect, it } from 'vitest';

import { wikiDefinition } from './__fixtures__/wiki-project.ts';
import { fingerprints } from './fingerprints.ts';

const config = {
  baseUrl: 'https://wiki.example',
  spaces: ['ENG'],
  maxPages: 5,
  labels: ['a'],
  auth: { username: 'jo', token: 'env:A' },
};

function changed(change: object): string[] {
  const before = fingerprints(wikiDefinition, config);
  const after = fingerprints(wikiDefinition, { ...config, ...change });
  return (['scope', 'render', 'identity'] as const).filter((kind) => before[kind] !== after[kind]);
}

it('changes with the fields of its effect alone', () => {
  expect(changed({ baseUrl: 'https://other.example' })).toEqual(['identity']);
  expect(changed({ spaces: ['ENG', 'HR'] })).toEqual(['scope']);
  expect(changed({ labels: [] })).toEqual(['render']);
  expect(changed({ auth: { username: 'al', token: 'env:A' } })).toEqual(['render']);
  expect(changed({ maxPages: 6 })).toEqual([]);
});

it('does not change with a secret', () => {
  expect(changed({ auth: { username: 'jo', token: 'env:B' } })).toEqual([]);
});

it('does not depend on the order of keys or on fields left out', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (any) => {
      const turned = Object.fromEntries(
        [...Object.entries(any), ['gone', undefined] as const].reverse(),
      );
      const { gone: _, ...expected } = any;
      expect(fingerprints({}, turned)).toEqual(fingerprints({}, 'gone' in any ? expected : any));
    }),
  );
});
