import { statSync } from 'node:fs';
import { join } from 'node:path';

import {
  type ConfluenceSandbox,
  ConfluenceSite,
  generatedSite,
  startConfluenceSandbox,
} from '@context-sync/sandbox';
import { describe, expect, it, onTestFinished } from 'vitest';

import { ConfluenceMirror } from './confluence-mirror.ts';

/** A space with 30 pages, each with a label, a comment and a file. */
function labelledSite(): { site: ConfluenceSite; ids: string[] } {
  const site = new ConfluenceSite();
  site.addSpace({ key: 'ENG', name: 'Engineering', homepage: { title: 'Home', body: '' } });
  const ids = Array.from({ length: 30 }, (_, index) =>
    site.addPage({ space: 'ENG', title: `Page ${index}`, body: `<p>Text ${index}</p>` }),
  );
  for (const id of ids) {
    site.labels.add(id, 'public');
    site.comments.addFooter({ on: id, body: `<p>Comment on ${id}</p>` });
    site.attachments.add({ on: id, name: 'plan.txt', content: `Plan of ${id}` });
  }
  return { site, ids };
}

async function start(site: ConfluenceSite, config: object = {}) {
  const sandbox: ConfluenceSandbox = await startConfluenceSandbox({ site });
  const mirror = new ConfluenceMirror(sandbox);
  mirror.config = config;
  onTestFinished(async () => {
    mirror.remove();
    await sandbox.close();
  });
  const paths = (): string[] =>
    Object.keys(mirror.tree()).filter((path) => /page-\d+\.md$/.test(path));
  return { sandbox, mirror, paths };
}

