import { type MemoryConnectorOptions, MemoryWorld } from '@context-sync/sandbox';
import { afterEach, describe, expect, it } from 'vitest';

import { MemoryMirror } from '../../test/memory-mirror.ts';

const mirrors: MemoryMirror[] = [];

function newMirror(connector: MemoryConnectorOptions = {}): MemoryMirror {
  const world = new MemoryWorld();
  world.addScope('A');
  const mirror = new MemoryMirror({ world, connector });
  mirrors.push(mirror);
  return mirror;
}

function home(mirror: MemoryMirror): string {
  return mirror.tree()['memory/A/home.md'] ?? '';
}

afterEach(() => {
  for (const mirror of mirrors.splice(0)) mirror.remove();
});

describe('front matter that the text tells', () => {
  it('stands below that of the header, and never replaces a field of the mirror', async () => {
    const mirror = newMirror();
    mirror.world.add({
      id: '1',
      title: 'Home',
      scope: 'A',
      metadata: { status: 'approved' },
      properties: { owner: 'Team \u202EA', status: 'draft', source: 'forged' },
    });

    await mirror.sync();

    expect(home(mirror)).toContain('\nowner: "Team A"\nstatus: "approved"\n');
    expect(home(mirror)).toMatch(/^---\nsource: "memory"\n/);
    expect(home(mirror)).not.toContain('forged');
  });

  it('goes with a text that no longer tells it', async () => {
    const mirror = newMirror();
    const page = { id: '1', title: 'Home', scope: 'A', properties: { owner: 'Ann' } };
    mirror.world.add(page);
    await mirror.sync();
    Object.assign(mirror.world.documents.get('1') ?? {}, { properties: undefined });
    mirror.world.edit('1', 'Text.');

    await mirror.sync();

    expect(home(mirror)).not.toContain('owner');
  });
});

describe.each([true, false])('the name of a person, told before the documents: %s', (first) => {
  it('stands in the front matter, in mentions and over comments, and follows a rename', async () => {
    const mirror = newMirror({ arePeopleFirst: first });
    mirror.world.people.set('ann', 'Ann Lee');
    const body = 'By [](ctx:user/ann).';
    const properties = { owners: '[](ctx:user/ann), [](https://ann.example)' };
    mirror.world.add({ id: '1', title: 'Home', scope: 'A', author: 'ann', body, properties });
    mirror.world.add({
      id: '2',
      title: '',
      scope: 'A',
      kind: 'comment',
      placement: 'section',
      parent: '1',
      author: 'ann',
      body,
      metadata: { by: 'ann' },
    });
    await mirror.sync();
    const shown = home(mirror);
    expect(shown).toContain('author: "Ann Lee"');
    expect(shown).toContain('owners: "@Ann Lee, [](https://ann.example)"');
    expect(shown).toContain('### Ann Lee · ');
    expect(shown.match(/By @Ann Lee\./g)).toHaveLength(2);
    mirror.world.people.set('ann', 'Ann Ray');

    const summary = await mirror.sync();

    expect(home(mirror)).toBe(shown.replaceAll('Ann Lee', 'Ann Ray'));
    expect(summary).toMatchObject({ updated: 1 });
  });
});
