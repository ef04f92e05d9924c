import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { memoryConnector, MemoryWorld } from '@context-sync/sandbox';
import { afterEach, describe, expect, it } from 'vitest';

import { MemoryMirror, type MirrorSetup } from '../../test/memory-mirror.ts';
import type { RunEvent } from '../api.ts';
import { takeLock } from '../state/lock.ts';
import { openDatabase } from '../state/open-database.ts';
import { databaseFile } from '../state/state-files.ts';
import { runSync } from './run.ts';

const mirrors: MemoryMirror[] = [];

function mirrorOf(setup: Partial<MirrorSetup> = {}): MemoryMirror {
  const mirror = new MemoryMirror({ world: smallWorld(), ...setup });
  mirrors.push(mirror);
  return mirror;
}

function smallWorld(): MemoryWorld {
  const world = new MemoryWorld();
  world.addScope('ENG', 'Engineering');
  world.people.set('ann', 'Ann Lee');
  world.add({
    id: '1',
    title: 'Home',
    scope: 'ENG',
    body: 'Start with [](ctx:doc/2) and [deploys](ctx:name/key-3).',
  });
  world.add({
    id: '2',
    title: 'On call',
    scope: 'ENG',
    parent: '1',
    body: 'Ring [](ctx:user/ann) or read <https://memory.example/open/3>.',
  });
  world.add({
    id: '3',
    title: 'Deploys',
    scope: 'ENG',
    parent: '2',
    body: 'Back to [the start](https://memory.example/doc/1#top).',
  });
  return world;
}

function snapshot(root: string): Record<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.parentPath.includes('.context-sync'),
  );
  return Object.fromEntries(
    entries.map((entry) => {
      const stat = statSync(join(entry.parentPath, entry.name));
      return [
        join(entry.parentPath, entry.name),
        `${stat.ino} ${stat.mtimeMs} ${stat.mode.toString(8)}`,
      ];
    }),
  );
}

afterEach(() => {
  for (const mirror of mirrors.splice(0)) mirror.remove();
});

