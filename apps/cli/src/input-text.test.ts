import { describe, expect, it } from 'vitest';

import { readInput } from './input-text.ts';

describe('input', () => {
  it('is not waited for on a terminal', async () => {
    const stdin = Object.assign(Object.create(process.stdin), { isTTY: true });

    const reading = readInput({ file: undefined, cwd: '/', stdin, example: 'type this' });

    await expect(reading).rejects.toMatchObject({ name: 'UsageError', fix: 'type this' });
  });
});
