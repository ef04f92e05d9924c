import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { MemoryWorld } from '@context-sync/sandbox';
import { afterEach, describe, expect, it } from 'vitest';

import { MemoryMirror, readTree } from '../../test/memory-mirror.ts';
import { TreeFiles } from './tree-files.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function temporaryFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'context-sync-test-'));
  folders.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

function treeFiles(root: string): { files: TreeFiles; localEdits: string[] } {
  const localEdits: string[] = [];
  const files = new TreeFiles(root, 'run', { onLocalEdit: (path) => localEdits.push(path) });
  return { files, localEdits };
}

/** A root whose folder `a/b` is a link to a folder outside of it. */
function linkedRoot(): { root: string; outside: string } {
  const outside = temporaryFolder({ 'page.md': 'theirs', 'deep/page.md': 'theirs' });
  mkdirSync(join(outside, 'empty'));
  const root = temporaryFolder({ 'a/page.md': 'ours' });
  symlinkSync(outside, join(root, 'a/b'));
  return { root, outside };
}

/** Everything below a folder, empty folders too. */
function everything(folder: string): string[] {
  return readdirSync(folder, { recursive: true }).map(String).toSorted();
}

describe('behind a linked folder', () => {
  it.each(['a/b/page.md', 'a/b/deep/page.md'])('%s is not there', (path) => {
    const { files } = treeFiles(linkedRoot().root);

    expect(files.stat(path)).toBeUndefined();
    expect(files.hash(path)).toBeUndefined();
    expect(files.stat('a/page.md')?.isFile()).toBe(true);
    expect(files.stat('a/b')?.isSymbolicLink()).toBe(true);
  });

  it.each(['remove', 'trash', 'keepLocalEdit', 'purge', 'removeTemporary'] as const)(
    '%s does nothing',
    (operation) => {
      const { root, outside } = linkedRoot();
      writeFileSync(join(outside, '.context-sync.tmp'), 'theirs');
      const { files, localEdits } = treeFiles(root);
      const before = everything(outside);

      for (const path of ['page.md', 'deep/page.md', 'empty/page.md', 'empty', 'deep', '']) {
        files[operation](join('a/b', path === '' && operation !== 'removeTemporary' ? 'x' : path));
      }

      expect(everything(outside)).toEqual(before);
      expect(readlinkSync(join(root, 'a/b'))).toBe(outside);
      expect(localEdits).toEqual([]);
    },
  );

  it('a write keeps the link aside and makes a real folder', () => {
    const { root, outside } = linkedRoot();
    const { files, localEdits } = treeFiles(root);

    files.write('a/b/deep/page.md', Buffer.from('ours'), 0);

    expect(readTree(outside)).toEqual({ 'deep/page.md': 'theirs', 'page.md': 'theirs' });
    expect(lstatSync(join(root, 'a/b')).isDirectory()).toBe(true);
    expect(readFileSync(join(root, 'a/b/deep/page.md'), 'utf8')).toBe('ours');
    expect(localEdits).toEqual(['.context-sync/local-edits/run/a/b']);
    expect(readlinkSync(join(root, localEdits[0] ?? ''))).toBe(outside);
  });

  it('a later edit below the same path is not moved through the kept link', () => {
    const { root, outside } = linkedRoot();
    const { files, localEdits } = treeFiles(root);
    const before = everything(outside);
    files.write('a/b/new.md', Buffer.from('ours'), 0);

    files.keepLocalEdit('a/b/new.md');

    expect(everything(outside)).toEqual(before);
    expect(localEdits.at(-1)).toBe('.context-sync/local-edits/run/a/b.2/new.md');
    expect(readFileSync(join(root, localEdits.at(-1) ?? ''), 'utf8')).toBe('ours');
  });
});

describe('a file where a folder should be', () => {
  it('has nothing below it and is kept aside by a write', () => {
    const root = temporaryFolder({ 'a/b': 'a file' });
    const { files, localEdits } = treeFiles(root);

    expect(files.stat('a/b/page.md')).toBeUndefined();
    files.remove('a/b/page.md');
    files.write('a/b/page.md', Buffer.from('ours'), 0);

    expect(localEdits.map((path) => readFileSync(join(root, path), 'utf8'))).toEqual(['a file']);
    expect(readFileSync(join(root, 'a/b/page.md'), 'utf8')).toBe('ours');
  });
});

