import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { bodyOf, missingText, recordedPages, startConfluenceSandbox } from '@context-sync/sandbox';
import { describe, expect, it } from 'vitest';

import { readFrontMatterField } from '../src/mirror/front-matter.ts';
import { ConfluenceMirror } from './confluence-mirror.ts';

const folder = fileURLToPath(
  new URL('../../../../shared/confluence-pages/querypie', import.meta.url),
);
const isThere = existsSync(folder);

describe.skipIf(!isThere)(
  'the recorded pages of a real Cloud site (skipped where ../shared is absent)',
  () => {
    it(
      'are mirrored in one run, with every text of their bodies',
      { timeout: 120_000 },
      async () => {
        const site = recordedPages(folder);
        const sandbox = await startConfluenceSandbox({ site });
        const mirror = new ConfluenceMirror(sandbox);
        try {
          const summary = await mirror.sync();

          expect(summary).toMatchObject({ outcome: 'ok', failed: 0 });
          const files = new Map(
            Object.values(mirror.tree()).map((text) => [readFrontMatterField(text, 'id'), text]),
          );
          const current = site.contents.all().filter(({ status }) => status === 'current');
          expect(current.length).toBeGreaterThan(10);
          const lost = current.flatMap((page) =>
            missingText(bodyOf(page), files.get(page.id) ?? '').map(
              (text) => `${page.title}: ${text}`,
            ),
          );
          expect(lost).toEqual([]);
        } finally {
          mirror.remove();
          await sandbox.close();
        }
      },
    );
  },
);
