import { ConfluenceSite, startConfluenceSandbox } from '@context-sync/sandbox';
import { expect, it, onTestFinished } from 'vitest';

import { ConfluenceMirror } from './confluence-mirror.ts';

const space = 'ENG';

function macro(name: string, parameters: Readonly<Record<string, string>>): string {
  const written = Object.entries(parameters).map(
    ([key, value]) => `<ac:parameter ac:name="${key}">${value}</ac:parameter>`,
  );
  return `<ac:structured-macro ac:name="${name}">${written.join('')}</ac:structured-macro>`;
}

const owner = (name: string): string =>
  '<ac:structured-macro ac:name="details"><ac:rich-text-body><table><tbody><tr><th>Owner</th>' +
  `<td>${name}</td></tr></tbody></table></ac:rich-text-body></ac:structured-macro>`;

it('follows pages that gain a label, move or say something else, with no request for the page of the lists', async () => {
  const site = new ConfluenceSite();
  site.addSpace({ key: space, name: 'Engineering', homepage: { title: 'Home', body: '' } });
  const one = site.addPage({ space, title: 'One', body: owner('Ann') });
  const two = site.addPage({ space, title: 'Two', body: owner('Bob') });
  site.labels.add(one, 'guide');
  const body = [
    macro('contentbylabel', { cql: 'label = "guide" and space = currentSpace()' }),
    macro('detailssummary', { label: 'guide', headings: 'Owner' }),
    macro('children', { page: 'One' }),
    macro('pagetree', { root: '@home' }),
  ];
  const lists = site.addPage({ space, title: 'Lists', body: body.join('') });
  const sandbox = await startConfluenceSandbox({ site });
  const mirror = new ConfluenceMirror(sandbox);
  onTestFinished(async () => {
    mirror.remove();
    await sandbox.close();
  });
  const shown = (): string => {
    const [, text = ''] = mirror.tree()['confluence/ENG/home/lists.md']?.split('# Lists\n') ?? [];
    return text.trim().replaceAll(/\n{3,}/g, '\n\n');
  };

  await mirror.sync();

  expect(shown()).toBe(
    [
      '- [One](one.md)',
      '| Title | Owner |\n| --- | --- |\n| [One](one.md) | Ann |',
      '- [Home](../home.md)\n  - [One](one.md)\n  - [Two](two.md)\n  - [Lists](lists.md)',
    ].join('\n\n'),
  );

  site.labels.add(two, 'guide');
  site.edit(one, owner('Eve'));
  site.addPage({ space, title: 'Three', parent: one, body: '<p>3</p>' });
  const asked = sandbox.requests.length;
  await mirror.sync();

  expect(shown()).toBe(
    [
      '- [One](one.md)\n- [Two](two.md)',
      '| Title | Owner |\n| --- | --- |\n| [One](one.md) | Eve |\n| [Two](two.md) | Bob |',
      '- [Three](one/three.md)',
      '* [Home](../home.md)\n  * [One](one.md)\n  * [Two](two.md)\n  * [Lists](lists.md)',
    ].join('\n\n'),
  );
  const later = sandbox.requests
    .slice(asked)
    .map(({ path, query }) => `${path}?${query.toString()}`);
  expect(later.filter((url) => new RegExp(`\\b${lists}\\b`).test(url))).toEqual([]);
});
