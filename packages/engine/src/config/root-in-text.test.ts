import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { readQuickRoot } from './root-in-text.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'context-sync-test-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function quickRoot(name: string, text: string): unknown {
  writeFileSync(join(folder, name), text);
  return readQuickRoot(join(folder, name));
}

describe('the root of a YAML file', () => {
  it.each([
    ['version: 1\nroot: ~/mirror\nsources: {}\n', '~/mirror'],
    ['root: ./a b # here\n', './a b'],
    ['root: "a b"\n', 'a b'],
    ["root: 'a b'\r\n", 'a b'],
    ['sources:\n  wiki:\n    root: other\nroot: mine\n', 'mine'],
  ])('%j is found', async (text, root) => {
    expect(await quickRoot('context-sync.config.yaml', text)).toEqual({ root });
  });

  it.each(['version: 1\nsources: {}\n', 'sources:\n  wiki:\n    root: other\n'])(
    '%j has none',
    async (text) => {
      expect(await quickRoot('.context-syncrc', text)).toEqual({ root: undefined });
    },
  );

  it.each([
    '',
    '{ root: a }',
    'root: |\n  a\n',
    'root: "a\\u0020b"\n',
    'root: a\nroot: b\n',
    'root:\n',
    'root: *anchor\n',
    '"root": a\n',
    'root: [a]\n',
    '--- {root: a}\n',
  ])('%j is left to the parser', async (text) => {
    expect(await quickRoot('context-sync.config.yml', text)).toBe('unknown');
  });
});

describe('the root of a JSON file', () => {
  it('is found, or left to the parser that tells faults', async () => {
    expect(await quickRoot('a.json', '{"root": "x"}')).toEqual({ root: 'x' });
    expect(await quickRoot('a.json', '{"sources": {}}')).toEqual({ root: undefined });
    expect(await quickRoot('a.json', '{"root": 1}')).toBe('unknown');
    expect(await quickRoot('a.json', '{"root": ')).toBe('unknown');
    expect(await quickRoot('package.json', '{"root": "x"}')).toBe('unknown');
    expect(await quickRoot('a.ts', '')).toBe('unknown');
  });
});
