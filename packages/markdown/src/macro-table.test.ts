import { existsSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { storageFiles, storageFolder } from './__fixtures__/samples.ts';
import { macroHandlers } from './storage/macros.ts';

const table = readFileSync(new URL('../docs/macros.md', import.meta.url), 'utf8');

interface Row {
  readonly name: string;
  readonly count: number;
  readonly decision: string;
}

/** The rows of the table below a heading. */
function rowsBelow(heading: string): Row[] {
  const [, part = ''] = table.split(`\n## ${heading}\n`);
  const [section = ''] = part.split('\n## ');
  return [...section.matchAll(/^\| `([^`]+)` *\| *(\d+) *\| *(\w+) *\|/gm)].map(
    ([, name = '', count, decision = '']) => ({ name, count: Number(count), decision }),
  );
}

function countBy(pattern: RegExp): Map<string, number> {
  const counts = new Map<string, number>();
  for (const file of storageFiles(storageFolder)) {
    const storage = readFileSync(`${storageFolder}/${file}`, 'utf8');
    for (const [, name = ''] of storage.matchAll(pattern)) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return counts;
}

function countsOf(rows: readonly Row[]): Record<string, number> {
  const found = rows.filter(({ count }) => count > 0);
  return Object.fromEntries(found.map(({ name, count }) => [name, count]));
}

describe('docs/macros.md', () => {
  it('has a row for each macro with a handler, and says visible of no other', () => {
    const handled = rowsBelow('Macros').filter(({ decision }) => decision !== 'visible');

    expect(handled.map(({ name }) => name).toSorted()).toEqual(
      [...macroHandlers.keys()].toSorted(),
    );
  });

  it('is ordered by how often a macro occurs, then by its name', () => {
    const rows = rowsBelow('Macros');

    expect(rows).toEqual(rows.toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)));
  });

  describe.skipIf(!existsSync(storageFolder))('(skipped where ../shared is absent)', () => {
    it('tells how often each macro occurs in the samples', () => {
      const counts = countBy(/<ac:(?:structured-)?macro\b[^>]*?\bac:name="([^"]+)"/g);

      expect(countsOf(rowsBelow('Macros'))).toEqual(Object.fromEntries(counts));
    });

    it('tells how often each element occurs in the samples', () => {
      const counts = countBy(/<((?:ac|ri):[a-z-]+)/g);

      expect(countsOf(rowsBelow('Elements'))).toEqual(Object.fromEntries(counts));
    });
  });
});
