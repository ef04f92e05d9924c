import { MemoryWorld } from '@context-sync/sandbox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { MemoryMirror } from '../../test/memory-mirror.ts';

const hour = 3_600_000;
let mirror: MemoryMirror;

beforeEach(() => {
  const world = new MemoryWorld();
  world.addScope('A');
  world.add({ id: '1', title: 'One', scope: 'A', body: 'Text.' });
  mirror = new MemoryMirror({ world });
});

afterEach(() => mirror.remove());

describe('the words of a scope', () => {
  it('reach no file with what nobody can see', async () => {
    const { world } = mirror;
    world.addScope('B\u202e', 'Be\u200b\u202ehind\u0007\nit');
    world.add({ id: '2', title: 'Two', scope: 'B', body: 'Text.' });

    await mirror.sync();

    const files = JSON.stringify(mirror.tree());
    expect(files).not.toMatch(/\\u|[\u200b\u202e]/);
    expect(mirror.tree()['memory/README.md']).toContain('[B: Behind it](B/README.md)');
  });
});

it('may be named in any case, unless there is one that is written so', async () => {
  const { world } = mirror;
  world.addScope('Team');
  world.addScope('b');
  world.addScope('B');
  const read = async (scope: string): Promise<string[] | undefined> => {
    const { sources } = await mirror.sync({ select: [{ source: 'memory', scope }] });
    return sources[0]?.scopes.map((each) => each.scope);
  };

  expect(await read('TEAM')).toEqual(['Team']);
  expect(await read('b')).toEqual(['b']);
  expect(await read('B')).toEqual(['B']);
});

describe('a scope that is missing', () => {
  beforeEach(async () => {
    mirror.world.addScope('B');
    mirror.world.add({ id: '2', title: 'Two', scope: 'B', body: 'Text.' });
    await mirror.sync();
  });

  it('is told with the time until which its files stay, and then with the way back', async () => {
    mirror.world.scopes.delete('B');

    const { sources, outcome } = await mirror.sync();
    expect(outcome).toBe('ok');
    expect(sources[0]?.warnings).toEqual([
      {
        code: 'scope_missing',
        message: expect.stringMatching(
          /^B is not listed .* Its 1 document stays in the mirror, .* still missing after 2026-11-05 00:\d\d UTC\.$/,
        ),
      },
    ]);
    for (let run = 0; run < 2; run += 1) await mirror.sync();
    await mirror.clock.sleep(73 * hour);

    const last = await mirror.sync();
    expect(last.deleted).toBe(1);
    expect(last.sources[0]?.warnings).toEqual([
      {
        code: 'scope_gone',
        message: expect.stringContaining(`\`context-sync restore ${last.run}\``),
      },
    ]);
    expect((await mirror.sync()).sources[0]?.warnings).toEqual([]);
  });

  it('is kept, and told so, as long as the config names one that cannot be read', async () => {
    mirror.config = { scopes: ['A', 'B'] };
    await mirror.sync();
    mirror.world.scopes.delete('B');

    const { sources } = await mirror.sync();

    expect(sources[0]?.unavailable).toMatchObject([{ scope: 'B' }]);
    expect(sources[0]?.warnings).toMatchObject([
      {
        code: 'scope_missing',
        message: expect.stringContaining('stays in the mirror as long as the config'),
      },
    ]);
  });

  it.each([
    [{ scopes: ['A', 'B'] }, 'B is called C now', 'Write C in place of B'],
    [{ scopes: ['A', 'X'] }, 'X', ''],
  ])('of %j is told with the name that it has now, if it has one', async (config, words, fix) => {
    mirror.config = { scopes: ['A', 'B'] };
    await mirror.sync();
    const before = mirror.tree();
    mirror.world.renameScope('B', 'C');
    mirror.config = config;

    const { sources } = await mirror.sync();

    expect(sources[0]?.unavailable.map(({ error }) => error)).toEqual([
      expect.objectContaining({ message: expect.stringContaining(words) }),
    ]);
    expect(sources[0]?.unavailable[0]?.error.hint ?? '').toContain(fix);
    expect(mirror.tree()).toEqual(before);
  });

  it('is not warned of when the user took it out of the config', async () => {
    mirror.config = { scopes: ['A'] };

    expect(await mirror.sync()).toMatchObject({ deleted: 1, sources: [{ warnings: [] }] });
  });
});
