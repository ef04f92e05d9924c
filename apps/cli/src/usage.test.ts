import { describe, expect, it } from 'vitest';

import { nextCommandOf } from './next-command.ts';
import { closest } from './usage.ts';

describe('closest', () => {
  it.each([
    ['confluense', 'confluence'],
    ['JIRA', 'jira'],
    ['ji', 'jira'],
    ['zebra', undefined],
    ['', undefined],
  ])('%j means %j', (word, expected) => {
    expect(closest(word, ['confluence', 'jira'])).toBe(expected);
  });
});

describe('nextCommandOf', () => {
  it('repeats the config and the root of this command, quoted for a shell', () => {
    const nextCommand = nextCommandOf({ config: 'a.yaml', root: "/my folder/it's" });

    expect(nextCommand('sync', 'wiki:ENG')).toBe(
      String.raw`context-sync sync wiki:ENG --config a.yaml --root '/my folder/it'\''s'`,
    );
  });
});
