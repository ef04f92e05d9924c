import { describe, expect, it } from 'vitest';

import type { ContentRow } from './schema.ts';
import { type Place, revisionOf, toContent, toDocument } from './to-document.ts';

const wikiUrl = 'https://acme.atlassian.net/wiki';
const place: Place = {
  wikiUrl,
  space: { id: '9', key: 'ENG', homepageId: '1', isArchived: false },
};

function rowOf(fields: Partial<ContentRow>): ContentRow {
  const version = { number: 3, createdAt: '2026-01-05T09:00:00.000Z' };
  return {
    id: '1',
    status: 'current',
    title: 'Home',
    spaceId: '9',
    version,
    body: undefined,
    ...fields,
  };
}

function read(fields: Partial<ContentRow>, kind: 'page' | 'blogpost' = 'page') {
  return toDocument(kind, rowOf(fields), place, async () => ({ markdown: '' }));
}

describe('toDocument', () => {
  it.each([
    [{ parentId: null, parentType: null }, null],
    [{ parentId: '2', parentType: 'page' }, '2'],
    [{ parentId: '2' }, '2'],
    [{ parentId: '2', parentType: 'folder' }, 'folder:2'],
    [{ parentId: '2', parentType: 'whiteboard' }, 'whiteboard:2'],
    [{ parentId: '2', parentType: 'something-new' }, null],
  ])('places %j under %s', (fields, parent) => {
    expect(read(fields).parent).toBe(parent);
  });

  it('makes a new revision for a new space, where the same text links elsewhere', () => {
    const row = rowOf({});

    expect(revisionOf(row, place.space)).not.toBe(revisionOf(row, { ...place.space, key: 'HR' }));
  });

  it('lets the addresses of a space lead to its homepage', () => {
    expect(read({ id: '1' }).aliases).toContain(`${wikiUrl}/spaces/ENG/overview`);
    expect(read({ id: '1' }).aliases).toContain(`${wikiUrl}/display/ENG`);
    expect(read({ id: '2' }).aliases).not.toContain(`${wikiUrl}/spaces/ENG/overview`);
  });

  it('does not confuse a post with the page of the same title', () => {
    expect(read({ title: 'News' }).aliases?.[0]).toBe('eng:news');
    expect(read({ title: 'News' }, 'blogpost').aliases?.[0]).toBe('blog:eng:news');
  });

  it('finds an address without the one that the service gives', () => {
    expect(read({}).url).toBe(`${wikiUrl}/pages/viewpage.action?pageId=1`);
    expect(read({ _links: { webui: 'https://evil.example' } }).url).toContain(wikiUrl);
  });

  it('says what is special about a live page and an archived one', () => {
    expect(read({ subtype: 'live', status: 'archived' }).metadata).toEqual({
      space: 'ENG',
      version: 3,
      subtype: 'live',
      status: 'archived',
    });
  });
});

function contentOf(text: string) {
  return toContent('1', { format: 'storage', text }, place);
}

describe('toContent', () => {
  const encode = encodeURIComponent;
  const link = (target: string, body = ''): string => `<p><ac:link>${target}${body}</ac:link></p>`;
  const text = '<ac:plain-text-link-body><![CDATA[there]]></ac:plain-text-link-body>';

  it.each([
    [
      'a page by its title',
      link('<ri:page ri:content-title="Release notes" />', text),
      `[there](ctx:name/eng%3Arelease%20notes?url=${encode(`${wikiUrl}/display/ENG/Release+notes`)}&title=Release%20notes)`,
    ],
    [
      'a page of another space, without a text',
      link('<ri:page ri:space-key="HR" ri:content-title="Leave" />'),
      `[](ctx:name/hr%3Aleave?url=${encode(`${wikiUrl}/display/HR/Leave`)}&title=Leave)`,
    ],
    [
      'a blog post',
      link('<ri:blog-post ri:content-title="News" ri:posting-day="2026/01/05" />', text),
      `[there](ctx:name/blog%3Aeng%3Anews?url=${encode(`${wikiUrl}/display/ENG/News`)}&title=News)`,
    ],
    [
      'a person',
      '<p><ac:link><ri:user ri:account-id="712020:ada" /></ac:link></p>',
      '[](ctx:user/712020%3Aada)',
    ],
    [
      'an address below the site',
      '<p><a href="/wiki/spaces/ENG/pages/5/Five">five</a></p>',
      `[five](ctx:doc/5?url=${encode(`${wikiUrl}/spaces/ENG/pages/5/Five`)})`,
    ],
  ])('links %s', (_name, storage, markdown) => {
    const { markdown: written } = contentOf(storage);

    // Markdown may write & with a backslash.
    expect(written.replaceAll('\\&', '&').trim()).toBe(markdown);
  });

  it('tells page properties as front matter', () => {
    const storage =
      '<ac:structured-macro ac:name="details"><ac:rich-text-body><table><tbody><tr><th>Owner</th>' +
      '<td>Jane</td></tr></tbody></table></ac:rich-text-body></ac:structured-macro>';

    expect(contentOf(storage).metadata).toEqual({ properties: { Owner: 'Jane' } });
  });

  it('links an attachment of the page itself by page and name', () => {
    const storage = '<p><ac:image><ri:attachment ri:filename="a b.png" /></ac:image></p>';

    expect(contentOf(storage).markdown).toContain('(ctx:att/1%2Fa%20b.png?url=');
  });
});
