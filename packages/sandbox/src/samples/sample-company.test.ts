import { inflateSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { bodyOf, readChunks, sampleCompany } from '../index.ts';
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

  it('is discussed a little, and some of it is kept among few', () => {
    const { comments, attachments } = site;
    const statuses = comments.all().map((comment) => comments.statusOf(comment));

    expect([comments.all().length, new Set(statuses)]).toEqual([8, new Set(['open', 'resolved'])]);
    expect(attachments.all().map(({ title }) => title)).toEqual([
      'ride states.png',
      'checklist.txt',
      '../a\\b: "odd" %2F.txt',
    ]);
    expect(contents.filter(({ labels }) => labels.length > 0)).toHaveLength(4);
    expect(contents.filter(({ readers }) => readers !== undefined)).toHaveLength(1);
  });

  it('has an image that is one', () => {
    const [image] = site.attachments.all();
    const bytes = Buffer.concat([...readChunks(image?.content ?? { size: 0 })]);
    const data = bytes.subarray(41, 41 + bytes.readUInt32BE(33));

    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([64, 40]);
    expect(inflateSync(data)).toHaveLength(65 * 40);
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
