import { describe, expect, it } from 'vitest';

import { bodyOf, sampleCompany } from '../index.ts';
import { readLinks } from '../site/body-links.ts';

/** Tags that do not close in order; storage format is XML, so there must be none. */
function unbalancedTags(body: string): string[] {
  const open: string[] = [];
  const markup = body.replaceAll(/<!\[CDATA\[[\s\S]*?\]\]>/g, '');
  const wrong: string[] = [];
  for (const [, slash, name = '', rest = ''] of markup.matchAll(/<(\/?)([\w:-]+)([^>]*)>/g)) {
    if (slash === '/') {
      if (open.pop() !== name) wrong.push(name);
    } else if (!rest.endsWith('/')) open.push(name);
  }
  return [...wrong, ...open];
}

describe('the sample company', () => {
  const site = sampleCompany();
  const contents = site.contents.all();
  const bodies = contents.map(bodyOf).join('\n');

  it('is the same each time', () => {
    expect(sampleCompany().contents.all()).toEqual(contents);
  });

  it('has three spaces, about sixty pages, blog posts, folders, an archive and a trash', () => {
    const count = (kind: string): number => contents.filter((item) => item.kind === kind).length;

    expect(site.spaces.all().map(({ key }) => key)).toEqual(['ENG', 'OPS', 'HR']);
    expect([count('page') >= 60, count('blogpost'), count('folder')]).toEqual([true, 6, 4]);
    expect(new Set(contents.map(({ status }) => status)).size).toBe(3);
    const deepest = contents.map((content) => site.contents.ancestorsOf(content).length);
    expect(Math.max(...deepest)).toBe(4);
  });

  it('is well-formed and its links lead somewhere, but for those that should not', () => {
    const lost = contents.flatMap((content) =>
      readLinks(bodyOf(content)).filter(({ kind, title, spaceKey }) => {
        const spaceId = spaceKey ? site.spaces.get(spaceKey).id : content.spaceId;
        return !contents.some(
          (item) => item.kind === kind && item.spaceId === spaceId && item.title === title,
        );
      }),
    );

    expect(contents.flatMap((content) => unbalancedTags(bodyOf(content)))).toEqual([]);
    expect(lost.map(({ title }) => title)).toEqual(['Open data', 'Nobody wrote this']);
  });

  it.each([
    'ac:name="code"',
    'colspan=',
    'rowspan=',
    'ac:name="info"',
    'ac:task-list',
    'ac:name="expand"',
    'ac:image',
    'ri:user',
    'ac:name="status"',
    'ac:emoticon',
    'ac:layout-section',
    'ac:adf-extension',
    'ac:placeholder',
    'ac:inline-comment-marker',
    '<time',
    'ri:blog-post',
    ']]]]><![CDATA[>',
    'ac:name="somebodys-own-macro"',
  ])('shows %s', (construct) => {
    expect(bodies).toContain(construct);
  });
});
