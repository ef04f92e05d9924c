import { readdirSync, readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { describeWithShared, readShared, sharedFolder } from './__fixtures__/shared-folder.ts';
import { bodyOf, recordedPages } from './index.ts';

const folder = 'confluence-pages/querypie';

describeWithShared('recorded pages', [folder], () => {
  const names = readdirSync(sharedFolder + folder).filter((name) => /^\d+$/.test(name));

  it('keep their ids, titles, places, versions and bodies', () => {
    const site = recordedPages(sharedFolder + folder);

    for (const name of names) {
      const recorded = readShared(`${folder}/${name}/page.v2.json`) as Record<string, unknown> & {
        version: { number: number; createdAt: string };
      };
      const { id, title, parentId, spaceId, position, createdAt } = recorded;
      const page = site.contents.get(name);
      expect(page).toMatchObject({ id, title, parentId, spaceId, position, createdAt });
      const { number, createdAt: editedAt } = recorded.version;
      expect(page.version).toMatchObject({ number, createdAt: editedAt });
      const body = readFileSync(`${sharedFolder}${folder}/${name}/storage.xhtml`, 'utf8');
      expect(bodyOf(page)).toBe(body);
    }
  });

  it('lie in their real tree, with the pages between them', () => {
    const site = recordedPages(sharedFolder + folder);

    const page = site.contents.get('544113141');
    const path = site.contents.ancestorsOf(page).map(({ title }) => title);
    expect(path.slice(0, 2)).toEqual(['QueryPie v10 Manual', 'QueryPie Docs']);
    expect(path).toHaveLength(5);
    expect(site.spaces.get('QM').homepageId).toBe('576585864');
  });
});
