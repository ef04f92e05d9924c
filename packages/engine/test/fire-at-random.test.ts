import { type FaultKind, generatedSite, startConfluenceSandbox } from '@context-sync/sandbox';
import { expect, it } from 'vitest';

import { ConfluenceMirror } from './confluence-mirror.ts';

const kinds: readonly FaultKind[] = [
  { kind: 'rate-limit', retryAfter: 2 },
  { kind: 'rate-limit', resetInMs: 3_000 },
  { kind: 'near-limit' },
  { kind: 'server-error', status: 500 },
  { kind: 'server-error', status: 503 },
  { kind: 'reset' },
  { kind: 'truncated-body' },
  { kind: 'login-page' },
  { kind: 'revoked-token' },
  { kind: 'missing-scope' },
  { kind: 'wrong-shape' },
  { kind: 'expired-cursor', status: 410 },
  { kind: 'listing', duplicateRow: true },
  { kind: 'listing', repeatedCursor: true },
  { kind: 'listing', rows: 7 },
];

it(
  'mirrors a large site through faults at random, and mends it',
  { timeout: 600_000 },
  async () => {
    const counts = { blogposts: 30, comments: 200, attachments: 40, labels: 60 };
    const site = generatedSite({ spaces: 3, pages: 300, ...counts });
    const sandbox = await startConfluenceSandbox({ site });
    // One after the other: what is under way when a limit is told has left before it.
    const limits = { concurrency: 1 };
    const mirror = new ConfluenceMirror(sandbox, { limits });
    const fresh = new ConfluenceMirror(sandbox);
    try {
      const ids = site.contents.all().map(({ id }) => id);
      for (const run of [1, 2, 3]) {
        sandbox.faults = kinds.map((what, index) => ({
          when: { chance: { probability: 0.02, seed: run * 100 + index } },
          what,
        }));
        const from = sandbox.requests.length;
        const known = Object.keys(mirror.tree());
        await mirror.sync({ reconcile: run === 2 });
        const requests = sandbox.requests.slice(from).filter(({ host }) => host === 'api');
        expect(mirror.clock.early(requests)).toEqual([]);
        // The edits below move and remove nothing.
        expect(Object.keys(mirror.tree())).toEqual(expect.arrayContaining(known));
        for (const id of ids.slice(run * 20, run * 20 + 20)) site.edit(id, `<p>Run ${run}</p>`);
        site.comments.addFooter({ on: ids[run] ?? '', body: `<p>After run ${run}</p>` });
      }
      sandbox.faults = [];
      expect(await mirror.sync({ reconcile: true })).toMatchObject({ outcome: 'ok', failed: 0 });
      await fresh.sync();
      expect(mirror.tree()).toEqual(fresh.tree());
    } finally {
      for (const each of [mirror, fresh]) each.remove();
      await sandbox.close();
    }
  },
);
