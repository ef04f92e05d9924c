import { expect, it } from 'vitest';

import { bodyOf, generatedSite } from './index.ts';
import { readLinks } from './site/body-links.ts';

it('makes as many pages and blog posts as asked, the same each time', () => {
  const options = { spaces: 3, pages: 500, blogposts: 20, seed: 5 };
  const site = generatedSite(options);
  const contents = site.contents.all();

  const pages = contents.filter(({ kind }) => kind === 'page');
  expect([pages.length, contents.length]).toEqual([500, 520]);
  expect(generatedSite(options).contents.all().map(bodyOf)).toEqual(contents.map(bodyOf));
  expect(
    generatedSite({ ...options, seed: 6 })
      .contents.all()
      .map(bodyOf),
  ).not.toEqual(contents.map(bodyOf));
});

it('links pages that exist, a few levels deep', () => {
  const site = generatedSite({ spaces: 2, pages: 300 });
  const contents = site.contents.all();
  const titles = new Set(contents.map(({ spaceId, title }) => `${spaceId} ${title}`));

  const links = contents.flatMap((content) =>
    readLinks(bodyOf(content)).map(({ title }) => `${content.spaceId} ${title}`),
  );
  expect(links.filter((link) => !titles.has(link))).toEqual([]);
  expect(links.length).toBeGreaterThan(290);
  const depths = contents.map((content) => site.contents.ancestorsOf(content).length);
  expect(Math.max(...depths)).toBe(3);
});

it('hangs as many comments, attachments and labels on them as asked, the same each time', () => {
  const options = { spaces: 2, pages: 40, comments: 100, attachments: 30, labels: 200 };
  const site = generatedSite(options);
  const comments = site.comments.all();

  const labels = site.contents.all().flatMap((content) => content.labels);
  expect([comments.length, site.attachments.all().length, labels.length]).toEqual([100, 30, 200]);
  expect(comments.filter(({ parentId }) => parentId !== null)).toHaveLength(25);
  expect(new Set(comments.map(({ containerId }) => containerId)).size).toBeGreaterThan(20);
  expect(comments.filter(({ location }) => location === 'inline').length).toBeGreaterThan(10);
  const other = generatedSite(options);
  expect(other.comments.all()).toEqual(comments);
  expect(other.attachments.all()).toEqual(site.attachments.all());
});

it('makes 10,000 pages in well under two seconds', () => {
  const start = performance.now();

  generatedSite({ spaces: 1, pages: 10_000 });
  expect(performance.now() - start).toBeLessThan(2_000);
});
