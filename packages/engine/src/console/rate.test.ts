import { describe, expect, it } from 'vitest';

import { Rate } from './rate.ts';

describe('Rate', () => {
  it('knows nothing before anything was done', () => {
    const rate = new Rate(0);

    expect(rate.perSecond(5000)).toBeUndefined();
    expect(rate.secondsLeft(5000, 100)).toBeUndefined();
  });

  it('tells speed and time left from steady progress', () => {
    const rate = new Rate(0);

    for (let second = 1; second <= 30; second += 1) rate.add(second * 1000, second * 12);

    expect(rate.perSecond(30_000)).toBeCloseTo(12);
    expect(rate.secondsLeft(30_000, 3980)).toBe(302);
  });

  it('forgets the pace of more than half a minute ago', () => {
    const rate = new Rate(0);

    rate.add(1000, 1000);
    for (let second = 2; second <= 120; second += 1) rate.add(second * 1000, 1000 + second);

    expect(rate.perSecond(120_000)).toBeCloseTo(1, 1);
  });

  it('slows down while nothing comes', () => {
    const rate = new Rate(0);

    rate.add(1000, 100);

    expect(rate.perSecond(100_000)).toBeCloseTo(1);
  });

  it('does not tell a time left when more came than was expected', () => {
    const rate = new Rate(0);

    rate.add(1000, 11);

    expect(rate.secondsLeft(1000, 10)).toBeUndefined();
  });
});
