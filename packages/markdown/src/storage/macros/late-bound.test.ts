import { describe, expect, it } from 'vitest';

import { references } from '../../__fixtures__/references.ts';
import {
  convert,
  lostBy,
  macro,
  parameter,
  plain,
  rich,
} from '../../__fixtures__/storage-macros.ts';
import type { StorageReferences } from '../references.ts';
import { storageToMarkdown } from '../storage-to-markdown.ts';

function page(title: string, space = ''): string {
  return `<ac:link><ri:page ${space} ri:content-title="${title}"/></ac:link>`;
}

describe('include', () => {
  it.each([
    ['a page', macro('include', parameter('', page('Plan'))), 'HOME%3APlan'],
    [
      'a page elsewhere',
      macro('include', parameter('', page('Plan', 'ri:space-key="OPS"'))),
      'OPS%3APlan',
    ],
    ['a title as text', macro('include', parameter('', 'Plan: B')), 'HOME%3APlan%3A%20B'],
    ['a key and a title', macro('include', parameter('', 'OPS:Plan B')), 'OPS%3APlan%20B'],
    [
      'an id',
      macro('include', parameter('', '<ac:link><ri:content-entity ri:content-id="7"/></ac:link>')),
      '7',
    ],
    ['an excerpt', macro('excerpt-include', parameter('', page('Plan'))), 'HOME%3APlan#excerpt'],
    [
      'a named excerpt',
      macro('excerpt-include', parameter('name', 'A b') + parameter('', page('Plan'))),
      'HOME%3APlan#excerpt-A%20b',
    ],
    [
      "an app's excerpt",
      macro(
        'multiexcerpt-include',
        parameter('MultiExcerptName', 'x') + parameter('PageWithExcerpt', page('Plan')),
      ),
      'HOME%3APlan#multiexcerpt-x',
    ],
  ])('of %s is a paragraph that the engine fills', (_what, storage, target) => {
    expect(convert(`<p>a ${storage} b</p>`)).toBe(`a\n\n[](ctx:include/${target})\n\nb`);
  });

  it('is a link where nobody fills it', () => {
    const plainReferences: StorageReferences = { ...references };
    delete plainReferences.include;
    const storage = macro('include', parameter('', page('Plan')));

    expect(storageToMarkdown(storage, plainReferences).markdown).toBe('[](ctx:name/HOME%3APlan)\n');
  });

  it('without a page stays visible, and loses no content', () => {
    expect(convert(macro('include', rich('<p>a</p>')))).toBe('> **Macro: include**\n>\n> a');
    expect(convert(macro('include', parameter('', page('P')) + plain('b')))).toBe(
      '[](ctx:include/HOME%3AP)\n\n```\nb\n```',
    );
  });

  it('finds what the other page keeps for it', () => {
    const storage = macro('multiexcerpt', parameter('MultiExcerptName', 'x') + rich('<p>a</p>'));

    expect(storageToMarkdown(storage, references).fragments).toEqual({ 'multiexcerpt-x': 'a\n' });
  });
});

describe('children and pagetree', () => {
  it.each([
    ['children', macro('children'), 'SELF'],
    ['children of this page', macro('children', parameter('page', '<ac:link/>')), 'SELF'],
    [
      'children of an id',
      macro('children', parameter('page', '<ri:content-entity ri:content-id="7"/>')),
      '7',
    ],
    ['a tree below this page', macro('pagetree', parameter('root', '<ac:link/>')), 'SELF'],
    [
      'a tree below @self',
      macro(
        'pagetree',
        parameter('root', '<ac:link><ri:page ri:content-title="@self"/></ac:link>'),
      ),
      'SELF',
    ],
    ['a tree of content', macro('content-tree', parameter('root', '@self')), 'SELF'],
  ])('%s becomes a list that the engine makes', (_what, storage, target) => {
    expect(convert(storage)).toBe(`[](ctx:children/${target})`);
  });

  it.each([
    ['children of a title', macro('children', parameter('page', 'Plan')), 'HOME%3APlan?by=name'],
    [
      'children of a page elsewhere',
      macro('children', parameter('page', page('Plan', 'ri:space-key="OPS"'))),
      'OPS%3APlan?by=name',
    ],
    ['children of the space', macro('children', parameter('page', '/')), 'HOME?by=scope'],
    ['children, two levels', macro('children', parameter('depth', '2')), 'SELF?depth=2'],
    ['all below', macro('children', parameter('all', 'true')), 'SELF?depth=all'],
    ['a depth that makes no sense', macro('children', parameter('depth', '-1')), 'SELF'],
    ['a tree of the space', macro('pagetree'), 'HOME?by=scope\\&depth=2'],
    [
      'a tree with its open levels',
      macro('pagetree', parameter('root', '@self') + parameter('startDepth', '3')),
      'SELF?depth=3',
    ],
  ])('%s becomes a list of another kind', (_what, storage, target) => {
    expect(convert(storage)).toBe(`[](ctx:children/${target})`);
  });

  it('from the page above stays visible: which one that is may change by itself', () => {
    expect(convert(macro('pagetree', parameter('root', '@parent')))).toBe(
      '> **Macro: pagetree**\n>\n> - root: @parent',
    );
  });

  it('counts the levels that only a click shows', () => {
    expect(lostBy(macro('pagetree'))).toEqual(['depth of macro pagetree']);
    expect(lostBy(macro('children', parameter('depth', '3')))).toEqual([]);
  });
});