describe('a folder that was seen', () => {
  it('is looked at again after it was moved aside', () => {
    const { root, outside } = linkedRoot();
    mkdirSync(join(root, 'a/c'));
    writeFileSync(join(root, 'a/c/page.md'), 'ours');
    const { files } = treeFiles(root);
    expect(files.stat('a/c/page.md')?.isFile()).toBe(true);

    files.keepLocalEdit('a/c');
    symlinkSync(outside, join(root, 'a/c'));

    expect(files.stat('a/c/page.md')).toBeUndefined();
  });

  it('is looked at again after it was removed because it was empty', () => {
    const { root, outside } = linkedRoot();
    const { files } = treeFiles(root);
    files.write('a/c/page.md', Buffer.from('ours'), 0);

    files.remove('a/c/page.md');
    symlinkSync(outside, join(root, 'a/c'));

    expect(files.stat('a/c/page.md')).toBeUndefined();
  });
});

/** A synced mirror with a page that has a folder of its own, `memory/A/page-1`. */
async function syncedMirror(): Promise<MemoryMirror> {
  const world = new MemoryWorld();
  world.addScope('A');
  world.add({ id: '1', title: 'Page 1', scope: 'A', body: 'Text.' });
  world.add({ id: '4', title: 'Child', scope: 'A', parent: '1', body: 'Text.' });
  const mirror = new MemoryMirror({ world });
  folders.push(mirror.root);
  await mirror.sync();
  return mirror;
}

const pageFolder = 'memory/A/page-1';

describe('a folder of the mirror that became a link between two runs', () => {
  it('is kept aside, nothing behind it changes, and the mirror is right again', async () => {
    const mirror = await syncedMirror();
    const before = mirror.tree();
    const outside = temporaryFolder({ 'child.md': 'my own', 'README.md': 'my own' });
    rmSync(join(mirror.root, pageFolder), { recursive: true });
    symlinkSync(outside, join(mirror.root, pageFolder));

    const summary = await mirror.sync();

    expect(readTree(outside)).toEqual({ 'README.md': 'my own', 'child.md': 'my own' });
    expect(summary.localEdits).toHaveLength(1);
    expect(readlinkSync(join(mirror.root, summary.localEdits[0] ?? ''))).toBe(outside);
    expect(mirror.tree()).toEqual(before);
    expect((await mirror.sync()).localEdits).toEqual([]);
  });

  it.each(['trash', 'purge'] as const)(
    'loses no file behind it when the service did %s the document',
    async (operation) => {
      const mirror = await syncedMirror();
      const outside = join(temporaryFolder(), 'moved');
      renameSync(join(mirror.root, pageFolder), outside);
      const before = readTree(outside);
      symlinkSync(outside, join(mirror.root, pageFolder));
      mirror.world[operation]('4');

      await mirror.sync({ reconcile: true });

      expect(readTree(outside)).toEqual(before);
      expect(Object.keys(mirror.tree())).not.toContain(`${pageFolder}/child.md`);
    },
  );
});

describe('a folder of the mirror that becomes a link while the source is read', () => {
  it('is kept aside as well', async () => {
    const mirror = await syncedMirror();
    const outside = temporaryFolder({ 'other.md': 'my own' });
    mirror.world.edit('4', 'New text.');

    const summary = await mirror.sync({
      observe: ({ type }) => {
        if (type !== 'start') return;
        rmSync(join(mirror.root, pageFolder), { recursive: true });
        symlinkSync(outside, join(mirror.root, pageFolder));
      },
    });

    expect(readTree(outside)).toEqual({ 'other.md': 'my own' });
    expect(summary.localEdits).toHaveLength(1);
    expect(mirror.tree()[`${pageFolder}/child.md`]).toContain('New text.');
  });
});

describe('a folder of the engine that is a link', () => {
  it.each(['local-edits', 'trash', 'restored', 'logs'])(
    '%s is refused, and nothing behind it expires',
    async (name) => {
      const mirror = await syncedMirror();
      const outside = temporaryFolder({ 'old.txt': 'my own' });
      utimesSync(join(outside, 'old.txt'), 0, 0);
      rmSync(join(mirror.root, '.context-sync', name), { recursive: true, force: true });
      symlinkSync(outside, join(mirror.root, '.context-sync', name));
      writeFileSync(join(mirror.root, pageFolder, 'child.md'), 'my notes');

      await expect(mirror.sync()).rejects.toMatchObject({
        code: 'root_unusable',
        message: expect.stringContaining(`.context-sync/${name}`),
      });

      expect(readTree(outside)).toEqual({ 'old.txt': 'my own' });
      expect(existsSync(join(mirror.root, pageFolder, 'child.md'))).toBe(true);
    },
  );
});
