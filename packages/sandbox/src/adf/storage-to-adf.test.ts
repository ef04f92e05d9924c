import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';

import { describeWithShared, readShared } from '../__fixtures__/shared-folder.ts';
import { bodyOf, ConfluenceSite, sampleCompany } from '../index.ts';
import { BodyNames } from './body-names.ts';
import { storageToAdf } from './storage-to-adf.ts';

const baseUrl = 'https://acme.example/wiki';

function convert(body: string): unknown {
  const site = new ConfluenceSite();
  site.addSpace({ key: 'ENG', name: 'Engineering', homepage: { title: 'Home', id: '7' } });
  site.attachments.add({ on: '7', name: 'a.png', content: 'a' });
  return storageToAdf(body, new BodyNames(site, site.contents.get('7'), baseUrl)).content;
}

const link = (inner: string): string => `<p><ac:link>${inner}</ac:link></p>`;

describe('storageToAdf', () => {
  it.each<[string, string, unknown[]]>([
    [
      'marks',
      '<p>a <strong>b</strong></p>',
      [
        { type: 'text', text: 'a ' },
        { type: 'text', text: 'b', marks: [{ type: 'strong' }] },
      ],
    ],
    [
      'a page by its address',
      link('<ri:page ri:content-title="home"/>'),
      [
        {
          type: 'text',
          text: 'home',
          marks: [{ type: 'link', attrs: { href: `${baseUrl}/spaces/ENG/overview` } }],
        },
      ],
    ],
    [
      'a file by the id of the media service',
      link('<ri:attachment ri:filename="a.png"/>'),
      [
        {
          type: 'mediaInline',
          attrs: {
            type: 'file',
            id: expect.stringMatching(/^[\da-f-]{36}$/),
            collection: 'contentId-7',
            alt: 'a.png',
          },
        },
      ],
    ],
  ])('names %s', (_what, body, content) => {
    expect(convert(body)).toEqual([{ type: 'paragraph', content }]);
  });

  it('says of a file that is not there that it knows no id', () => {
    expect(JSON.stringify(convert(link('<ri:attachment ri:filename="b.png"/>')))).toContain(
      'UNKNOWN_MEDIA_ID',
    );
  });

  it('makes a panel of a macro, and keeps one with a title as a macro', () => {
    const info = (inner: string): string =>
      `<ac:structured-macro ac:name="info">${inner}<ac:rich-text-body><p>a</p></ac:rich-text-body></ac:structured-macro>`;
    const title = '<ac:parameter ac:name="title">T</ac:parameter>';

    expect(convert(info(''))).toMatchObject([{ type: 'panel', attrs: { panelType: 'info' } }]);
    expect(convert(info(title))).toMatchObject([
      { type: 'bodiedExtension', attrs: { extensionKey: 'info' } },
    ]);
  });
});

describeWithShared(
  'ADF of the sample company',
  ['adf-json-schema/atlaskit-adf-schema-npm/full.json'],
  () => {
    const { $schema: _, ...schema } = Object(
      readShared('adf-json-schema/atlaskit-adf-schema-npm/full.json'),
    ) as Record<string, unknown>;
    const fits = new Ajv({ strict: false, logger: false, unicodeRegExp: false }).compile(schema);
    const site = sampleCompany();
    const pages = site.contents.all().filter(({ kind }) => kind === 'page' || kind === 'blogpost');

    // The editor has no table within a table, a list in a quote, or a status in code; this page has.
    it.each(pages.filter(({ title }) => !title.startsWith('Formatting')))(
      'fits the schema: $title',
      (page) => {
        const document = storageToAdf(bodyOf(page), new BodyNames(site, page, baseUrl));

        expect({ fits: fits(document), errors: fits.errors }).toMatchObject({ fits: true });
      },
    );
  },
);
