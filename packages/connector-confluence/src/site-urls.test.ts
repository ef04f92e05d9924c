import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { documentId, pageKey, parseNodeId, resolveSiteUrl } from './site-urls.ts';

const wiki = 'https://acme.atlassian.net/wiki';
const resolve = (address: string): string | undefined => resolveSiteUrl(wiki, new URL(address));

describe('resolveSiteUrl', () => {
  it.each([
    [`${wiki}/spaces/ENG/pages/98341/How+we+work`, '98341'],
    [`${wiki}/spaces/ENG/pages/98341?focusedCommentId=7#goals`, '98341'],
    [`${wiki}/spaces/ENG/pages/edit-v2/98341`, '98341'],
    [`${wiki}/spaces/~712020abc/pages/98341/`, '98341'],
    [`${wiki}/spaces/ENG/blog/2026/01/05/98378/News`, '98378'],
    [`${wiki}/pages/viewpage.action?spaceKey=ENG&pageId=98341`, '98341'],
    [`${wiki}/pages/98341`, '98341'],
    ['http://ACME.atlassian.net/wiki/spaces/ENG/pages/98341', '98341'],
    [`${wiki}/spaces/ENG/folder/98452`, 'folder:98452'],
    [`${wiki}/spaces/ENG/whiteboard/98489/Ideas`, 'whiteboard:98489'],
    [`${wiki}/x/JYAB`, '98341'],
  ])('finds the document of %s', (address, id) => {
    expect(resolve(address)).toBe(id);
  });

  it.each([
    'https://other.atlassian.net/wiki/spaces/ENG/pages/98341',
    'https://acme.atlassian.net/browse/ENG-1',
    'https://acme.atlassian.net/wikis/spaces/ENG/pages/98341',
    `${wiki}/spaces/ENG/overview`,
    `${wiki}/spaces/ENG/pages/x98341`,
    `${wiki}/spaces/ENG/blog/2026/01/05`,
    `${wiki}/pages/viewpage.action?title=Home`,
    `${wiki}/display/ENG/Home`,
    `${wiki}/x/`,
    `${wiki}/x/AAAAAAAAAAAAAAAA`,
    'mailto:ada@acme.atlassian.net',
  ])('leaves %s alone', (address) => {
    expect(resolve(address)).toBeUndefined();
  });

  it('reads back every short link', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 62n }), (id) => {
        const bytes = Buffer.alloc(8);
        bytes.writeBigUInt64LE(id);
        const code = bytes
          .toString('base64')
          .replaceAll('+', '_')
          .replaceAll('/', '-')
          .replace(/A*=*$/, '');
        expect(resolve(`${wiki}/x/${code}`)).toBe(String(id));
      }),
    );
  });

  it('throws for no address at all', () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (address) => {
        const { pathname, search, hash } = new URL(address);
        const id = resolve(`${wiki}${pathname}${search}${hash}`);
        expect(id === undefined || /^(\w+:)?\d+$/.test(id)).toBe(true);
      }),
    );
  });
});

describe('pageKey', () => {
  it('ignores case and the form of accents', () => {
    expect(pageKey('ENG', 'Caf\u0065\u0301 Plan ')).toBe(pageKey('eng', 'CAF\u00c9 plan'));
  });
});

describe('documentId', () => {
  it('keeps content ids and marks nodes, which are read elsewhere', () => {
    expect(documentId('page', '1')).toBe('1');
    expect(documentId('folder', '1')).toBe('folder:1');
    expect(parseNodeId('folder:1')).toEqual({ kind: 'folder', id: '1' });
    expect(parseNodeId('1')).toBeUndefined();
    expect(parseNodeId('page:1')).toBeUndefined();
  });
});
