import { readFile } from 'node:fs/promises';

import type confluence from '@context-sync/connector-confluence';
import { describe, expect, it } from 'vitest';

import { withOptionTable, withoutAlignment } from './option-table.mjs';

type Described = Pick<typeof confluence, 'configSchema'>;

const definitions: Readonly<Record<string, () => Promise<{ default: Described }>>> = {
  'connector-confluence': () => import('@context-sync/connector-confluence'),
};

describe('the table of options', () => {
  it.each(Object.entries(definitions))('in the README of %s is up to date', async (name, load) => {
    const { default: definition } = await load();
    const readme = await readFile(
      new URL(`../packages/${name}/README.md`, import.meta.url),
      'utf8',
    );

    const wanted = withOptionTable(readme, definition);

    // Write it with: pnpm docs
    expect(withoutAlignment(readme)).toBe(withoutAlignment(wanted));
  });
});
