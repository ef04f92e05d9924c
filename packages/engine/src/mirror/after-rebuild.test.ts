import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { MemoryWorld } from '@context-sync/sandbox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { MemoryMirror } from '../../test/memory-mirror.ts';
import type { RunEvent } from '../api.ts';
import type { Project } from '../config/project.ts';
import { cleanup } from '../project/cleanup.ts';
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
  world.add({ id: '4', title: 'Child', scope: 'A', parent: '1', body: 'Text.' });
  mirror = new MemoryMirror({ world });
  await mirror.sync();
});

afterEach(() => mirror.remove());

function inRoot(path: string): string {
  return join(mirror.root, path);
}

function projectWith(names: readonly string[]): Project {
  return { root: mirror.root, sources: names.map((name) => ({ name })) } as unknown as Project;
}

async function messages(): Promise<string[]> {
  const events: RunEvent[] = [];
  await mirror.sync({ observe: (event) => void events.push(event) });
  return events.flatMap((event) => (event.type === 'message' ? [event.message] : []));
}

describe('after a rebuild', () => {
  it('a cleanup takes nothing away', async () => {
    const tree = mirror.tree();
    await rebuildMirror(mirror.root, sources);

    const { items } = await cleanup(projectWith(['memory']), undefined, { dryRun: false });

    expect(items).toEqual([]);
    expect(mirror.tree()).toEqual(tree);
  });

  it('a cleanup takes nothing away either when the next sync failed', async () => {
    await rebuildMirror(mirror.root, sources);
    mirror.world.faults = [{ after: 1, what: { type: 'throw', code: 'permanent' } }];
    await mirror.sync();

    await cleanup(projectWith(['memory']), undefined, { dryRun: false });

    expect(Object.keys(mirror.tree())).toEqual(
      expect.arrayContaining([1, 2, 3].map((id) => `memory/A/page-${id}.md`)),
    );
  });

  it('a source that leaves the config goes to the trash as a whole', async () => {
    await rebuildMirror(mirror.root, sources);

    await cleanup(projectWith([]), undefined, { dryRun: false });

    expect(Object.keys(mirror.tree())).toEqual(['AGENTS.md', 'README.md']);
  });

  it('a document that cannot be read keeps its file, in every run', async () => {
    await rebuildMirror(mirror.root, sources);
    mirror.world.unreadable.add('2');

    for (const run of [1, 2]) {
      await mirror.sync();
      expect(mirror.tree()['memory/A/page-2.md'], `run ${run}`).toBeDefined();
    }

    expect(existsSync(inRoot('.context-sync/trash'))).toBe(false);
  });

  it('a run that is ended while it writes leaves every file', async () => {
    // More than are written before it looks whether to stop.
    for (let id = 10; id < 250; id += 1)
      mirror.world.add({ id: `${id}`, title: `Page ${id}`, scope: 'A', body: 'Text.' });
    await mirror.sync();
    const before = Object.keys(mirror.tree());
    await rebuildMirror(mirror.root, sources);
    const abort = new AbortController();

    await mirror.sync({
      signal: abort.signal,
      observe: (event) => {
        if (event.type !== 'writing') return;
        abort.abort();
        void mirror.clock.sleep(60_000, abort.signal);
      },
    });

    expect(Object.keys(mirror.tree())).toEqual(before);
  });

  it.each(['Text.', 'New text.'])(
    'an edited file is kept before "%s" takes its place',
    async (body) => {
      if (body !== 'Text.') mirror.world.edit('2', body);
      appendFileSync(inRoot('memory/A/page-2.md'), 'MINE\n');
      appendFileSync(inRoot('memory/A/README.md'), 'MINE TOO\n');
      await rebuildMirror(mirror.root, sources);

      const { localEdits } = await mirror.sync();

      expect(localEdits.map((path) => readFileSync(inRoot(path), 'utf8'))).toEqual([
        expect.stringContaining('MINE\n'),
        expect.stringContaining('MINE TOO\n'),
      ]);
      expect(mirror.tree()['memory/A/page-2.md']).not.toContain('MINE');
    },
  );

  it('the index of a folder that is no more goes', async () => {
    mirror.world.purge('4');
    await rebuildMirror(mirror.root, sources);

    await mirror.sync();

    expect(Object.keys(mirror.tree()).filter((path) => path.includes('page-1'))).toEqual([
      'memory/A/page-1.md',
    ]);
  });

  describe('with more than a quarter of the files unclaimed', () => {
    const many = Array.from({ length: 20 }, (_, index) => `${100 + index}`);

    beforeEach(async () => {
      for (const id of many)
        mirror.world.add({ id, title: `Page ${id}`, scope: 'A', body: 'Text.' });
      await mirror.sync();
    });

    function pages(folder: string): number {
      const files = Object.keys(mirror.tree()).filter((path) =>
        path.startsWith(`memory/${folder}/`),
      );
      return files.filter((path) => !path.endsWith('README.md')).length;
    }

    it('they are held back until the user allows it', async () => {
      for (const id of many.slice(0, 12)) mirror.world.purge(id);
      await rebuildMirror(mirror.root, sources);

      const held = await mirror.sync();
      expect(held).toMatchObject({ outcome: 'withheld', deleted: 0 });
      expect(held.sources).toMatchObject([{ withheld: 12, scopes: [{ withheld: 12 }] }]);
      expect((await readStatus(mirror.root)).sources).toMatchObject([
        { documents: 12, unclaimed: 12, scopes: [{ withheld: 12 }] },
      ]);
      expect(pages('A')).toBe(24);

      expect(await mirror.sync({ allowDeletes: 11 })).toMatchObject({ outcome: 'withheld' });
      expect(await mirror.sync({ allowDeletes: 12 })).toMatchObject({ outcome: 'ok', deleted: 12 });
      expect(pages('A')).toBe(12);
      expect((await readStatus(mirror.root)).sources[0]).toMatchObject({ unclaimed: 0 });
    });

    it('those in a folder of no scope are held back by the source', async () => {
      mirror.world.addScope('B');
      for (const id of many) mirror.world.moveToScope(id, 'B');
      await mirror.sync();
      for (const id of many) mirror.world.purge(id);
      mirror.world.scopes.delete('B');
      await rebuildMirror(mirror.root, sources);

      const held = await mirror.sync();

      expect(held.sources).toMatchObject([{ withheld: 20, scopes: [{ withheld: 0 }] }]);
      expect(held.outcome).toBe('withheld');
      expect(pages('B')).toBe(20);
      expect(mirror.tree()['memory/B/README.md']).toBeDefined();
      expect(await mirror.sync({ allowDeletes: 20 })).toMatchObject({ outcome: 'ok', deleted: 20 });
      expect(Object.keys(mirror.tree()).filter((path) => path.includes('/B/'))).toEqual([]);
    });

    it('a few go at once and are told', async () => {
      for (const id of many.slice(0, 3)) mirror.world.purge(id);
      await rebuildMirror(mirror.root, sources);
      const events: RunEvent[] = [];

      const summary = await mirror.sync({ observe: (event) => void events.push(event) });

      expect(summary).toMatchObject({ outcome: 'ok', deleted: 3 });
      expect(
        events.flatMap((event) =>
          event.type === 'change' && event.change.action === 'delete' ? [event.change] : [],
        ),
      ).toMatchObject([
        { id: '100', title: 'Page 100', scope: 'A', path: 'memory/A/page-100.md' },
        { id: '101' },
        { id: '102' },
      ]);
    });
  });

  it('a copy of a document outside its source stays where it is', async () => {
    const copy = readFileSync(inRoot('memory/A/page-2.md'), 'utf8');
    writeFileSync(inRoot('copy.md'), copy);
    await rebuildMirror(mirror.root, sources);
    writeFileSync(inRoot('copy.md'), `${copy}Changed.`);

    const { localEdits } = await mirror.sync();

    expect(localEdits).toEqual([]);
    expect(mirror.tree()['copy.md']).toContain('Changed.');
  });

  it('what the old database had not taken in yet lies beside it', async () => {
    for (const suffix of ['', '-wal'])
      writeFileSync(`${databaseFile(mirror.root)}${suffix}`, 'garbage');

    const { previousDatabase = '' } = await rebuildMirror(mirror.root, sources);

    expect(readFileSync(inRoot(`${previousDatabase}-wal`), 'utf8')).toBe('garbage');
  });
});

describe('a sync without its database', () => {
  it('says how to take over the files that are there', async () => {
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(`${databaseFile(mirror.root)}${suffix}`, { force: true });

    expect(await messages()).toEqual([expect.stringContaining('context-sync rebuild')]);
    expect(await messages()).toEqual([]);
  });
});

describe('the state folder', () => {
  it('may hold a link that leads nowhere', async () => {
    mkdirSync(inRoot('.context-sync/local-edits'), { recursive: true });
    symlinkSync('user@host.1', inRoot('.context-sync/local-edits/.#notes.md'));

    expect((await mirror.sync()).outcome).toBe('ok');
    expect((await cleanup(projectWith(['memory']), undefined)).items).toEqual([]);
  });

  it('gives back what went last, be it by a run or a cleanup', async () => {
    await cleanup(projectWith([]), undefined, { dryRun: false });
    expect((await restore(mirror.root)).run).toMatch(/^\d{8}T\d{6}Z-cleanup$/);

    const later = '29991231T235959Z-cafe';
    mkdirSync(inRoot(`.context-sync/trash/${later}`));

    expect((await restore(mirror.root)).run).toBe(later);
  });
});
