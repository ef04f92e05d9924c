import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  type ConfluenceSandbox,
  type ConfluenceSite,
  startConfluenceSandbox,
} from '@context-sync/sandbox';
import { afterEach, describe, expect, it } from 'vitest';

import type { SyncOptions, SyncSummary } from '../src/api.ts';
import { exitCodeOfRun } from '../src/console/exit-code.ts';
import { readStatus } from '../src/state/read-status.ts';
import { ConfluenceMirror } from './confluence-mirror.ts';
import { makeFireSite, marksOf } from './fire-world.ts';

interface Setting {
  readonly site: ConfluenceSite;
  readonly sandbox: ConfluenceSandbox;
  readonly mirror: ConfluenceMirror;
}

const opened: Setting[] = [];

async function mirrored(config: Readonly<Record<string, unknown>> = {}): Promise<Setting> {
  const site = makeFireSite();
  const sandbox = await startConfluenceSandbox({ site });
  const attachments = { download: true, types: ['text/*'] };
  const mirror = new ConfluenceMirror(sandbox, {
    config: { spaces: ['ENG', 'OPS'], attachments, ...config },
  });
  opened.push({ site, sandbox, mirror });
  await mirror.sync();
  return { site, sandbox, mirror };
}

afterEach(async () => {
  for (const { sandbox, mirror } of opened.splice(0)) {
    mirror.remove();
    await sandbox.close();
  }
});

/** The marks in the trash of a mirror. */
function trashed({ root }: ConfluenceMirror): ReadonlySet<string> {
  const folder = join(root, '.context-sync', 'trash');
  if (!existsSync(folder)) return new Set();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return marksOf(Object.fromEntries(files.map((file) => [file, readFileSync(file, 'utf8')])));
}

interface Seen {
  readonly summary: SyncSummary;
  readonly gone: readonly string[];
  readonly inTrash: readonly string[];
  readonly asked: readonly string[];
}

/** What a run takes away, and what it asked for. */
async function run({ mirror, sandbox }: Setting, options: SyncOptions = {}): Promise<Seen> {
  const before = marksOf(mirror.tree());
  const from = sandbox.requests.length;
  const summary = await mirror.sync(options);
  const after = marksOf(mirror.tree());
  const gone = [...before].filter((mark) => !after.has(mark));
  const trash = trashed(mirror);
  const asked = sandbox.requests
    .slice(from)
    .map(({ path, query }) => `${path}?${decodeURIComponent(query.toString())}`);
  return { summary, gone, inTrash: gone.filter((mark) => trash.has(mark)), asked };
}

interface Case {
  readonly change: (site: ConfluenceSite) => void;
  readonly gone: readonly string[];
  /** A request without which nothing may go. */
  readonly proof?: RegExp;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly options?: SyncOptions;
  /** @default 0 */
  readonly exit?: number;
  /** What is not in the trash, because no file of its own held it. @default none */
  readonly inTrash?: readonly string[];
}

const eng =
  (title: string, change: (site: ConfluenceSite, id: string) => void): Case['change'] =>
  (site) =>
    change(site, site.idOf('ENG', title));

const onComment =
  (mark: string, change: (site: ConfluenceSite, id: string) => void): Case['change'] =>
  (site) =>
    change(site, site.comments.all().find(({ body }) => body.includes(mark))?.id ?? '');

const onFile =
  (name: string, change: (site: ConfluenceSite, id: string) => void): Case['change'] =>
  (site) =>
    change(site, site.attachments.all().find(({ title }) => title === name)?.id ?? '');

const pageById = /\/api\/v2\/pages\?id=.*status=trashed/;
const postById = /\/api\/v2\/blogposts\?id=.*status=trashed/;
const folderById = /\/api\/v2\/folders\/\d+/;
const typeById = /convert-ids-to-types/;
const full = { reconcile: true };
const retired = ['mark-retired'];
const news = ['mark-news', 'mark-thanks'];
const deploys = ['mark-deploys', 'mark-label', 'mark-board', 'mark-why', 'mark-because'];

