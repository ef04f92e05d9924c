import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { MemoryWorld } from '@context-sync/sandbox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { MemoryMirror } from '../../test/memory-mirror.ts';
import type { Project } from '../config/project.ts';
import { cleanup } from '../project/cleanup.ts';
import { takeLock } from '../state/lock.ts';
import { openDatabase } from '../state/open-database.ts';
import { readStatus } from '../state/read-status.ts';
import { databaseFile } from '../state/state-files.ts';
import { rebuildMirror } from './rebuild.ts';
import { restore } from './restore.ts';

const sources = [{ name: 'memory', type: 'memory' }];
let mirror: MemoryMirror;

beforeEach(async () => {
  const world = new MemoryWorld();
  world.addScope('A');
  for (const id of ['1', '2', '3'])
    world.add({ id, title: `Page ${id}`, scope: 'A', body: 'Text.' });
  mirror = new MemoryMirror({ world });
  await mirror.sync();
});

afterEach(() => mirror.remove());

function inodes(): Record<string, string> {
  return Object.fromEntries(
    Object.keys(mirror.tree()).map((path) => {
      const { ino, mtimeMs } = statSync(join(mirror.root, path));
      return [path, `${ino} ${mtimeMs}`];
    }),
  );
}

function projectWith(names: readonly string[]): Project {
  return { root: mirror.root, sources: names.map((name) => ({ name })) } as unknown as Project;
}

describe('a rebuild', () => {
  it('lets the next sync find its files, and touch only those that differ', async () => {
    const before = inodes();
    writeFileSync(databaseFile(mirror.root), 'garbage');
    mirror.world.edit('2', 'New text.');

    const report = await rebuildMirror(mirror.root, sources);
    const summary = await mirror.sync();

    expect(report).toMatchObject({
      files: Object.keys(before).length,
      previousDatabase: expect.stringMatching(/state\.db\.\d+/),
    });
    expect(summary.localEdits).toEqual([]);
    const after = inodes();
    expect(
      Object.keys(after)
        .filter((path) => after[path] !== before[path])
        .toSorted(),
    ).toEqual(['memory/A/README.md', 'memory/A/page-2.md']);
  });

  it('sends what the service no longer has to the trash', async () => {
    rmSync(join(mirror.root, '.context-sync'), { recursive: true });
    mirror.world.purge('3');
    await rebuildMirror(mirror.root, sources);

    const { run } = await mirror.sync();

    expect(Object.keys(mirror.tree()).some((path) => path.includes('page-3'))).toBe(false);
    expect(
      readdirSync(join(mirror.root, '.context-sync/trash', run), { recursive: true }),
    ).toContain('memory/A/page-3.md');
  });

  it('knows its files without a config, and the next sync takes them over', async () => {
    const before = inodes();
    rmSync(join(mirror.root, '.context-sync'), { recursive: true });

    const { files } = await rebuildMirror(mirror.root, []);

    expect(files).toBe(Object.keys(before).length);
    expect((await readStatus(mirror.root)).sources).toMatchObject([
      { source: 'memory', documents: 0, unclaimed: 3 },
    ]);
    mirror.world.edit('2', 'New text.');
    expect((await mirror.sync()).localEdits).toEqual([]);
    expect((await readStatus(mirror.root)).sources).toMatchObject([
      { source: 'memory', identity: 'memory/tester', documents: 3, unclaimed: 0 },
    ]);
    const after = inodes();
    expect(Object.keys(after).filter((path) => after[path] !== before[path])).toEqual(
      expect.not.arrayContaining(['memory/A/page-1.md', 'memory/A/page-3.md']),
    );
  });

  it('leaves files alone that are not of the mirror', async () => {
    writeFileSync(join(mirror.root, 'memory/A/mine.md'), '---\ntitle: "mine"\n---\n');
    await rebuildMirror(mirror.root, sources);

    await mirror.sync();

    expect(mirror.tree()['memory/A/mine.md']).toContain('mine');
  });

  it('waits for a run that is under way', async () => {
    const database = openDatabase(mirror.root);
    const lock = takeLock(database, mirror.root, Date.now);

    await expect(rebuildMirror(mirror.root, sources)).rejects.toMatchObject({ code: 'locked' });

    lock.release();
    database.close();
  });
});

describe('restoring', () => {
  it('copies what a run removed aside, not into the tree', async () => {
    mirror.world.trash('2');
    const { run } = await mirror.sync();

    const report = await restore(mirror.root);

    expect(report).toEqual({
      run,
      directory: `.context-sync/restored/${run}`,
      files: [`.context-sync/restored/${run}/memory/A/page-2.md`],
    });
    expect(mirror.tree()['memory/A/page-2.md']).toBeUndefined();
  });

  it('says so when there is nothing', async () => {
    await expect(restore(mirror.root)).rejects.toMatchObject({ code: 'usage' });
    await expect(restore(mirror.root, { run: '../..' })).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('a cleanup', () => {
  it('removes a source that the config no longer has, and tells so first', async () => {
    const tree = mirror.tree();

    expect((await cleanup(projectWith([]), undefined)).items).toMatchObject([
      { kind: 'source', path: 'memory' },
    ]);
    expect(mirror.tree()).toEqual(tree);

    await cleanup(projectWith([]), undefined, { dryRun: false });
    expect(Object.keys(mirror.tree())).toEqual(['AGENTS.md', 'README.md']);
    expect((await restore(mirror.root)).files).toHaveLength(3);
  });

  it('finds nothing in a mirror that is in order', async () => {
    expect((await cleanup(projectWith(['memory']), undefined)).items).toEqual([]);
  });
});
