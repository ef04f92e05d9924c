import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { compareIds } from './byte-order.ts';
import { foldName, nameOfTitle, nameSuffix } from './file-name.ts';
import { layoutScope, type LayoutNode } from './layout.ts';

function node(id: string, title: string, parent?: string): LayoutNode {
  return {
    key: keyOf(id),
    id,
    name: nameOfTitle(title),
    ...(parent === undefined ? {} : { parent: keyOf(parent) }),
  };
}

function keyOf(id: string): number {
  return Number(id);
}

function pathsOf(
  nodes: readonly LayoutNode[],
  kindFolders: readonly string[] = [],
): Record<string, string> {
  const places = layoutScope('wiki/ENG', nodes, kindFolders);
  return Object.fromEntries(
    nodes.map(({ key, id }) => [id, `${places.get(key)?.folder}/${places.get(key)?.name}`]),
  );
}

const titles = fc.constantFrom(
  'Home',
  'home',
  'HOME',
  'README',
  'con',
  'x'.repeat(200),
  '한'.repeat(60),
  'A',
  'ß',
  'ss',
  'blog',
);
const trees = fc
  .array(fc.record({ title: titles, parent: fc.option(fc.nat(25)), post: fc.boolean() }), {
    minLength: 1,
    maxLength: 25,
  })
  .map((rows) =>
    rows.map(({ title, parent, post }, index): LayoutNode => ({
      ...node(String(index), title, parent === null ? undefined : String(parent)),
      ...(post ? { kindFolder: 'blog' } : {}),
    })),
  );

describe('the layout of a scope', () => {
  it('puts children into a folder beside their parent', () => {
    expect(
      pathsOf([node('1', 'Home'), node('2', 'On call', '1'), node('3', 'Pager', '2')]),
    ).toEqual({
      '1': 'wiki/ENG/home',
      '2': 'wiki/ENG/home/on-call',
      '3': 'wiki/ENG/home/on-call/pager',
    });
  });

  it('leaves the bare name to the lowest id, the shorter first', () => {
    expect(pathsOf([node('10', 'Home'), node('9', 'HOME')])).toEqual({
      '9': 'wiki/ENG/home',
      '10': `wiki/ENG/home${nameSuffix('10', 8)}`,
    });
  });

  it('gives a reserved name a suffix even when it is alone', () => {
    expect(pathsOf([node('1', 'README')])).toEqual({ '1': `wiki/ENG/readme${nameSuffix('1', 8)}` });
  });

  it('keeps the folder of a kind for that kind', () => {
    const post = { ...node('2', 'Launch'), kindFolder: 'blog' };
    expect(pathsOf([node('1', 'Blog'), post], ['blog'])).toEqual({
      '1': `wiki/ENG/blog${nameSuffix('1', 8)}`,
      '2': 'wiki/ENG/blog/launch',
    });
  });

  it('breaks a cycle of parents at its lowest id', () => {
    expect(pathsOf([node('3', 'C', '2'), node('2', 'B', '3'), node('4', 'D', '3')])).toEqual({
      '2': 'wiki/ENG/b',
      '3': 'wiki/ENG/b/c',
      '4': 'wiki/ENG/b/c/d',
    });
  });

  it('opens no folder with a path of more than 140 bytes', () => {
    const chain = Array.from({ length: 40 }, (_, index) =>
      node(String(index + 1), `Level number ${index + 1}`, index === 0 ? undefined : String(index)),
    );
    const folders = [...layoutScope('wiki/ENG', chain).values()].map(({ folder }) =>
      Buffer.byteLength(folder),
    );
    expect(Math.max(...folders)).toBeLessThanOrEqual(140);
  });

  it('depends on the set of documents alone, and no two files are one on any file system', () => {
    fc.assert(
      fc.property(trees, fc.func(fc.nat()), (nodes, order) => {
        const shuffled = nodes.toSorted((a, b) => order(a.key) - order(b.key));
        const paths = pathsOf(nodes, ['blog']);
        expect(pathsOf(shuffled, ['blog'])).toEqual(paths);
        const files = Object.values(paths).map((path) => foldName(`${path}.md`));
        expect(new Set(files).size).toBe(nodes.length);
        expect(
          Math.max(...Object.values(paths).map((path) => Buffer.byteLength(`${path}.md`))),
        ).toBeLessThanOrEqual(240);
      }),
      { numRuns: 500 },
    );
  });
});

describe('ids', () => {
  it('are ordered by length, then by UTF-8 bytes', () => {
    expect(['10', '9', 'ü', 'a', '\u{1F600}', '\uFFFD'].toSorted(compareIds)).toEqual([
      '9',
      'a',
      '10',
      'ü',
      '\uFFFD',
      '\u{1F600}',
    ]);
  });
});
