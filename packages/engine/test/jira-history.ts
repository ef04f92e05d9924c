import { adf, JiraSite } from '@context-sync/sandbox';
import fc from 'fast-check';

type SiteChange = (site: JiraSite, id: string, other: string, text: string) => void;

const texts = ['Home', 'Über uns', 'a/b: "c"', '日本語', '# x *y* |z|', 'README', 'x'.repeat(300)];
const projects = ['OPS', 'WEB'];

/** Whether another issue shows it: what becomes of it then makes no new `updated` of the other. */
function isShown(site: JiraSite, id: string): boolean {
  const isParent = site.issues.all().some(({ parentId }) => parentId === id);
  return isParent || site.links.some(({ from, to }) => from === id || to === id);
}

function projectOf(text: string): string {
  return projects[text.length % projects.length] ?? 'OPS';
}

/** The changes that people make; one that makes no sense does nothing. */
const changes: Readonly<Record<string, SiteChange>> = {
  create: (site, _id, _other, text) =>
    void site.addIssue({ project: projectOf(text), summary: text, description: adf(text) }),
  createChild: (site, id, _other, text) =>
    void site.addIssue({ project: projectOf(text), summary: text, parentId: id }),
  rename: (site, id, _, summary) => site.edit(id, { summary }),
  describe: (site, id, other, text) => {
    const url = `http://localhost/browse/${site.issues.get(other).key}`;
    const card = { type: 'paragraph', content: [{ type: 'inlineCard', attrs: { url } }] };
    site.edit(id, { description: { ...adf(text), content: [card, ...adf(text).content] } });
  },
  assign: (site, id) => site.edit(id, { assigneeId: site.account.accountId }),
  label: (site, id, _, text) => site.edit(id, { labels: [`l${text.length}`] }),
  custom: (site, id, _, text) => site.edit(id, { custom: { customfield_10031: adf(text) } }),
  start: (site, id) => site.transition(id, 'In Progress'),
  finish: (site, id) => site.transition(id, 'Done'),
  move: (site, id, _, text) =>
    // What links to it is not told its new key.
    isShown(site, id) ? undefined : site.move(id, projectOf(text)),
  reparent: (site, id, other) => (id === other ? undefined : site.setParent(id, other)),
  link: (site, id, other) => (id === other ? undefined : site.link(id, other)),
  delete: (site, id) => (isShown(site, id) ? undefined : site.delete(id)),
  restrict: (site, id) => (isShown(site, id) ? undefined : site.restrict(id)),
  unrestrict: (site, id) => site.unrestrict(id),
  comment: (site, id, _, text) => void site.comments.add(id, { body: text }),
  manyComments: (site, id, _, text) => {
    for (let index = 0; index < 12; index += 1) site.comments.add(id, { body: `${text} ${index}` });
  },
  editComment: (site, id, _, text) => {
    const comment = site.issues.get(id).comments.at(text.length % 3);
    if (comment !== undefined) site.comments.edit(comment.id, `${text} again`);
  },
  deleteComment: (site, id, _, text) => {
    const comment = site.issues.get(id).comments.at(text.length % 3);
    if (comment !== undefined) site.comments.delete(comment.id);
  },
  logWork: (site, id, _, text) => void site.worklogs.add(id, 600, text),
  deleteWork: (site, id) => {
    const entry = site.issues.get(id).worklogs.at(-1);
    if (entry !== undefined) site.worklogs.delete(id, entry.id);
  },
  attach: (site, id, _, text) =>
    void site.files.add(id, { name: `${text.slice(0, 20)}.txt`, content: text }),
  deleteFile: (site, id) => {
    const file = site.issues.get(id).files.at(-1);
    if (file !== undefined) site.files.delete(file.id);
  },
  webLink: (site, id, _, title) =>
    site.addRemoteLink(id, { url: 'https://example.com/', title, relationship: 'see' }),
  renamePerson: (site, _id, _other, text) =>
    site.people.rename(site.account.accountId, `Ada ${text}`),
  renameField: (site, _id, _other, text) =>
    site.renameField('customfield_10031', `Criteria ${text}`),
  archiveProject: (site) => site.archiveProject('WEB'),
  restoreProject: (site) => site.restoreProject('WEB'),
  wait: (site) => site.clock.advance(90_000_000),
};

/** One change: its name, the two issues by their places in the list of all, and a text. */
export type Change = readonly [name: string, which: number, other: number, text: string];

const change: fc.Arbitrary<Change> = fc.tuple(
  fc.constantFrom(...Object.keys(changes)),
  fc.nat(20),
  fc.nat(20),
  fc.constantFrom(...texts),
);

/** What a run meets. */
interface JiraRun {
  readonly mode: 'plain' | 'reconcile' | 'full';
  /** A fault at this request of the run. */
  readonly fault: { readonly what: JiraFault; readonly request: number } | undefined;
  /** Keys of the only projects that the credentials may see. */
  readonly sees: readonly string[];
  readonly lagMs: number;
}

const faults = [
  { kind: 'rate-limit', retryAfter: 1 },
  { kind: 'server-error', status: 503 },
  { kind: 'reset' },
  { kind: 'truncated-body' },
  { kind: 'login-page' },
  { kind: 'revoked-token' },
  { kind: 'wrong-shape' },
  { kind: 'missing-scope' },
  { kind: 'expired-cursor', status: 400 },
  { kind: 'listing', repeatedCursor: true },
  { kind: 'listing', rows: 1 },
  { kind: 'listing', duplicateRow: true },
] as const;
type JiraFault = (typeof faults)[number];

const run: fc.Arbitrary<JiraRun> = fc.record({
  mode: fc.constantFrom('plain', 'plain', 'plain', 'reconcile', 'reconcile', 'full'),
  fault: fc.option(
    fc.record({ what: fc.constantFrom(...faults), request: fc.integer({ min: 1, max: 9 }) }),
    { freq: 2, nil: undefined },
  ),
  sees: fc.constantFrom(projects, projects, projects, ['OPS'], ['WEB'], []),
  lagMs: fc.constantFrom(0, 0, 0, 90_000, 86_400_000),
});

/** Runs and changes by turns; the last run, which nothing disturbs, is not among them. */
export const jiraHistories = fc.array(
  fc.record({ changes: fc.array(change, { minLength: 1, maxLength: 5 }), run }),
  { minLength: 1, maxLength: 7 },
);

export type JiraHistory = readonly { readonly changes: readonly Change[]; readonly run: JiraRun }[];

export function newJiraSite(timeZone: string): JiraSite {
  const site = new JiraSite({ account: { name: 'Ada', email: 'ada@example.com', timeZone } });
  for (const key of projects) site.addProject({ key, name: `Project ${key}` });
  site.addIssue({ project: 'OPS', type: 'Epic', summary: 'Docks' });
  site.addIssue({ project: 'OPS', summary: 'Report' });
  site.addIssue({ project: 'WEB', summary: 'Page' });
  return site;
}

export function applyChange(site: JiraSite, [name, which, other, text]: Change): void {
  const ids = site.issues.all().map(({ id }) => id);
  const pick = (index: number): string => ids[index % ids.length] ?? '';
  try {
    changes[name]?.(site, pick(which), pick(other), text);
  } catch (error) {
    // e.g. the last issue is gone: then there is nothing to change.
    if (!(error instanceof Error)) throw error;
  }
}
