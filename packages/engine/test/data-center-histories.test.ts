import fc from 'fast-check';
import { describe, it } from 'vitest';

import { expectConvergence } from './confluence-convergence.ts';
import { histories } from './confluence-history.ts';

const config = fc.record({ includeArchived: fc.boolean(), download: fc.boolean() });
const { SEED: seed, HISTORY_PATH: path } = process.env;

const place = { contextPath: '/confluence', timeZone: 'America/New_York' };
const deployment = 'data-center';

/** Older versions do not understand a question about ids. */
const servers = fc.record({ knowsIds: fc.boolean() });

/** So few rows that each list has pages, or the usual ones. */
const limits = fc.constantFrom(
  { plain: 3, withExpansions: 2, withBodies: 1 },
  { plain: 500, withExpansions: 200, withBodies: 50 },
);

describe('any history of a Data Center site, with faults', () => {
  it(
    'ends, after one clean run, byte-identical to a fresh mirror',
    { timeout: 3_600_000 },
    async () => {
      const property = fc.asyncProperty(
        histories,
        config,
        limits,
        servers,
        (steps, chosen, searchLimits, server) => {
          const dataCenter = { ...place, ...server };
          return expectConvergence(steps, chosen, { deployment, dataCenter, searchLimits });
        },
      );
      await fc.assert(property, {
        numRuns: Number(process.env['HISTORIES'] ?? 8),
        ...(seed !== undefined && { seed: Number(seed) }),
        ...(path !== undefined && { path }),
      });
    },
  );
});
