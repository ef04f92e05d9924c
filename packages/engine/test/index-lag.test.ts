import { ConfluenceSite, type Fault, startConfluenceSandbox } from '@context-sync/sandbox';
import { describe, expect, it } from 'vitest';

import { ConfluenceMirror } from './confluence-mirror.ts';
import { marksOf } from './fire-world.ts';

const lagMs = 120_000;

interface Lagging {
  readonly site: ConfluenceSite;
  readonly page: string;
  readonly mirror: ConfluenceMirror;
  /** Lets faults hit the requests to come. */
  readonly fault: (faults: readonly Fault[]) => void;
  readonly asked: () => readonly string[];
  /** An address at another host where nothing is. */
  readonly nowhere: URL;
}

/** A mirrored page with a comment, a file and a folder, on a site whose index is two minutes late. */
async function withLag(work: (lagging: Lagging) => Promise<void>): Promise<void> {
  const site = new ConfluenceSite({ searchLagMs: lagMs });
  site.addSpace({ key: 'ENG', name: 'Engineering', homepage: { title: 'Home' } });
  const page = site.addPage({ space: 'ENG', title: 'Page', body: '<p>mark-page</p>' });
  site.addPage({ space: 'ENG', title: 'mark-folder', kind: 'folder' });
  site.comments.addFooter({ on: page, body: '<p>mark-comment</p>' });
  const footer = site.comments.addFooter({ on: page, body: '<p>mark-question</p>' });
  site.comments.reply(footer, { body: '<p>mark-answer</p>' });
  site.attachments.add({ on: page, name: 'mark-file.txt', content: 'text' });
  site.labels.add(page, 'mark-label');
  site.catchUp();
  const sandbox = await startConfluenceSandbox({ site });
  const mirror = new ConfluenceMirror(sandbox);
  try {
    await mirror.sync();
    await work({
      site,
      page,
      mirror,
      fault: (faults) => void (sandbox.faults = faults),
      asked: () => sandbox.requests.map(({ path }) => path),
      nowhere: new URL('/nowhere', sandbox.mediaUrl),
    });
  } finally {
    mirror.remove();
    await sandbox.close();
  }
}

async function marksAfter(mirror: ConfluenceMirror, reconcile = false): Promise<string[]> {
  const { outcome, failed } = await mirror.sync({ reconcile });
  expect([outcome, failed]).toEqual(['ok', 0]);
  return [...marksOf(mirror.tree())].toSorted();
}

const additions: readonly (readonly [string, (site: ConfluenceSite, page: string) => void])[] = [
  ['comment', (site, on) => void site.comments.addFooter({ on, body: '<p>mark-new</p>' })],
  ['file', (site, on) => void site.attachments.add({ on, name: 'mark-new.txt', content: 'new' })],
];

/** Rows that the index does not know, as one that is being built again. */
const forgotten = (missingIds: readonly string[]): Fault[] => [
  { when: { path: '/content/search' }, what: { kind: 'listing', missingIds } },
];

describe('an index that is two minutes late', () => {
  it.each(additions)('shows a new %s to a plain run after it', async (_, add) => {
    await withLag(async ({ site, page, mirror }) => {
      add(site, page);
      expect(await marksAfter(mirror)).not.toContain('mark-new');

      site.clock.advance(lagMs);
      expect(await marksAfter(mirror)).toContain('mark-new');
    });
  });

  it('shows the label of an edited page to the next listing of everything', async () => {
    await withLag(async ({ site, page, mirror }) => {
      site.labels.add(page, 'mark-new');
      site.edit(page, '<p>mark-page again</p>');
      expect(await marksAfter(mirror)).not.toContain('mark-new');

      site.clock.advance(lagMs);
      expect(await marksAfter(mirror, true)).toContain('mark-new');
    });
  });

  it('takes nothing away that it does not know', async () => {
    await withLag(async ({ site, mirror, fault, asked }) => {
      const all = [...marksOf(mirror.tree())].toSorted();
      const parts = [...site.comments.all(), ...site.attachments.all()].map(({ id }) => id);
      const folder = site.idOf('ENG', 'mark-folder');
      fault(forgotten([folder, ...parts]));
      const before = asked().length;

      const after = await marksAfter(mirror, true);

      expect(after).toEqual(all);
      const proofs = asked().slice(before);
      expect(proofs).toContain('/wiki/api/v2/content/convert-ids-to-types');
      expect(proofs).toContain(`/wiki/api/v2/folders/${folder}`);
      expect(proofs.filter((path) => /comments\/\d+$/.test(path))).toHaveLength(3);
      fault([]);
      expect(await marksAfter(mirror, true)).toEqual(all);
    });
  });

  it('takes nothing away when a proxy says 404 to the proof', async () => {
    await withLag(async ({ site, mirror, fault, nowhere }) => {
      const all = [...marksOf(mirror.tree())].toSorted();
      const parts = [...site.comments.all(), ...site.attachments.all()].map(({ id }) => id);
      const path = /\/api\/v2\/(footer-comments|attachments|folders)\/\w+/;
      const folder = site.idOf('ENG', 'mark-folder');
      for (const what of [{ kind: 'redirect', to: nowhere }, { kind: 'not-found-page' }] as const) {
        fault([...forgotten([folder, ...parts]), { when: { path }, what }]);

        const { outcome } = await mirror.sync({ reconcile: true });

        expect(outcome).not.toBe('ok');
        expect([...marksOf(mirror.tree())].toSorted()).toEqual(all);
      }
      fault([]);
      expect(await marksAfter(mirror, true)).toEqual(all);
    });
  });

  it('is believed when the proof says so too', async () => {
    await withLag(async ({ site, mirror }) => {
      const [comment] = site.comments.all();
      site.comments.delete(comment?.id ?? '');
      site.catchUp();

      expect(await marksAfter(mirror, true)).not.toContain('mark-comment');
    });
  });
});
