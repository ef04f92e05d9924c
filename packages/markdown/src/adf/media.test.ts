import { describe, expect, it } from 'vitest';

import { type Adf, doc, node, p, text } from '../__fixtures__/adf.ts';
import { references } from '../__fixtures__/references.ts';
import { adfToMarkdown } from './adf-to-markdown.ts';

const known = {
  ...references,
  media: ({ fileId }: { fileId: string }) =>
    fileId === 'gone' ? undefined : { url: `ctx:att/${fileId}`, fileName: `${fileId}.png` },
};

function convert(...content: Adf[]): string {
  return adfToMarkdown(doc(...content), known).markdown.trimEnd();
}

const media = (attrs: object, type = 'media'): Adf => node(type, { type: 'file', ...attrs });

describe('media', () => {
  it.each<[string, Adf, string]>([
    ['mediaSingle', node('mediaSingle', {}, media({ id: '1', alt: 'A b' })), '![A b](ctx:att/1)'],
    ['a file without a text', node('mediaSingle', {}, media({ id: '1' })), '![1.png](ctx:att/1)'],
    [
      'an image of the web',
      node('mediaSingle', {}, node('media', { type: 'external', url: 'https://x.example/a.png' })),
      '![https://x.example/a.png](https://x.example/a.png)',
    ],
    [
      'caption',
      node(
        'mediaSingle',
        {},
        media({ id: '1' }),
        node('caption', {}, text('c '), text('d', 'strong')),
      ),
      '![1.png](ctx:att/1)\\\n*c __d__*',
    ],
    [
      'an image with a link',
      node('mediaSingle', {}, { ...media({ id: '1' }), marks: [node('link', { href: '/x' })] }),
      '[![1.png](ctx:att/1)](https://wiki.example/x)',
    ],
    [
      'mediaGroup',
      node('mediaGroup', {}, media({ id: '1' }), media({ id: 'gone', alt: 'b.pdf' })),
      '[](ctx:att/1)\n\nb.pdf',
    ],
    ['mediaInline', p('a ', media({ id: '1' }, 'mediaInline')), 'a [](ctx:att/1)'],
    [
      'an image in a line',
      p(media({ id: '1', type: 'image' }, 'mediaInline')),
      '![1.png](ctx:att/1)',
    ],
    [
      'an icon',
      node('mediaSingle', { width: 24, widthType: 'pixel' }, media({ id: '1', alt: 'A' })),
      '<img src="ctx:att/1" alt="A" width="24">',
    ],
    [
      'a share of the column',
      node('mediaSingle', { width: 24 }, media({ id: '1', alt: 'A' })),
      '![A](ctx:att/1)',
    ],
    ['a file that is gone', node('mediaSingle', {}, media({ id: 'gone', alt: 'a_b' })), 'a_b'],
    [
      'a file by name',
      node('mediaSingle', {}, media({ id: 'gone', __fileName: 'a' })),
      '![a](ctx:att/a)',
    ],
    ['a file of no id', node('mediaSingle', {}, media({})), 'file'],
  ])('converts %s', (_what, block, markdown) => {
    expect(convert(block)).toBe(markdown);
  });

  it('counts what it cannot find, and sizes that somebody chose', () => {
    const gone = media({ id: 'gone', width: 10 });
    const sized = node('mediaSingle', { width: 50 }, media({ id: '1' }));

    expect(
      adfToMarkdown(doc(node('mediaSingle', {}, gone), node('mediaGroup', {}, gone), sized), known)
        .lossy,
    ).toEqual([
      { construct: 'image size', count: 1 },
      { construct: 'media', count: 2 },
    ]);
  });
});
