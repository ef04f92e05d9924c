import fc from 'fast-check';
import { expect, it } from 'vitest';

import { documentPage, readMetaField } from './html-page.ts';

const text = fc.string({ unit: 'binary', maxLength: 20 });

it('reads back every field as it was, and no other', () => {
  fc.assert(
    fc.property(fc.dictionary(text, text), text, text, (fields, title, other) => {
      const page = documentPage(title, Object.entries(fields), '<p>x</p>\n');

      for (const [key, value] of Object.entries(fields))
        expect(readMetaField(page, key)).toBe(value);
      if (!Object.hasOwn(fields, other)) expect(readMetaField(page, other)).toBeUndefined();
    }),
  );
});

it('takes no field out of the text of a page', () => {
  const page = documentPage('a', [], '\n<meta name="context-sync:id" content="x">\n</head>\n');

  expect(readMetaField(page, 'id')).toBeUndefined();
});

it('shows the fields that a reader asks for, and links addresses of the web alone', () => {
  const page = documentPage(
    'a',
    [
      ['url', 'javascript:a'],
      ['labels', ['b', '<c>']],
      ['revision', '4'],
      ['lossy', { d: 1 }],
    ],
    '',
  );

  expect(page).toContain(
    '<dl>\n<dt>url</dt><dd>javascript:a</dd>\n<dt>labels</dt><dd>b, &#x3C;c&#x3E;</dd>\n</dl>',
  );
  expect(page).toContain('<meta name="context-sync:lossy" content="{&#x22;d&#x22;:1}">');
});
