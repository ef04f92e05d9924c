import fc from 'fast-check';
import { expect, it } from 'vitest';

import { walkSearch } from './walk-search.ts';

async function walk(read: Parameters<typeof walkSearch>[0]): Promise<string[]> {
  const all: string[] = [];
  for await (const ids of walkSearch(read)) all.push(...ids);
  return all;
}

it('gives each id once, and all that are there to the end, whatever goes meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.nat(999).map(String), { maxLength: 60 }),
      fc.integer({ min: 1, max: 9 }),
      fc.array(fc.array(fc.nat(59), { maxLength: 5 }), { maxLength: 12 }),
      async (ids, size, goings) => {
        const going = [...goings];
        let left = ids;

        const found = await walk(async (startAt) => {
          const page = { ids: left.slice(startAt, startAt + size), total: left.length };
          const gone = new Set((going.shift() ?? []).map((index) => left[index]));
          left = left.filter((id) => !gone.has(id));
          return page;
        });

        expect(found).toEqual(expect.arrayContaining(left));
        expect(new Set(found).size).toBe(found.length);
      },
    ),
  );
});

it('fails when rows do not come that must be there', async () => {
  await expect(walk(async () => ({ ids: [], total: 3 }))).rejects.toMatchObject({
    code: 'transient',
  });
});
