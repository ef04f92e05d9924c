import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { toTitlePattern } from './title-pattern.ts';

describe('a pattern for titles', () => {
  it.each([
    ['Runbook*', 'Runbook for login', true],
    ['Runbook*', 'Old Runbook', false],
    ['*runbook', 'Old Runbook', true],
    ['*run*book*', 'The run of a book', true],
    ['*run*book*', 'The book of a run', false],
    ['Plan 202?', 'Plan 2026', true],
    ['Plan 202?', 'Plan 202', false],
    ['Plan 202?', 'Plan 20266', false],
    ['?', '👍', true],
    ['über*', 'ÜBER uns', true],
    ['Caf\u00e9', 'Cafe\u0301', true],
    ['Cafe', 'Café', false],
    ['[draft] (1.0)*', '[Draft] (1.0) of it', true],
    ['a.c', 'abc', false],
    ['aba*aba', 'aba', false],
    ['aba*aba', 'abaaba', true],
    ['*', '', true],
    ['**', 'anything', true],
    ['Line*', 'Line\nbreak', true],
  ])('%s and the title %j: %j', (pattern, title, expected) => {
    expect(toTitlePattern(pattern)(title)).toBe(expected);
  });

  it('fits every title that it was made from', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), fc.string(), (parts, between) => {
        const plain = parts.map((part) => part.replaceAll(/[*?\s]/g, '').toLowerCase());
        expect(toTitlePattern(plain.join('*'))(plain.join(between.trim()))).toBe(true);
      }),
    );
  });

  it('with many stars is not tried in every way', () => {
    const fits = toTitlePattern(`${'*a'.repeat(60)}*b`);

    expect(fits('a'.repeat(255))).toBe(false);
  });
});
