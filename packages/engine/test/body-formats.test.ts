import {
  type ConfluenceSandbox,
  ConfluenceSite,
  sampleCompany,
  startConfluenceSandbox,
} from '@context-sync/sandbox';
import { describe, expect, it, onTestFinished } from 'vitest';

import { ConfluenceMirror } from './confluence-mirror.ts';

async function start(site: ConfluenceSite): Promise<ConfluenceSandbox> {
  const sandbox = await startConfluenceSandbox({ site });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

function mirrorOf(sandbox: ConfluenceSandbox, body: 'storage' | 'adf'): ConfluenceMirror {
  const mirror = new ConfluenceMirror(sandbox, { config: { body } });
  onTestFinished(() => mirror.remove());
  return mirror;
}

/** One space with a page for `body`, and a picture on it. */
function siteWith(body: string): { site: ConfluenceSite; page: string; picture: string } {
  const site = new ConfluenceSite();
  site.addSpace({ key: 'ENG', name: 'Engineering', homepage: { title: 'Home', body: '' } });
  const page = site.addPage({ space: 'ENG', title: 'Plan', body });
  const picture = site.attachments.add({ on: page, name: 'a b.png', content: 'old' });
  return { site, page, picture };
}

const image = '<ac:image ac:alt="A"><ri:attachment ri:filename="a b.png"/></ac:image>';

function pageOf(mirror: ConfluenceMirror, name: string): string {
  const [, text = ''] = Object.entries(mirror.tree()).find(([path]) => path.endsWith(name)) ?? [];
  return text;
}

/** What `docs/adf.md` of the package for Markdown lists: files that are gone have no address. */
function withoutGoneFiles(text: string, host: string): string {
  return text
    .replaceAll(/!?\[([^\]]*)\]\((https?:\/\/[^)]*)\)/g, (link, words: string, url: string) =>
      new URL(url).host === host && /\/(?:download|display)\//.test(url) ? words : link,
    )
    .replace(/^lossy: .*\n/m, '')
    .replaceAll(/\?title=%[\dA-F%]+(?=\))/gi, '');
}

describe('the same space read as storage and as ADF', () => {
  it('gives the same files, but for files that are gone', { timeout: 30_000 }, async () => {
    const sandbox = await start(sampleCompany());
    const { host } = new URL(sandbox.url);
    const [storage, adf] = [mirrorOf(sandbox, 'storage'), mirrorOf(sandbox, 'adf')];

    expect(await storage.sync()).toMatchObject({ outcome: 'ok', created: 76 });
    expect(await adf.sync()).toMatchObject({ outcome: 'ok', created: 76 });

    const comparable = (mirror: ConfluenceMirror): Record<string, string> =>
      Object.fromEntries(
        Object.entries(mirror.tree())
          // Indexes show the first sentences, whose length counts addresses.
          .filter(([path]) => path.endsWith('.md') && !path.endsWith('README.md'))
          .map(([path, text]) => [path, withoutGoneFiles(text, host)]),
      );
    expect(comparable(adf)).toEqual(comparable(storage));
  });
});

describe('a mirror of ADF', () => {
  it('keeps the link to a file that got a new version, without reading its page again', async () => {
    const { site, picture } = siteWith(image);
    const sandbox = await start(site);
    const [mirror, fresh] = [mirrorOf(sandbox, 'adf'), mirrorOf(sandbox, 'adf')];
    await mirror.sync();
    expect(pageOf(mirror, 'plan.md')).toContain('![A](plan.assets/a-b.png)');

    site.attachments.replace(picture, { content: 'new' });
    site.catchUp();
    await mirror.sync();
    await fresh.sync();

    expect(mirror.tree()).toEqual(fresh.tree());
    expect(pageOf(mirror, 'plan.md')).toContain('![A](plan.assets/a-b.png)');
  });

  it('asks for ADF of comments too, and calls people by the names that they have', async () => {
    const { site, page } = siteWith('');
    const ada = site.people.add({ name: 'Ada' });
    const mention = `<ac:link><ri:user ri:account-id="${ada}"/></ac:link>`;
    site.comments.addFooter({ on: page, body: `<p>Ask ${mention}.</p>` });
    site.people.rename(ada, 'Ada Lovelace');
    const sandbox = await start(site);
    const mirror = mirrorOf(sandbox, 'adf');

    await mirror.sync();

    expect(pageOf(mirror, 'plan.md')).toContain('Ask @Ada Lovelace.');
    const asked = sandbox.requests.map(({ query }) => query.toString());
    expect(asked.filter((query) => /body-format=storage|body\.storage/.test(query))).toEqual([]);
  });
});

describe('changing the format of texts', () => {
  it('reads pages and comments again, and gives what a fresh mirror has', async () => {
    const { site, page } = siteWith(
      `${image}<p><ac:link><ri:page ri:content-title="Home"/></ac:link></p>`,
    );
    site.comments.addFooter({
      on: page,
      body: '<ac:structured-macro ac:name="view-file"><ac:parameter ac:name="name">a b.png</ac:parameter></ac:structured-macro>',
    });
    const sandbox = await start(site);
    const [mirror, fresh] = [mirrorOf(sandbox, 'storage'), mirrorOf(sandbox, 'adf')];
    await mirror.sync();
    const before = sandbox.requests.length;

    mirror.config = { body: 'adf' };
    await mirror.sync();

    const asked = sandbox.requests.slice(before).map(({ query }) => query.toString());
    expect(asked.some((query) => query.includes('body-format=atlas_doc_format'))).toBe(true);
    expect(asked.some((query) => query.includes('body.atlas_doc_format'))).toBe(true);
    await fresh.sync();
    expect(mirror.tree()).toEqual(fresh.tree());
  });
});