describe('pages that', () => {
  it('stop to fit by the search alone go when few, and are held back when many', async () => {
    const { site, ids } = labelledSite();
    const { mirror, paths } = await start(site, { include: { labels: ['public'] } });
    await mirror.sync();
    const before = mirror.tree();
    expect(paths()).toHaveLength(30);
    const unlabel = (from: number, to: number): void => {
      for (const id of ids.slice(from, to)) site.labels.remove(id, 'public');
      site.clock.advance(86_400_000);
    };

    unlabel(0, 3);
    expect(await mirror.sync()).toMatchObject({ outcome: 'ok', deleted: 3 });
    expect(paths()).toHaveLength(27);

    unlabel(3, 25);
    for (const reconcile of [false, true]) {
      expect(await mirror.sync({ reconcile })).toMatchObject({ outcome: 'withheld', deleted: 0 });
      expect(paths()).toHaveLength(27);
    }

    expect(await mirror.sync({ allowDeletes: 22 })).toMatchObject({ outcome: 'ok', deleted: 22 });
    expect(paths()).toHaveLength(5);
    expect(Object.keys(mirror.tree()).filter((path) => path.endsWith('.txt'))).toHaveLength(5);

    for (const id of ids.slice(0, 25)) site.labels.add(id, 'public');
    site.clock.advance(86_400_000);
    await mirror.sync();
    expect(mirror.tree()).toEqual(before);
  });

  it('an index forgets that is built again stay', async () => {
    const { site, ids } = labelledSite();
    const { mirror, sandbox } = await start(site, { include: { labels: ['public'] } });
    await mirror.sync();
    const before = mirror.tree();

    const what = { kind: 'listing', missingIds: ids.slice(4) } as const;
    sandbox.faults = [{ when: { path: '/content/search' }, what }];
    for (const reconcile of [false, true]) {
      expect(await mirror.sync({ reconcile })).toMatchObject({ outcome: 'withheld', deleted: 0 });
      expect(mirror.tree()).toEqual(before);
    }

    sandbox.faults = [];
    expect(await mirror.sync()).toMatchObject({ outcome: 'ok', deleted: 0 });
    expect(mirror.tree()).toEqual(before);
  });

  it('a narrower filter leaves out go without a question', async () => {
    const { site, ids } = labelledSite();
    for (const id of ids.slice(0, 5)) site.labels.add(id, 'best');
    const { mirror, paths } = await start(site, { include: { labels: ['public'] } });
    await mirror.sync();

    mirror.config = { include: { labels: ['public'] }, exclude: { labels: ['worst'] } };
    for (const id of ids.slice(10)) site.labels.add(id, 'worst');
    expect(await mirror.sync()).toMatchObject({ outcome: 'ok', deleted: 20 });

    mirror.config = { include: { labels: ['best'] } };
    expect(await mirror.sync()).toMatchObject({ outcome: 'ok', deleted: 5 });
    expect(paths()).toHaveLength(5);
  });

  it('a new filter leaves out go without a question', async () => {
    const { mirror, paths } = await start(labelledSite().site);
    await mirror.sync();

    mirror.config = { exclude: { titles: ['Page 1*'] } };
    const summary = await mirror.sync();

    expect(summary).toMatchObject({ outcome: 'ok', deleted: 11 });
    expect(paths()).toHaveLength(19);
  });

  it('the filter leaves out are not read with --only either', async () => {
    const { site, ids } = labelledSite();
    const { mirror, paths } = await start(site, { exclude: { titles: ['Page 7'] } });
    await mirror.sync();

    const summary = await mirror.sync({ only: [ids[7] ?? ''] });

    const [failure] = summary.sources[0]?.scopes[0]?.failures ?? [];
    expect(failure?.error).toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('not in what the config selects'),
    });
    expect(paths()).toHaveLength(29);
  });

  it('are read with --only come with what is new in their labels, comments and files', async () => {
    const { site, ids } = labelledSite();
    const { mirror, sandbox } = await start(site);
    const fresh = new ConfluenceMirror(sandbox);
    await mirror.sync();
    const before = mirror.tree();
    const [, , , id = '', other = ''] = ids;
    await mirror.sync({ only: [id] });
    expect(mirror.tree()).toEqual(before);

    site.labels.add(id, 'late');
    const comment = site.comments.addInline({ on: id, body: '<p>New.</p>', selection: 'Text' });
    site.comments.reply(comment, { body: '<p>An answer.</p>' });
    site.attachments.add({ on: id, name: 'new.txt', content: 'New file.' });
    site.comments.addFooter({ on: other, body: '<p>Not asked for.</p>' });
    const sent = sandbox.requests.length;
    expect(await mirror.sync({ only: [id] })).toMatchObject({ outcome: 'ok' });

    const text = Object.values(mirror.tree()).join('\n');
    expect(text).not.toContain('Not asked for.');
    expect(sandbox.requests.slice(sent).filter(({ path }) => /\/search/.test(path))).toHaveLength(
      1,
    );
    site.comments.delete(site.comments.of(other).at(-1)?.id ?? '');
    await fresh.sync();
    expect(mirror.tree()).toEqual(fresh.tree());
    fresh.remove();
  });

  it('are read with --only where the search is refused keep who may read them', async () => {
    const { site, ids } = labelledSite();
    const [id = ''] = ids;
    site.restrictions.setReaders(id, {});
    const { mirror, sandbox } = await start(site);
    await mirror.sync();
    const restricted = 'visibility: "restricted"';
    expect(Object.values(mirror.tree()).join('\n')).toContain(restricted);
    site.labels.add(id, 'late');
    sandbox.faults = [{ when: { path: '/search' }, what: { kind: 'missing-scope' } }];

    await mirror.sync({ only: [id] });

    const text = Object.values(mirror.tree()).join('\n');
    expect(text).toContain('late');
    expect(text).toContain(restricted);
  });

  it('are read with --only on an empty mirror come whole, posts too', async () => {
    const { site, ids } = labelledSite();
    const post = site.addPage({ space: 'ENG', title: 'News', kind: 'blogpost', body: '<p>N.</p>' });
    site.comments.addFooter({ on: post, body: '<p>Comment on the post.</p>' });
    const { mirror, sandbox } = await start(site);

    await mirror.sync({ only: [ids[0] ?? '', post] });

    const text = Object.values(mirror.tree()).join('\n');
    expect(text).toContain(`Comment on ${ids[0]}`);
    expect(text).toContain('Comment on the post.');
    expect(text).toContain(`Plan of ${ids[0]}`);
    expect(text).toContain('labels: ["public"]');
    expect(sandbox.requests.length).toBeLessThanOrEqual(16);
  });

  it('are read with --only while a list of theirs fails are told as failed, and stay', async () => {
    const { site, ids } = labelledSite();
    const { mirror, sandbox } = await start(site);
    await mirror.sync();
    const before = mirror.tree();
    sandbox.faults = [{ when: { path: 'inline-comments' }, what: { kind: 'missing-scope' } }];

    const { outcome, sources } = await mirror.sync({ only: [ids[0] ?? ''] });

    expect(outcome).not.toBe('ok');
    expect(sources[0]?.scopes[0]?.error).toMatchObject({ code: 'auth' });
    expect(mirror.tree()).toEqual(before);
  });
});

describe('a filter that cannot be applied', () => {
  it.each([
    [{ cql: 'colour = red' }, 'config', 'colour'],
    [{ ancestors: ['4711'] }, 'config', '4711'],
  ])('%j fails as %s and removes nothing', async (include, code, word) => {
    const { mirror } = await start(labelledSite().site);
    await mirror.sync();
    const before = mirror.tree();

    mirror.config = { include };
    const summary = await mirror.sync({ allowDeletes: 1000 });

    const [source] = summary.sources;
    const error = source?.error ?? source?.scopes[0]?.error;
    expect(error).toMatchObject({ code, message: expect.stringContaining(word) });
    expect(mirror.tree()).toEqual(before);
  });

  it('because the search is refused removes nothing', async () => {
    const { mirror, sandbox } = await start(labelledSite().site);
    await mirror.sync();
    const before = mirror.tree();

    mirror.config = { include: { labels: ['public'] } };
    sandbox.faults = [{ when: { path: '/search' }, what: { kind: 'missing-scope' } }];
    const summary = await mirror.sync({ allowDeletes: 1000 });

    expect(summary.outcome).not.toBe('ok');
    expect(mirror.tree()).toEqual(before);
  });
});

