import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { findJsonFaults } from './json-fault.ts';

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('findJsonFaults', () => {
  it('finds none in what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 2, '\t'), (text, indent) => {
        expect(findJsonFaults(JSON.stringify(JSON.parse(text), null, indent))).toEqual([]);
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
        expect(findJsonFaults(damaged).length === 0).toBe(parses(damaged));
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
    const [fault] = findJsonFaults(text);

    expect(fault?.offset).toBe(offset);
    expect(fault?.message).toContain(message);
  });

  it('tells every fault as long as it can tell what is meant', () => {
    const text = `// The wiki.
{
  root: "./context",
  'version': 1,
  "defaults": { "limits": { "retries": 03, }, },
  "sources": { "wiki": { "token": 'env:X' "spaces": [A, , "B",] } },
  "last": "open
}`;

    expect(
      findJsonFaults(text).map(({ offset, message }) => [
        text.slice(0, offset).split('\n').length,
        message.slice(0, 30),
      ]),
    ).toEqual([
      [1, 'JSON has no comments'],
      [3, 'Expected a key in double quote'],
      [4, 'Expected a key in double quote'],
      [5, 'Expected a value: text in doub'],
      [5, 'A comma before "}" is not allo'],
      [5, 'A comma before "}" is not allo'],
      [6, 'Text needs double quotes'],
      [6, 'Expected "," or "}"'],
      [6, 'Expected a value: text in doub'],
      [6, 'Expected a value: text in doub'],
      [6, 'A comma before "]" is not allo'],
      [7, 'This text in quotes does not e'],
    ]);
  });

  it('does not run out of stack on deep nesting', () => {
    expect(findJsonFaults('['.repeat(100_000))[0]?.message).toMatch(/nested more than 200 deep/);
  });
});
