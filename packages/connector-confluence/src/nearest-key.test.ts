import { describe, expect, it } from 'vitest';

import { findNearest } from './nearest-key.ts';

describe('findNearest', () => {
  it.each([
    ['eng', ['HR', 'ENG'], 'ENG'],
    ['ENGG', ['HR', 'ENG'], 'ENG'],
    ['PLATFROM', ['PLATFORM', 'PLAT'], 'PLATFORM'],
    ['SALES', ['ENG', 'HR'], undefined],
    ['ENG', [], undefined],
  ])('for %s among %j gives %s', (word, candidates, nearest) => {
    expect(findNearest(word, candidates)).toBe(nearest);
  });
});
