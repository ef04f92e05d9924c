import { describe, it } from 'vitest';

import { expectConvergence } from './confluence-convergence.ts';
import type { Change } from './confluence-history.ts';
import type { RunCircumstances } from './run-circumstances.ts';

const plainRun: RunCircumstances = {
  mode: 'plain',
  fault: undefined,
  lacks: 'nothing',
  lagMs: 0,
  includeArchived: false,
  download: false,
};

/** Histories that random ones found, each cut down to what matters. */
describe('a history of a site that once did not converge', () => {
  it('archives a page after its readers were read, and mirrors what is archived', async () => {
    const steps: readonly (readonly Change[])[] = [
      [['setReaders', 2, 0, 'Home']],
      [['archive', 2, 0, 'Home']],
    ];

    await expectConvergence(
      steps.map((changes) => ({ changes, run: plainRun })),
      { includeArchived: true, download: false },
    );
  });

  it('edits a comment of a page in the archive, which no search finds', async () => {
    const archivedRun = { ...plainRun, includeArchived: true, download: true };

    await expectConvergence(
      [
        {
          changes: [
            ['inlineComment', 14, 0, 'Home'],
            ['archive', 6, 0, 'Home'],
          ],
          run: plainRun,
        },
        {
          changes: [
            ['editComment', 0, 0, 'Home'],
            ['edit', 0, 0, 'Home'],
          ],
          run: archivedRun,
        },
      ],
      { includeArchived: true, download: false },
    );
  });

  it('renames a person before a full run that fails and is taken up again', async () => {
    const full = { ...plainRun, mode: 'full' as const };
    const fault = { what: { kind: 'login-page' as const }, request: 7 };

    await expectConvergence(
      [
        { changes: [['renamePerson', 0, 0, 'Home']], run: plainRun },
        { changes: [], run: { ...full, fault } },
      ],
      { includeArchived: false, download: false },
    );
  });
});
