import { describe, expect, it } from 'vitest';

import { closest } from './closest.ts';

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