describe('the options of the Confluence connector', () => {
  it('mirror archived pages with their labels, comments, replies and files', async () => {
    const { site, ids } = labelledSite();
    const [id = ''] = ids;
    const [comment] = site.comments.all().filter(({ containerId }) => containerId === id);
    site.comments.reply(comment?.id ?? '', { body: '<p>An answer.</p>' });
    const { mirror } = await start(site, { includeArchived: true });
    site.archive(id);
    await mirror.sync();

    const tree = mirror.tree();
    const page = Object.entries(tree).find(([path]) => path.endsWith('/page-0.md'))?.[1];
    expect(page).toContain('status: "archived"');
    expect(page).toContain('labels: ["public"]');
    expect(page).toContain(`Comment on ${id}`);
    expect(page).toContain('An answer.');
    expect(Object.values(tree)).toContain(`Plan of ${id}`);

    await mirror.sync({ reconcile: true });
    expect(mirror.tree()).toEqual(tree);
  });

  it('mirror an archived space with all that it holds, and find it again when it is opened', async () => {
    const { site, ids } = labelledSite();
    const post = site.addPage({ space: 'ENG', title: 'News', kind: 'blogpost', body: '<p>N.</p>' });
    site.labels.add(post, 'old-news');
    site.comments.addFooter({ on: post, body: '<p>Comment on the post.</p>' });
    const { mirror } = await start(site);
    site.archiveSpace('ENG');
    await mirror.sync();

    const tree = mirror.tree();
    const text = Object.values(tree).join('\n');
    expect(text.match(/^Comment on \d+/gm)).toHaveLength(30);
    expect(text.match(/^labels: \["public"\]/gm)).toHaveLength(30);
    expect(Object.values(tree).filter((one) => one.startsWith('Plan of'))).toHaveLength(30);
    expect(text).toContain('Comment on the post.');
    expect(text).toContain('old-news');

    site.unarchiveSpace('ENG');
    site.comments.addFooter({ on: ids[0] ?? '', body: '<p>Open again.</p>' });
    await mirror.sync();
    const opened = Object.values(mirror.tree()).join('\n');
    expect(opened).toContain('Open again.');
    expect(opened.match(/^Comment on \d+/gm)).toHaveLength(30);
  });

  it('take comments and posts away and bring them back', async () => {
    const { site } = labelledSite();
    site.addPage({ space: 'ENG', title: 'News', kind: 'blogpost', body: '<p>Post.</p>' });
    const { mirror } = await start(site);
    await mirror.sync();
    const before = mirror.tree();

    mirror.config = { comments: false, blogPosts: false };
    expect(await mirror.sync()).toMatchObject({ outcome: 'ok' });
    const text = Object.values(mirror.tree()).join('\n');
    expect(text).not.toContain('Comment on');
    expect(text).not.toContain('Post.');

    mirror.config = {};
    await mirror.sync();
    expect(mirror.tree()).toEqual(before);
  });

  it('keep with maxPages what is mirrored, and all that belongs to it', async () => {
    const { site } = labelledSite();
    const { mirror, sandbox } = await start(site);
    await mirror.sync();
    const before = mirror.tree();

    mirror.config = { maxPages: 5 };
    const sent = sandbox.requests.length;
    expect(await mirror.sync({ reconcile: true })).toMatchObject({ outcome: 'ok' });

    expect(mirror.tree()).toEqual(before);
    const paths = sandbox.requests.slice(sent).map(({ path }) => path);
    expect(paths.filter((path) => /(footer-comments|attachments)\//.test(path))).toEqual([]);
  });

  it('read with maxPages the parts of those pages alone', async () => {
    const { mirror, paths } = await start(labelledSite().site, { maxPages: 4 });

    await mirror.sync();

    expect(paths()).toHaveLength(3);
    const comments = Object.values(mirror.tree())
      .join('\n')
      .match(/^Comment on/gm);
    expect(comments).toHaveLength(3);
  });
});

describe('a run in which nothing changed', () => {
  it('stays in the allowance through the whole engine and touches no file', async () => {
    const sizes = { spaces: 3, pages: 300, blogposts: 30, comments: 90, attachments: 20 };
    const site = generatedSite(sizes);
    const { mirror, sandbox } = await start(site, { attachments: { download: false } });
    await mirror.sync();
    const stamps = (): Record<string, bigint> =>
      Object.fromEntries(
        Object.keys(mirror.tree()).map((path) => [
          path,
          statSync(join(mirror.root, path), { bigint: true }).mtimeNs,
        ]),
      );
    const before = stamps();
    site.clock.advance(3_600_000);
    const sent = sandbox.requests.length;

    const summary = await mirror.sync();

    // P/250 + B/250 + 2·S + 3·⌈S/50⌉ + 3
    expect(sandbox.requests.length - sent).toBeLessThanOrEqual(3 + 3 + 6 + 3 + 3);
    expect(summary).toMatchObject({ created: 0, updated: 0, moved: 0, deleted: 0 });
    expect(stamps()).toEqual(before);
  });
});
