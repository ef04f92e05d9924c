import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { findJsonFault } from './json-fault.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('findJsonFault', () => {
  it.each([
    ['{"a": [1, true, null, "\\u00e9"]}\n', undefined],
    ['{"a": 1,\n  "b": }', { line: 2, column: 8, found: '"}"' }],
    ['{"a": 1', { line: 1, column: 8, found: 'the end' }],
    ['', { line: 1, column: 1, found: 'the end' }],
    ['[1 2]', { line: 1, column: 4, found: '"2"' }],
    ['[1,]', { line: 1, column: 4, found: '"]"' }],
    ['{}\n{}', { line: 2, column: 1, found: '"{"' }],
    ["{'a': 1}", { line: 1, column: 2, found: `"'"` }],
    ['hello', { line: 1, column: 1, found: '"hello"' }],
    ['[1}', { line: 1, column: 3, found: '"}"' }],
  ])('of %j is %j', (text, fault) => {
    expect(findJsonFault(text)).toEqual(fault);
  });

  it('agrees with JSON.parse on what is JSON', () => {
    const cut = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', ':', '1', 'é', '\\'))
      .map(([json, at, sign]) => {
        const place = at % (json.length + 1);
        return json.slice(0, place) + sign + json.slice(place + (at % 2));
      });

    fc.assert(
      fc.property(fc.oneof(fc.json(), cut), (text) => {
        expect(findJsonFault(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: Number(process.env['RUNS'] ?? 500) },
    );
  });
});
