import { expect, it } from 'vitest';

import { readLinks, rewriteLinks } from './body-links.ts';

it('reads links with entities, with other attributes and of blog posts', () => {
  const body = `<p>Title &lt;ri:page</p>
    <ri:page ri:version-at-save="1" ri:content-title="a &lt;b&gt; &amp;amp; &quot;c&quot;"/>
    <ri:blog-post ri:space-key="X" ri:content-title="n > m" ri:posting-day="2026/01/01" />
    <ri:page ri:space-key="X" />`;

  expect(readLinks(body)).toEqual([
    { kind: 'page', title: 'a <b> &amp; "c"', spaceKey: undefined },
    { kind: 'blogpost', title: 'n > m', spaceKey: 'X' },
  ]);
});

it('leaves code samples and links that do not change as they are', () => {
  const sample = '<![CDATA[<ri:page ri:content-title="Old" />]]>';
  const other = `<ri:page   ri:content-title="Other"/>`;

  const body = rewriteLinks(`${sample}<ri:page ri:content-title="Old"/>${other}`, (link) =>
    link.title === 'Old' ? { ...link, title: '$& "new"' } : undefined,
  );

  expect(body).toBe(`${sample}<ri:page ri:content-title="$&amp; &quot;new&quot;"/>${other}`);
});
