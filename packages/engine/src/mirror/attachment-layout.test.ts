import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type AttachmentNode, layoutAttachments } from './attachment-layout.ts';
import { nameOfAttachment } from './attachment-name.ts';
import { foldName, isReservedName } from './file-name.ts';

/** The paths of attachments of one page, by their ids. */
function paths(titles: Readonly<Record<string, string>>, page = 'home'): Record<string, string> {
  const nodes = Object.entries(titles).map(([id, title], key) => node(key, id, title, 'w/A', page));
  const places = layoutAttachments(nodes);
  return Object.fromEntries(nodes.map(({ key, id }) => [id, places.get(key) ?? '']));
}

function node(
  key: number,
  id: string,
  title: string,
  folder: string,
  page: string,
): AttachmentNode {
  return { key, id, name: nameOfAttachment(title), folder, page };
}

describe('the name of an attachment', () => {
  it.each([
    ['My File (1).PDF', 'my-file-1.pdf'],
    ['archive.tar.gz', 'archive-tar.gz'],
    ['Makefile', 'makefile'],
    ['.htaccess', 'htaccess'],
    ['..', 'untitled'],
    ['../../etc/passwd', 'etc-passwd'],
    ['a.b c', 'a-b-c'],
    ['Übersicht 日本.Docx', 'übersicht-日本.docx'],
    ['', 'untitled'],
    ['x.<script>', 'x-script'],
    ['\u202Egnp.exe', 'gnp.exe'],
    ['a.0123456789abcdef', 'a-0123456789abcdef'],
  ])('%j is %s', (title, name) => {
    expect(nameOfAttachment(title)).toBe(name);
  });
});

describe('the place of an attachment', () => {
  it('is beside the page; the lowest id keeps a name that several ask for', () => {
    expect(paths({ 10: 'A b.png', 9: 'a-B.PNG', 11: 'a b.jpg' })).toEqual({
      9: 'w/A/home.assets/a-b.png',
      10: 'w/A/home.assets/a-b~4a44dc15.png',
      11: 'w/A/home.assets/a-b.jpg',
    });
  });

  it('never has a name that a system or the mirror gives a meaning', () => {
    expect(paths({ 1: 'README.md', 2: 'con.txt', 3: 'AGENTS.md' })).toEqual({
      1: 'w/A/home.assets/readme~6b86b273.md',
      2: 'w/A/home.assets/con~d4735e3a.txt',
      3: 'w/A/home.assets/agents~4e074085.md',
    });
  });

  it('is shared by the pages whose own folder would be too deep', () => {
    expect(paths({ 1: 'a.png' }, 'x'.repeat(130))).toEqual({ 1: 'w/A/~assets/a.png' });
  });

  it('is a short path of its own for each, whatever the order', { timeout: 60_000 }, () => {
    const title = fc.oneof(
      fc.constantFrom('a.png', 'A.png', 'README.md', 'x'.repeat(300), `${'ü'.repeat(200)}.PNG`, ''),
      fc.string({ unit: 'binary', maxLength: 20 }),
    );
    const folder = fc.constantFrom('w/A', `w/${'d'.repeat(130)}`);
    const page = fc.constantFrom('home', 'p'.repeat(120));
    const nodes = fc.uniqueArray(fc.tuple(fc.string({ minLength: 1 }), title, folder, page), {
      selector: ([id]) => id,
      maxLength: 12,
    });
    fc.assert(
      fc.property(nodes, (given) => {
        const all = given.map(([id, ...rest], key) => node(key, id, ...rest));
        const places = layoutAttachments(all);
        expect(layoutAttachments(all.toReversed())).toEqual(
          new Map([...places].toSorted(([a], [b]) => a - b)),
        );
        const found = [...places.values()];
        expect(new Set(found.map(foldName)).size).toBe(all.length);
        for (const path of found) {
          const name = path.slice(path.lastIndexOf('/') + 1);
          expect(Buffer.byteLength(path)).toBeLessThanOrEqual(240);
          expect(name).toMatch(/^[\p{L}\p{M}\p{N}-]+(?:~[0-9a-f]{8,64})?(?:\.[a-z0-9]+)?$/u);
          expect(isReservedName(name.replace(/\..*$/, ''))).toBe(false);
        }
      }),
    );
  });
});
