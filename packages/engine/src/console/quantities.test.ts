import { describe, expect, it } from 'vitest';

import { countOf, formatAge, formatBytes, formatCount, formatDuration } from './quantities.ts';

describe('quantities', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1204, '1,204'],
    [12_345_678, '12,345,678'],
  ])('writes the count %d as %s', (value, expected) => {
    expect(formatCount(value)).toBe(expected);
  });

  it('uses the singular for one alone', () => {
    expect([countOf(0, 'page'), countOf(1, 'page'), countOf(2, 'try', 'tries')]).toEqual([
      '0 pages',
      '1 page',
      '2 tries',
    ]);
  });

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [14_230_000, '14.2 MB'],
    [999_960_000, '1.0 GB'],
  ])('writes %d bytes as %s', (value, expected) => {
    expect(formatBytes(value)).toBe(expected);
  });

  it.each([
    [40, '0.0 s'],
    [3100, '3.1 s'],
    [59_990, '1m 00s'],
    [231_000, '3m 51s'],
    [7_500_000, '2h 05m'],
  ])('writes %d ms as %s', (value, expected) => {
    expect(formatDuration(value)).toBe(expected);
  });

  it.each([
    ['2026-11-23T14:00:00Z', 'just now'],
    ['2026-11-23T13:48:00Z', '12 minutes ago'],
    ['2026-11-23T13:00:00Z', '1 hour ago'],
    ['2026-11-20T13:00:00Z', '3 days ago'],
    ['2027-01-01T00:00:00Z', 'just now'],
    ['yesterday', 'at an unknown time'],
  ])('tells the age of %s as %s', (then, expected) => {
    expect(formatAge(then, Date.parse('2026-11-23T14:00:30Z'))).toBe(expected);
  });
});
