import { ConfluenceSite, type Fault } from '@context-sync/sandbox';
import fc from 'fast-check';

import { partChanges, type SiteChange } from './confluence-part-changes.ts';

/** Some of them ask for the same name, or for one that only the mirror may use. */
const titles = [
  'Home',
  'Run book',
  'run-book',
  'Über uns',
  'README',
  'a/b: "c"',
  '日本語',
  'x'.repeat(200),
];

export type Change = (site: ConfluenceSite, ids: readonly string[]) => void;

/** A change of a page that is drawn by its place in the list; one that makes no sense does nothing. */
const changes: Readonly<Record<string, SiteChange>> = {
  edit: (site, id, other, text) =>
    site.edit(
      id,
      `<p>${text}</p><p><ac:link><ri:page ri:content-title="${escapeXml(titleOf(site, other))}"/></ac:link></p>`,
    ),
  // A rename out of sight rewrites links in pages that are in sight: only `--full` can tell.
  rename: (site, id, _, text) => isVisible(site, id) && site.rename(id, text),
  swap: (site, id, other, text) => {
    const [one, two] = [titleOf(site, id), titleOf(site, other)];
    if (id === other || !isVisible(site, id) || !isVisible(site, other)) return;
    site.rename(id, `${text} for a while`);
    site.rename(other, one);
    site.rename(id, two);
  },
  move: (site, id, other) => site.move(id, { parent: other }),
  moveToRoot: (site, id) => site.move(id, { parent: null }),
  moveToSpace: (site, id) => isVisible(site, id) && site.move(id, { space: 'OPS' }),
  trash: (site, id) => site.trash(id),
  restore: (site, id) => site.restore(id),
  purge: (site, id) => site.purge(id),
  restrict: (site, id) => site.restrict(id),
  unrestrict: (site, id) => site.unrestrict(id),
  archive: (site, id) => site.archive(id),
  unarchive: (site, id) => site.unarchive(id),
  position: (site, id) => site.setPosition(id, 7),
  page: (site, _, other, text) =>
    void site.addPage({ space: 'ENG', parent: other, title: text, body: '<p>New.</p>' }),
  post: (site, _id, _other, text) =>
    void site.addPage({ space: 'ENG', kind: 'blogpost', title: text, body: '<p>Post.</p>' }),
  folder: (site, _, other, text) =>
    void site.addPage({ space: 'ENG', kind: 'folder', parent: other, title: text }),
  ...partChanges,
};

const faults: readonly Fault['what'][] = [
  { kind: 'rate-limit', retryAfter: 1 },
  { kind: 'server-error', status: 503 },
  { kind: 'reset' },
  { kind: 'truncated-body' },
  { kind: 'login-page' },
  { kind: 'revoked-token' },
  { kind: 'expired-cursor', status: 400 },
  { kind: 'listing', repeatedCursor: true },
  { kind: 'listing', rows: 1 },
  { kind: 'listing', duplicateRow: true },
];

const change: fc.Arbitrary<Change> = fc
  .tuple(fc.constantFrom(...Object.keys(changes)), fc.nat(), fc.nat(), fc.constantFrom(...titles))
  .map(([name, which, other, text]) =>
    Object.assign(
      (site: ConfluenceSite, ids: readonly string[]) => {
        const pick = (index: number): string => ids[index % ids.length] ?? '';
        changes[name]?.(site, pick(which), pick(other), text);
      },
      { toString: () => `${name}(${which}, ${other}, ${text})` },
    ),
  );

/** Changes, and the run before them with the fault that hits it. */
interface Step {
  readonly changes: readonly Change[];
  readonly fault: { readonly what: Fault['what']; readonly request: number } | undefined;
  readonly reconcile: boolean;
}

export const step: fc.Arbitrary<Step> = fc.record({
  changes: fc.array(change, { minLength: 1, maxLength: 5 }),
  fault: fc.option(
    fc.record({ what: fc.constantFrom(...faults), request: fc.integer({ min: 1, max: 8 }) }),
    { freq: 2, nil: undefined },
  ),
  reconcile: fc.boolean(),
});

function isVisible(site: ConfluenceSite, id: string): boolean {
  for (
    let at = site.contents.find(id);
    at !== undefined;
    at = at.parentId === null ? undefined : site.contents.find(at.parentId)
  ) {
    if (at.restricted || at.status !== 'current') return false;
  }
  return true;
}

function titleOf(site: ConfluenceSite, id: string): string {
  return site.contents.find(id)?.title ?? 'Nobody';
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

export function newSite(): ConfluenceSite {
  const site = new ConfluenceSite();
  for (const key of ['ENG', 'OPS']) {
    site.addSpace({
      key,
      name: `Space ${key}`,
      homepage: { title: `${key} home`, body: '<p>Hello.</p>' },
    });
  }
  for (const title of ['Deploys', 'Incidents'])
    site.addPage({ space: 'ENG', title, body: '<p>Text.</p>' });
  return site;
}

export function apply(site: ConfluenceSite, change: Change): void {
  try {
    change(
      site,
      site.contents.all().map(({ id }) => id),
    );
  } catch (error) {
    // e.g. a title that is taken: Confluence refuses it too.
    if (!(error instanceof Error)) throw error;
  }
}