describe('a run', () => {
  it('mirrors the documents with their tree, links and people', async () => {
    const mirror = mirrorOf();

    const summary = await mirror.sync();

    expect(summary).toMatchObject({
      outcome: 'ok',
      created: 3,
      updated: 0,
      unchanged: 0,
      failed: 0,
    });
    const tree = mirror.tree();
    expect(tree['memory/ENG/home.md']).toContain(
      'Start with [On call](home/on-call.md) and [deploys](home/on-call/deploys.md).',
    );
    expect(tree['memory/ENG/home/on-call.md']).toContain(
      'Ring @Ann Lee or read [https\\://memory.example/open/3](on-call/deploys.md).',
    );
    expect(tree['memory/ENG/home/on-call/deploys.md']).toContain(
      'Back to [the start](../../home.md#top).',
    );
    expect(tree['memory/ENG/home.md']).toMatch(/^---\nsource: "memory"\nid: "1"\n/);
  });

  it('touches no file when nothing changed', async () => {
    const mirror = mirrorOf();
    await mirror.sync();
    const before = snapshot(mirror.root);

    const summary = await mirror.sync();

    expect(summary).toMatchObject({ created: 0, updated: 0, moved: 0, deleted: 0, unchanged: 3 });
    expect(snapshot(mirror.root)).toEqual(before);
    expect(Object.values(before).every((state) => state.endsWith(' 100600'))).toBe(true);
  });

  it('follows a rename: moves the file, its children and the links to them', async () => {
    const mirror = mirrorOf();
    await mirror.sync();
    mirror.world.rename('2', 'Pager duty');

    const summary = await mirror.sync();

    expect(summary).toMatchObject({ moved: 2, updated: 1, created: 0, deleted: 0 });
    const tree = mirror.tree();
    expect(tree['memory/ENG/home.md']).toContain(
      '[Pager duty](home/pager-duty.md) and [deploys](home/pager-duty/deploys.md)',
    );
    expect(Object.keys(tree).filter((path) => path.includes('on-call'))).toEqual([]);
  });

  it('tells each change once', async () => {
    const mirror = mirrorOf();
    const events: RunEvent[] = [];

    await mirror.sync({ observe: (event) => events.push(event) });

    const changes = events.flatMap((event) =>
      event.type === 'change' ? `${event.change.action} ${event.change.path}` : [],
    );
    expect(changes.toSorted()).toEqual([
      'create memory/ENG/home.md',
      'create memory/ENG/home/on-call.md',
      'create memory/ENG/home/on-call/deploys.md',
    ]);
  });

  it('plans in a dry run what a real one then does, and writes nothing', async () => {
    const mirror = mirrorOf();
    await mirror.sync();
    mirror.world.edit('1', 'New text.');
    mirror.world.trash('3');
    const before = snapshot(mirror.root);

    const plan = await mirror.sync({ dryRun: true });

    expect(snapshot(mirror.root)).toEqual(before);
    expect(plan).toMatchObject({ dryRun: true, updated: 2, deleted: 1 });
    expect(await mirror.sync()).toMatchObject({ dryRun: false, updated: 2, deleted: 1 });
  });

  it('makes no folder in a dry run over a new root', async () => {
    const mirror = mirrorOf();
    rmSync(mirror.root, { recursive: true });

    const plan = await mirror.sync({ dryRun: true });

    expect(plan.created).toBe(3);
    expect(existsSync(mirror.root)).toBe(false);
  });

  it('reads single documents by id or URL and leaves the rest alone', async () => {
    const mirror = mirrorOf();
    await mirror.sync();
    mirror.world.edit('1', 'New one.');
    mirror.world.edit('3', 'New three.');
    mirror.world.purge('2');

    const summary = await mirror.sync({ only: ['https://memory.example/open/3'] });

    expect(summary).toMatchObject({ updated: 1, deleted: 0 });
    expect(mirror.tree()['memory/ENG/home/on-call/deploys.md']).toContain('New three.');
    expect(mirror.tree()['memory/ENG/home.md']).not.toContain('New one.');
  });

  it('keeps the old file of a document that cannot be read, and reads it later', async () => {
    const mirror = mirrorOf();
    await mirror.sync();
    mirror.world.edit('1', 'New text.');
    mirror.world.unreadable.add('1');

    const summary = await mirror.sync();

    expect(summary).toMatchObject({ outcome: 'partial', failed: 1, deleted: 0 });
    expect(mirror.tree()['memory/ENG/home.md']).toContain('Start with');
    mirror.world.unreadable.clear();
    expect(await mirror.sync()).toMatchObject({ outcome: 'ok', updated: 1 });
  });

  it('refuses a source that shows another server or account', async () => {
    const mirror = mirrorOf();
    await mirror.sync();
    mirror.world.identity = 'memory/somebody-else';

    const summary = await mirror.sync();

    expect(summary.sources[0]?.error).toMatchObject({
      code: 'config',
      message: expect.stringContaining('somebody-else'),
    });
    expect(summary.deleted).toBe(0);
  });
});

describe('files of other people', () => {
  it('are kept aside when they stand in the way, whatever they are', async () => {
    const mirror = mirrorOf();
    mkdirSync(join(mirror.root, 'memory/ENG/home.md'), { recursive: true });
    writeFileSync(join(mirror.root, 'memory/ENG/home.md/mine.txt'), 'mine');
    mkdirSync(join(mirror.root, 'elsewhere'));
    symlinkSync(join(mirror.root, 'elsewhere'), join(mirror.root, 'memory/ENG/home'));

    const summary = await mirror.sync();

    expect(summary.outcome).toBe('ok');
    expect(summary.localEdits).toHaveLength(2);
    expect(
      readFileSync(
        join(
          mirror.root,
          summary.localEdits.find((path) => path.endsWith('home.md')) ?? '',
          'mine.txt',
        ),
        'utf8',
      ),
    ).toBe('mine');
    expect(readdirSync(join(mirror.root, 'elsewhere'))).toEqual([]);
    expect(mirror.tree()['memory/ENG/home/on-call.md']).toContain('# On call');
  });

  it('are kept aside when they edit one of ours, and the mirror is restored', async () => {
    const mirror = mirrorOf();
    await mirror.sync();
    const file = join(mirror.root, 'memory/ENG/home.md');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, 'my notes');

    const summary = await mirror.sync();

    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(summary.localEdits.map((path) => readFileSync(join(mirror.root, path), 'utf8'))).toEqual(
      ['my notes'],
    );
  });
});

