import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Tampering } from '../faults/tampering.ts';
import { ApiError } from './api-error.ts';
import { cutPage, type Order, type Page } from './paging.ts';

interface Row {
  readonly id: string;
  readonly value: number;
}

function orderBy(isDescending: boolean): Order<Row> {
  return { keyOf: ({ value, id }) => [value, id], isDescending };
}

/** Reads a list to its end; `change` may replace the rows between two pages. */
function walk(
  rows: readonly Row[],
  options: { limit: number; isDescending: boolean; tampering?: Tampering },
  change = (current: readonly Row[]): readonly Row[] => current,
): string[] {
  const { limit, isDescending, tampering = {} } = options;
  const seen: string[] = [];
  let cursor: string | null = null;
  let current = rows;
  do {
    const page: Page<Row> = cutPage(current, orderBy(isDescending), { cursor, limit, tampering });
    seen.push(...page.rows.map(({ id }) => id));
    cursor = page.cursor ?? null;
    current = change(current);
  } while (cursor !== null);
  return seen;
}

const rowsArbitrary = fc
  .uniqueArray(fc.record({ id: fc.integer({ min: 1 }).map(String), value: fc.nat(5) }), {
    selector: ({ id }) => id,
  })
  .map((rows): readonly Row[] => rows);

describe('a list in pages', () => {
  it('has each row once and in order, whatever the limit', () => {
    fc.assert(
      fc.property(
        rowsArbitrary,
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        (rows, limit, down) => {
          const sorted = [...rows].sort((a, b) => a.value - b.value || Number(a.id) - Number(b.id));
          const expected = sorted.map(({ id }) => id);
          const seen = walk(rows, { limit, isDescending: down });
          expect(seen).toEqual(down ? expected.reverse() : expected);
        },
      ),
    );
  });

  it('neither repeats nor skips rows when others go away meanwhile', () => {
    fc.assert(
      fc.property(rowsArbitrary, fc.integer({ min: 1, max: 4 }), (rows, limit) => {
        const seen = walk(rows, { limit, isDescending: false }, (current) =>
          current.filter(({ id }) => Number(id) % 3 !== 0),
        );
        const stable = rows.map(({ id }) => id).filter((id) => Number(id) % 3 !== 0);
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen).toEqual(expect.arrayContaining(stable));
      }),
    );
  });

  it('is complete when its pages are short', () => {
    const rows = ['1', '2', '3', '4', '5'].map((id) => ({ id, value: 0 }));

    const seen = walk(rows, { limit: 4, isDescending: true, tampering: { rows: 2 } });

    expect(seen).toEqual(['5', '4', '3', '2', '1']);
  });

  it('goes on after an empty page', () => {
    const rows = [{ id: '1', value: 0 }];
    const order = orderBy(false);

    const first = cutPage(rows, order, { cursor: null, limit: 5, tampering: { rows: 0 } });
    const cursor = first.cursor ?? null;
    const second = cutPage(rows, order, { cursor, limit: 5, tampering: {} });

    expect([first.rows, second.rows, second.cursor]).toEqual([[], rows, undefined]);
  });

  it('refuses a cursor that it did not give out', () => {
    for (const cursor of ['x', btoa('{}'), btoa('{"after":[true,1]}')]) {
      const read = (): unknown => cutPage([], orderBy(false), { cursor, limit: 1, tampering: {} });
      expect(read).toThrow(ApiError);
    }
  });
});
