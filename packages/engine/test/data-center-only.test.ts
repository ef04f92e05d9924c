import {
  type ConfluenceSandbox,
  ConfluenceSite,
  startConfluenceSandbox,
} from '@context-sync/sandbox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ConfluenceMirror } from './confluence-mirror.ts';

let sandbox: ConfluenceSandbox;
let mirror: ConfluenceMirror;
let page: string;

beforeEach(async () => {
  const site = new ConfluenceSite();
  site.addSpace({ key: 'ENG', name: 'Engineering', homepage: { title: 'Engineering' } });
  page = site.addPage({ space: 'ENG', title: 'Deploy it', body: '<p>Old</p>' });
  const dataCenter = { contextPath: '/confluence' };
  sandbox = await startConfluenceSandbox({ site, deployment: 'data-center', dataCenter });
  mirror = new ConfluenceMirror(sandbox);
});

afterEach(async () => {
  mirror.remove();
  await sandbox.close();
});

/** What Data Center itself says of where a page is. */
async function linksOf(id: string): Promise<{ webui: string; tinyui: string }> {
  const authorization = `Bearer ${sandbox.token}`;
  const answer = await fetch(`${sandbox.url}/rest/api/content/${id}`, {
    headers: { authorization },
  });
  const { _links } = (await answer.json()) as { _links: { webui: string; tinyui: string } };
  return _links;
}

/** Below the wiki; those with the id in them come first. */
async function addressesOf(id: string): Promise<string[]> {
  const { webui, tinyui } = await linksOf(id);
  const ways = [`/pages/viewpage.action?pageId=${id}`, `/spaces/ENG/pages/${id}/Deploy+it`];
  return [...ways, tinyui, webui].map((path) => sandbox.url + path);
}

describe('an address of Data Center, given to sync --only', () => {
  it('finds its mirrored page, whichever a browser shows', async () => {
    await mirror.sync();

    for (const [index, address] of (await addressesOf(page)).entries()) {
      sandbox.site.edit(page, `<p>New ${index}</p>`);
      expect(await mirror.sync({ only: [address] })).toMatchObject({ outcome: 'ok', updated: 1 });
    }
    sandbox.site.edit(sandbox.site.idOf('ENG', 'Engineering'), '<p>Home</p>');
    const home = `${sandbox.url}/display/ENG`;
    expect(await mirror.sync({ only: [home] })).toMatchObject({ outcome: 'ok', updated: 1 });
  });

  it('finds a new page by the id in it; one without says what is missing', async () => {
    const [byId = '', , , byTitle = ''] = await addressesOf(page);

    await expect(mirror.sync({ only: [byTitle] })).rejects.toMatchObject({
      code: 'usage',
      hint: expect.stringContaining('once its document is mirrored'),
    });
    expect(await mirror.sync({ only: [byId] })).toMatchObject({ outcome: 'ok', created: 1 });
  });
});