const cases: Readonly<Record<string, Case>> = {
  'a page in the archive': {
    change: eng('Retired', (site, id) => site.archive(id)),
    gone: retired,
    proof: pageById,
  },
  'a page in the archive, with includeArchived': {
    change: eng('Retired', (site, id) => site.archive(id)),
    gone: [],
    config: { includeArchived: true },
  },
  'a page in the trash': {
    change: eng('Retired', (site, id) => site.trash(id)),
    gone: retired,
    proof: pageById,
  },
  // Purged and hidden are one to Confluence: two lists by id know nothing of either.
  'a purged page': {
    change: eng('Retired', (site, id) => site.purge(id)),
    gone: retired,
    proof: postById,
  },
  'a page that the account may not view any more': {
    change: eng('Retired', (site, id) => site.restrict(id)),
    gone: retired,
    proof: postById,
  },
  'a page that moved to another space of the mirror': {
    change: eng('Retired', (site, id) => site.move(id, { space: 'OPS' })),
    gone: [],
  },
  'a page that moved out of the spaces of the mirror': {
    change: (site) => {
      site.addSpace({ key: 'HR', name: 'People', homepage: { title: 'HR home' } });
      site.move(site.idOf('ENG', 'Retired'), { space: 'HR' });
    },
    gone: retired,
    proof: pageById,
  },
  'a page in the trash, with all that belongs to it': {
    change: eng('Deploys', (site, id) => site.trash(id)),
    gone: [...deploys, 'mark-inline', 'mark-steps', 'mark-bytes-1', 'mark-photo'],
    proof: pageById,
  },
  'a blog post in the trash': {
    change: eng('News', (site, id) => site.trash(id)),
    gone: news,
    proof: postById,
  },
  'a purged blog post': {
    change: eng('News', (site, id) => site.purge(id)),
    gone: news,
    proof: postById,
  },
  'a hidden blog post': {
    change: eng('News', (site, id) => site.restrict(id)),
    gone: news,
    proof: postById,
  },
  'a folder in the trash, whose pages move up': {
    change: eng('mark-plans', (site, id) => site.trash(id)),
    gone: ['mark-plans'],
    proof: folderById,
  },
  'a purged folder': {
    change: eng('mark-plans', (site, id) => site.purge(id)),
    gone: ['mark-plans'],
    proof: folderById,
  },
  'a deleted comment, before everything is listed': {
    change: onComment('mark-thanks', (site, id) => site.comments.delete(id)),
    gone: [],
  },
  'a deleted comment': {
    change: onComment('mark-thanks', (site, id) => site.comments.delete(id)),
    gone: ['mark-thanks'],
    proof: typeById,
    options: full,
    inTrash: [],
  },
  'a deleted comment, whose answers stay': {
    change: onComment('mark-why', (site, id) => site.comments.delete(id)),
    gone: ['mark-why'],
    proof: typeById,
    options: full,
    inTrash: [],
  },
  'an attachment in the trash': {
    change: onFile('mark-rota.txt', (site, id) => site.attachments.delete(id)),
    gone: ['mark-rota', 'mark-rota-bytes'],
    proof: /\/api\/v2\/attachments\/att\d+/,
    options: full,
  },
  'a purged attachment': {
    change: onFile('mark-rota.txt', (site, id) => site.attachments.purge(id)),
    gone: ['mark-rota', 'mark-rota-bytes'],
    proof: typeById,
    options: full,
  },
  'a space in the archive': {
    change: (site) => site.archiveSpace('OPS'),
    gone: [],
    options: full,
  },
  'a space that is gone': { change: (site) => site.removeSpace('OPS'), gone: [], exit: 6 },
  'a space whose key is another one now': {
    change: (site) => site.renameSpaceKey('OPS', 'RUN'),
    gone: [],
    exit: 6,
  },
};

