import { describe, expect, it } from 'vitest';

import { references } from '../../__fixtures__/references.ts';
import { convert, macro, parameter } from '../../__fixtures__/storage-macros.ts';
import { storageToMarkdown } from '../storage-to-markdown.ts';
import { parseCql } from './cql.ts';

const nothing = { all: false, without: [], spaces: [], kinds: [] };

/** What a macro asks the engine for. */
function asked(storage: string): unknown {
  const [, link = ''] = /^\[\]\(ctx:labelled\/(.*)\)$/.exec(convert(storage)) ?? [];
  return link === '' ? convert(storage) : JSON.parse(decodeURIComponent(link));
}

describe('contentbylabel', () => {
  it.each([
    ['labels', parameter('labels', 'a, b'), { labels: ['a', 'b'] }],
    ['all of them', parameter('labels', '+a,+b'), { labels: ['a', 'b'], all: true }],
    [
      'an operator',
      parameter('labels', 'a,b,-c') + parameter('operator', 'AND'),
      { labels: ['a', 'b'], all: true, without: ['c'] },
    ],
    [
      'spaces and kinds',
      parameter('labels', 'a') + parameter('spaces', '@self,OPS') + parameter('type', 'page,blog'),
      { labels: ['a'], spaces: [null, 'OPS'], kinds: ['page', 'blogpost'] },
    ],
    ['every space', parameter('labels', 'a') + parameter('spaces', '@all'), { labels: ['a'] }],
    [
      'a search',
      parameter('cql', 'label = "a" and space = currentSpace()'),
      { labels: ['a'], spaces: [null] },
    ],
  ])('asks for %s', (_, parameters, query) => {
    expect(asked(macro('contentbylabel', parameters))).toEqual({ ...nothing, ...query });
  });

  it.each([
    ['no label', ''],
    ['an author', parameter('labels', 'a') + parameter('author', 'jane')],
    [
      'spaces that only the service knows',
      parameter('labels', 'a') + parameter('spaces', '@global'),
    ],
    ['other kinds', parameter('labels', 'a') + parameter('type', 'comment')],
    ['a search for more', parameter('cql', 'label = "a" and creator = "jane"')],
  ])('stays visible with %s', (_, parameters) => {
    expect(convert(macro('contentbylabel', parameters))).toMatch(
      /^> \*\*Macro: contentbylabel\*\*/,
    );
  });

  it('stays visible where nobody fills it', () => {
    const plain = { ...references };
    delete plain.labelled;

    expect(
      storageToMarkdown(macro('contentbylabel', parameter('labels', 'a')), plain).markdown,
    ).toContain('**Macro: contentbylabel**');
  });
});

describe('detailssummary', () => {
  it('asks for a table of the columns it names, else of all', () => {
    const label = parameter('label', 'a');

    expect(asked(macro('detailssummary', label))).toMatchObject({ labels: ['a'], properties: [] });
    expect(
      asked(macro('detailssummary', label + parameter('headings', 'Owner, Due'))),
    ).toMatchObject({ properties: ['Owner', 'Due'] });
  });

  it('stays visible where it asks for the tables of one id', () => {
    expect(
      convert(macro('detailssummary', parameter('label', 'a') + parameter('id', 'x'))),
    ).toMatch(/^> \*\*Macro/);
  });
});

describe('parseCql', () => {
  it.each([
    ["label = 'a'", { labels: ['a'] }],
    ['label in ("a b", c)', { labels: ['a b', 'c'] }],
    ['label = a AND label = "b"', { labels: ['a', 'b'], all: true }],
    [
      'label = a and label != b and label not in (c, d)',
      { labels: ['a'], without: ['b', 'c', 'd'] },
    ],
    [
      'label = a and space.key in (OPS, currentSpace ( ))',
      { labels: ['a'], spaces: ['OPS', undefined] },
    ],
    ['type = page and label = a', { labels: ['a'], kinds: ['page'] }],
    ['label = a and ancestor = 12', { labels: ['a'], below: { id: '12' } }],
    ['label = a and ancestor = currentContent()', { labels: ['a'], below: {} }],
    ['label = a order by lastModified desc', { labels: ['a'] }],
    ['label = "x order by y"', { labels: ['x order by y'] }],
    ['label = "a \\"b\\""', { labels: ['a "b"'] }],
  ])('reads %s', (cql, query) => {
    expect(parseCql(cql)).toEqual({ ...nothing, ...query });
  });

  it.each([
    '',
    'space = OPS',
    'label = a or label = b',
    'label in (a, b) and label = c',
    'label = a and parent = 3',
    'label = a and space != OPS',
    'label = a and text ~ b',
    'label in (a b)',
    'label in (a,',
    'label =',
    '(label = a)',
    'label = a label = b',
    'label = a and type = comment',
    'label = a and ancestor in (1, 2)',
  ])('leaves %s to the service', (cql) => {
    expect(parseCql(cql)).toBeUndefined();
  });
});
