import { describe, expect, it } from 'vitest';

import { exportPath } from './export-path.ts';

describe('exportPath', () => {
  it.each([
    ['a text', './a.js', '.', './a.js'],
    ['conditions', { import: './a.js', default: './b.js' }, '.', './a.js'],
    [
      'the first that matches, in the order of the package',
      { default: './b.js', import: './a.js' },
      '.',
      './b.js',
    ],
    [
      'conditions inside conditions',
      { node: { browser: './x.js', default: './a.js' } },
      '.',
      './a.js',
    ],
    ['a list of alternatives', [{ browser: './x.js' }, './a.js'], '.', './a.js'],
    ['a subpath', { './jira': { default: './jira.js' } }, './jira', './jira.js'],
    ['a subpath that is closed', { '.': './a.js', './jira': null }, './jira', undefined],
    ['a subpath that is not there', { '.': './a.js' }, './jira', undefined],
    ['a subpath of a package with one export', './a.js', './jira', undefined],
    ['conditions that do not match', { browser: './a.js' }, '.', undefined],
  ])('reads %s', (_, exports, subpath, expected) => {
    expect(exportPath({ exports }, subpath, ['node', 'import'])).toBe(expected);
  });

  it('falls back to main and index.js without exports', () => {
    expect(exportPath({ main: 'lib/a.js' }, '.', [])).toBe('lib/a.js');
    expect(exportPath({}, '.', [])).toBe('./index.js');
    expect(exportPath({}, './jira.js', [])).toBe('./jira.js');
  });
});