describe('the state of things', () => {
  it.each(Object.entries(cases))('of %s', async (_, each) => {
    const { change, gone, proof, config, options, exit = 0, inTrash = gone } = each;
    const setting = await mirrored(config);
    change(setting.site);

    const seen = await run(setting, options);

    expect(seen.gone.toSorted()).toEqual(gone.toSorted());
    expect(seen.inTrash.toSorted()).toEqual(inTrash.toSorted());
    expect(exitCodeOfRun(seen.summary)).toBe(exit);
    if (proof !== undefined) expect(seen.asked).toContainEqual(expect.stringMatching(proof));
  });

  it('of a space that is gone stands in the summary and in the status', async () => {
    const setting = await mirrored();
    setting.site.removeSpace('OPS');

    const { summary } = await run(setting);
    const { sources } = await readStatus(setting.mirror.root);

    expect(summary.sources[0]).toMatchObject({
      unavailable: [{ scope: 'OPS', error: { code: 'config' } }],
      warnings: [{ code: 'scope_missing', message: expect.stringContaining('OPS') }],
    });
    expect(sources[0]?.scopes).toContainEqual(
      expect.objectContaining({ scope: 'OPS', state: 'unavailable', documents: 2 }),
    );
  });

  it('of a space with another key names that key', async () => {
    const setting = await mirrored();
    setting.site.renameSpaceKey('OPS', 'RUN');

    const { summary } = await run(setting);

    expect(summary.sources[0]?.unavailable).toMatchObject([
      { scope: 'OPS', error: { message: expect.stringContaining('OPS is called RUN now') } },
    ]);
  });

  it('of a space with another key that the config names again: its folder follows', async () => {
    const setting = await mirrored();
    setting.site.renameSpaceKey('OPS', 'RUN');
    const config = { spaces: ['ENG', 'RUN'], attachments: { download: true, types: ['text/*'] } };
    const renamed = new ConfluenceMirror(setting.sandbox, { config, copyOf: setting.mirror });

    const { gone, summary } = await run({ ...setting, mirror: renamed });

    const folders = Object.keys(renamed.tree()).map((path) => path.split('/')[1]);
    renamed.remove();
    expect([gone, exitCodeOfRun(summary)]).toEqual([[], 0]);
    expect(new Set(folders)).toEqual(new Set([undefined, 'ENG', 'RUN', 'README.md']));
  });
});

describe('a token', () => {
  const narrow = (
    { sandbox }: Setting,
    access: { spaces?: readonly string[]; hiddenIds?: readonly string[] },
  ): void => {
    sandbox.principals = sandbox.principals.map((principal) => ({ ...principal, ...access }));
  };

  it('that may see fewer spaces loses none of them', async () => {
    const setting = await mirrored();
    narrow(setting, { spaces: ['ENG'] });

    const { gone, summary } = await run(setting, full);

    expect([gone, exitCodeOfRun(summary)]).toEqual([[], 6]);
  });

  // Cloud shows a hidden page as it shows a purged one, so it goes to the trash, not for good.
  it('that may see fewer pages loses a few of them to the trash', async () => {
    const setting = await mirrored();
    narrow(setting, { hiddenIds: [setting.site.idOf('ENG', 'Retired')] });

    const { gone, inTrash, summary } = await run(setting);

    expect([gone, inTrash, exitCodeOfRun(summary)]).toEqual([retired, retired, 0]);
  });

  it('that may see far fewer pages loses none until the user says so', async () => {
    const setting = await mirrored();
    const { site, mirror } = setting;
    const ids = Array.from({ length: 12 }, (_, index) =>
      site.addPage({ space: 'OPS', title: `Page ${index}`, body: `<p>mark-page-${index}</p>` }),
    );
    await mirror.sync();
    narrow(setting, { hiddenIds: ids });

    const held = await run(setting);
    expect([held.gone, exitCodeOfRun(held.summary)]).toEqual([[], 8]);

    const allowed = await run(setting, { allowDeletes: 12 });
    expect([allowed.gone.length, exitCodeOfRun(allowed.summary)]).toEqual([12, 0]);
  });

  it('that is revoked at any request takes nothing with it', { timeout: 600_000 }, async () => {
    const setting = await mirrored();
    const { site, sandbox, mirror } = setting;
    site.edit(site.idOf('ENG', 'Deploys'), '<p>mark-deploys again</p>');
    site.trash(site.idOf('ENG', 'Retired'));
    const from = sandbox.requests.length;
    const config = { spaces: ['ENG', 'OPS'], attachments: { download: true, types: ['text/*'] } };
    const copy = (): ConfluenceMirror => new ConfluenceMirror(sandbox, { config, copyOf: mirror });
    const clean = copy();
    await clean.sync(full);
    clean.remove();
    const count = sandbox.requests.filter(({ host }) => host === 'api').length - from;

    for (let index = 1; index <= count; index += 1) {
      sandbox.faults = [
        { when: { from: sandbox.requests.length + index }, what: { kind: 'revoked-token' } },
      ];
      const revoked = copy();
      const { gone, summary } = await run({ ...setting, mirror: revoked }, full);
      revoked.remove();
      expect([index, gone, exitCodeOfRun(summary)]).toEqual([index, [], 4]);
    }
  });
});
