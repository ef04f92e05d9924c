import fc from 'fast-check';
import { describe, it } from 'vitest';

import { expectConvergence } from './confluence-convergence.ts';
import { histories } from './confluence-history.ts';

const config = fc.record({ includeArchived: fc.boolean(), download: fc.boolean() });
const { SEED: seed, HISTORY_PATH: path } = process.env;

describe('any history of a Confluence site, with faults', () => {
  it(
    'ends, after one clean run, byte-identical to a fresh mirror',
    { timeout: 3_600_000 },
    async () => {
      const property = fc.asyncProperty(histories, config, (steps, chosen) =>
        expectConvergence(steps, chosen),
      );
      await fc.assert(property, {
        numRuns: Number(process.env['HISTORIES'] ?? 16),
        ...(seed !== undefined && { seed: Number(seed) }),
        ...(path !== undefined && { path }),
      });
    },
  );
});