describe('a mirror that cannot be used', () => {
  it('is locked while another run is under way', async () => {
    const mirror = mirrorOf();
    const database = openDatabase(mirror.root);
    takeLock(database, mirror.root, mirror.clock.now);

    await expect(mirror.sync()).rejects.toMatchObject({ code: 'locked' });

    database.close();
  });

  it('is left alone when its database is damaged', async () => {
    const mirror = mirrorOf();
    await mirror.sync();
    const tree = mirror.tree();
    for (const suffix of ['-wal', '-shm'])
      rmSync(databaseFile(mirror.root) + suffix, { force: true });
    writeFileSync(
      databaseFile(mirror.root),
      'not a database at all, but long enough to be looked at as one'.repeat(100),
    );

    await expect(mirror.sync()).rejects.toMatchObject({
      code: 'state_damaged',
      hint: expect.stringContaining('rebuild'),
    });

    expect(mirror.tree()).toEqual(tree);
  });

  it.skipIf(process.getuid?.() === 0)(
    'is left alone when it is read-only (root may write everywhere)',
    async () => {
      const mirror = mirrorOf();
      chmodSync(mirror.root, 0o500);

      await expect(mirror.sync()).rejects.toMatchObject({ code: 'root_unusable' });

      chmodSync(mirror.root, 0o700);
    },
  );

  it('says so when a file stands where the root should be', async () => {
    const mirror = mirrorOf();
    rmSync(mirror.root, { recursive: true });
    writeFileSync(mirror.root, 'a file');

    await expect(mirror.sync()).rejects.toMatchObject({ code: 'root_unusable' });
  });
});

describe('a source that asks for it', () => {
  it('is mirrored so that a power cut loses nothing, with the same files', async () => {
    const mirror = mirrorOf();
    await mirror.sync();
    const durable = mirrorOf({ world: mirror.world });

    await runSync({
      root: durable.root,
      sources: [
        {
          name: 'memory',
          definition: memoryConnector(mirror.world),
          config: {},
          prints: { scope: '', render: '', identity: '' },
          secret: async () => undefined,
          durability: 'power',
        },
      ],
      options: {},
      clock: durable.clock,
    });

    expect(durable.tree()).toEqual(mirror.tree());
  });
});

describe('a broken source', () => {
  it('stops no other', async () => {
    const mirror = mirrorOf();
    const definition = memoryConnector(mirror.world);
    const prints = { scope: '', render: '', identity: '' };
    const base = { config: {}, prints, secret: async () => undefined };
    const explode = (): never => {
      throw new Error('The constructor failed.');
    };

    const summary = await runSync({
      root: mirror.root,
      sources: [
        { ...base, name: 'first', definition: { ...definition, create: explode } },
        { name: 'second', type: 'wiki', error: { code: 'config', message: 'Not installed.' } },
        { ...base, name: 'memory', definition },
      ],
      options: {},
      clock: mirror.clock,
    });

    expect(summary.outcome).toBe('partial');
    expect(summary.sources.map(({ source, outcome }) => `${source} ${outcome}`)).toEqual([
      'memory ok',
      'first failed',
      'second failed',
    ]);
    expect(mirror.tree()['memory/ENG/home.md']).toContain('# Home');
  });
});

describe('a fault of a connector', () => {
  it.each(['URI malformed', 'unable to open the box', 'no space: ENOSPC'])(
    'that says "%s" is not taken for a fault of the mirror',
    async (message) => {
      const mirror = mirrorOf();
      const definition = memoryConnector(mirror.world);
      const sync = (): never => {
        throw new Error(message);
      };
      const prints = { scope: '', render: '', identity: '' };
      const base = { config: {}, prints, secret: async () => undefined };

      const summary = await runSync({
        root: mirror.root,
        sources: [
          {
            ...base,
            name: 'bad',
            definition: {
              ...definition,
              create: (_config, context) => Object.assign(definition.create({}, context), { sync }),
            },
          },
          { ...base, name: 'good', definition },
        ],
        options: {},
        clock: mirror.clock,
      });

      expect(summary.sources.map(({ outcome }) => outcome)).toEqual(['failed', 'ok']);
      expect(mirror.tree()['good/ENG/home.md']).toContain('# Home');
    },
  );
});
