import { ConfluenceSite, startConfluenceSandbox } from '@context-sync/sandbox';
import { describe, expect, it, onTestFinished } from 'vitest';

import { ConfluenceMirror } from './confluence-mirror.ts';

const space = 'ENG';

async function start(site = new ConfluenceSite()) {
  site.addSpace({ key: space, name: 'Engineering', homepage: { title: 'Home', body: '' } });
  const sandbox = await startConfluenceSandbox({ site });
  const mirror = new ConfluenceMirror(sandbox);
  onTestFinished(async () => {
    mirror.remove();
    await sandbox.close();
  });
  const textOf = (name: string): string | undefined =>
    Object.entries(mirror.tree()).find(([path]) => path.endsWith(`/${name}`))?.[1];
  return { site, sandbox, mirror, textOf };
}

describe('a space', () => {
  it('is mirrored with its root pages outside the homepage, and without a homepage at all', async () => {
    const { site, mirror } = await start();
    site.addPage({ space, title: 'Stray', parent: null, body: '<p>Root.</p>' });
    site.addSpace({ key: 'BARE', name: 'Bare' });
    site.addPage({ space: 'BARE', title: 'Alone', parent: null, body: '<p>Alone.</p>' });

    expect(await mirror.sync()).toMatchObject({ outcome: 'ok' });

    const paths = Object.keys(mirror.tree());
    expect(paths).toContain('confluence/ENG/stray.md');
    expect(paths).toContain('confluence/BARE/alone.md');
  });

  it('keeps apart the files of pages whose titles ask for one name', async () => {
    const { site, mirror } = await start();
    const titles = ['Run book', 'run-book', 'RUN BOOK!', 'Run/book', 'Run: book'];
    for (const title of titles) site.addPage({ space, title, body: `<p>Text of ${title}.</p>` });

    await mirror.sync();

    const texts = Object.values(mirror.tree());
    for (const title of titles) {
      expect(texts.filter((text) => text.includes(`Text of ${title}.`))).not.toEqual([]);
    }
    const paths = Object.keys(mirror.tree()).filter((path) => path.includes('run-book'));
    expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(titles.length);
  });

  it('loses the file of a page that moved, in a run in which nothing else is missing', async () => {
    const { site, mirror } = await start();
    const parent = site.addPage({ space, title: 'Parent' });
    const child = site.addPage({ space, title: 'Child', body: '<p>Child.</p>' });
    await mirror.sync();

    site.move(child, { parent });
    await mirror.sync();

    const paths = Object.keys(mirror.tree()).filter((path) => path.endsWith('child.md'));
    expect(paths).toEqual(['confluence/ENG/home/parent/child.md']);
  });
});

describe('comments', () => {
  it('are shown with every reply, at any depth', async () => {
    const { site, mirror, textOf } = await start();
    const page = site.addPage({ space, title: 'Plan' });
    const root = site.comments.addFooter({ on: page, body: '<p>Root</p>' });
    let last = root;
    for (let index = 0; index < 60; index += 1) {
      site.comments.reply(root, { body: `<p>Wide ${index}.</p>` });
      if (index < 5) last = site.comments.reply(last, { body: `<p>Deep ${index}.</p>` });
    }

    await mirror.sync();

    expect(textOf('plan.md')?.match(/^Wide \d+\.$/gm)).toHaveLength(60);
    expect(textOf('plan.md')?.match(/^Deep \d+\.$/gm)).toHaveLength(5);
  });

  it('leave no heading behind when the last one is deleted', async () => {
    const { site, mirror, textOf } = await start();
    const page = site.addPage({ space, title: 'Plan' });
    const comment = site.comments.addFooter({ on: page, body: '<p>Why?</p>' });
    await mirror.sync();
    expect(textOf('plan.md')).toContain('## Comments');

    site.comments.delete(comment);
    await mirror.sync({ reconcile: true });

    expect(textOf('plan.md')).not.toContain('## Comments');
  });
});

describe('a download', () => {
  it('that is a login page is not saved, and is tried again though its page is unchanged', async () => {
    const { site, mirror, sandbox } = await start();
    const on = site.addPage({ space, title: 'Plan' });
    site.attachments.add({ on, name: 'plan.txt', content: 'The plan' });
    sandbox.faults = [{ when: { path: '/download' }, what: { kind: 'login-page' } }];

    expect(await mirror.sync()).toMatchObject({ outcome: 'partial' });
    expect(Object.keys(mirror.tree()).filter((path) => path.endsWith('.txt'))).toEqual([]);

    sandbox.faults = [];
    await mirror.sync({ reconcile: true });
    expect(Object.values(mirror.tree())).toContain('The plan');
  });

  it('of a file of a post is asked for at the API, never at the address that v2 gives', async () => {
    const { site, mirror, sandbox } = await start();
    const on = site.addPage({ space, title: 'News', kind: 'blogpost' });
    site.attachments.add({ on, name: 'a b%2F.txt', content: 'Of the post' });

    expect(await mirror.sync()).toMatchObject({ outcome: 'ok' });

    expect(Object.values(mirror.tree())).toContain('Of the post');
    const paths = sandbox.requests.map(({ path }) => path);
    expect(paths.filter((path) => path.includes('/wiki/download/'))).toEqual([]);
  });
});

describe('a link', () => {
  it('to a page outside the mirror costs no request', async () => {
    const { site, mirror, sandbox, textOf } = await start();
    const address = 'https://acme.atlassian.net/wiki/spaces/X/pages/4711/Elsewhere';
    const link = '<ac:link><ri:page ri:space-key="X" ri:content-title="Elsewhere"/></ac:link>';
    site.addPage({ space, title: 'Plan', body: `<p>${link} <a href="${address}">there</a></p>` });

    await mirror.sync();

    expect(textOf('plan.md')).toContain(address);
    expect(sandbox.requests.filter(({ path }) => /4711|Elsewhere/.test(path))).toEqual([]);
  });
});
