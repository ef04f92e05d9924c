import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { findJsonFault } from './json-fault.ts';

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('findJsonFault', () => {
  it('finds none in what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 2, '\t'), (text, indent) => {
        expect(findJsonFault(JSON.stringify(JSON.parse(text), null, indent))).toBeUndefined();
      }),
    );
  });

  it('agrees with JSON.parse on damaged texts', () => {
    const damage = fc.tuple(
      fc.json(),
      fc.nat(),
      fc.nat(3),
      fc.constantFrom('', ',', '}', '"', '0', 'x', "'", '\t'),
    );
    fc.assert(
      fc.property(damage, ([text, at, cut, put]) => {
        const start = at % (text.length + 1);
        const damaged = text.slice(0, start) + put + text.slice(start + cut);
        expect(findJsonFault(damaged) === undefined).toBe(parses(damaged));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['{"a": 1,}', 7, 'A comma before "}" is not allowed'],
    ['{"a": 1 "b": 2}', 8, 'Expected "," or "}"'],
    ['{a: 1}', 1, 'Expected a key in double quotes'],
    ['{"a" 1}', 5, 'Expected ":" behind the key'],
    ['{"a": \'b\'}', 6, 'Text needs double quotes'],
    ['// note\n{}', 0, 'JSON has no comments'],
    ['{"a": 1', 7, 'Expected "}" before the end of the file'],
    ['{} {}', 3, 'Expected the end of the file'],
    ['[01]', 1, 'Expected a value: text in double quotes'],
  ])('tells the place of the fault in %s', (text, offset, message) => {
    const fault = findJsonFault(text);

    expect(fault?.offset).toBe(offset);
    expect(fault?.message).toContain(message);
  });

  it('does not run out of stack on deep nesting', () => {
    expect(findJsonFault('['.repeat(100_000))?.message).toMatch(/nested more than 200 deep/);
  });
});
