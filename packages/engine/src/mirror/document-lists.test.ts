import { MemoryWorld } from '@context-sync/sandbox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { MemoryMirror } from '../../test/memory-mirror.ts';

let world: MemoryWorld;
let mirror: MemoryMirror;

beforeEach(() => {
  world = new MemoryWorld();
  world.addScope('A');
  world.addScope('B');
  mirror = new MemoryMirror({ world });
});

afterEach(() => mirror.remove());

function page(id: string, more: Partial<Parameters<MemoryWorld['add']>[0]> = {}): void {
  world.add({ id, title: `Page ${id}`, scope: 'A', body: 'Text.', ...more });
}

/** What a page of its own says instead of a link, after a run. */
async function listOf(destination: string): Promise<string> {
  if (!world.documents.has('list'))
    world.add({ id: 'list', title: 'List', scope: 'B', body: `[](${destination})` });
  await mirror.sync({ allowDeletes: 100 });
  const [, text = ''] = mirror.tree()['memory/B/list.md']?.split('# List\n') ?? [];
  return text.trim().replaceAll(/\]\([^)]*\/([^/)]*)\)/g, ']($1)');
}

function label(id: string, ...labels: string[]): void {
  const document = world.documents.get(id);
  if (document !== undefined) document.labels = labels;
}

describe('a list of what lies below', () => {
  beforeEach(() => {
    page('1');
    page('2', { parent: '1' });
    page('3', { parent: '2' });
    page('4', { parent: '3' });
    page('5', { parent: '1' });
  });

  it.each([
    ['ctx:children/1', '- [Page 2](page-2.md)\n- [Page 5](page-5.md)'],
    [
      'ctx:children/1?depth=2',
      '- [Page 2](page-2.md)\n  - [Page 3](page-3.md)\n- [Page 5](page-5.md)',
    ],
    [
      'ctx:children/1?depth=all',
      '- [Page 2](page-2.md)\n  - [Page 3](page-3.md)\n    - [Page 4](page-4.md)\n- [Page 5](page-5.md)',
    ],
    ['ctx:children/key-2?by=name', '- [Page 3](page-3.md)'],
    [
      'ctx:children/A?by=scope&depth=2',
      '- [Page 1](page-1.md)\n  - [Page 2](page-2.md)\n  - [Page 5](page-5.md)',
    ],
    ['ctx:children/9?url=https://x.example/9&title=Nine', '[Nine](9)'],
    ['ctx:children/9?by=name&url=https://x.example/9&title=Nine', '[Nine](9)'],
  ])('shows for %s', async (destination, list) => {
    expect(await listOf(destination)).toBe(list);
  });

  it('follows what happens anywhere below', async () => {
    await listOf('ctx:children/1?depth=all');
    world.rename('4', 'Four');
    world.move('5', '3');
    page('6', { parent: '4' });

    expect(await listOf('')).toBe(
      '- [Page 2](page-2.md)\n  - [Page 3](page-3.md)\n    - [Four](four.md)\n' +
        '      - [Page 6](page-6.md)\n    - [Page 5](page-5.md)',
    );

    world.trash('4');
    expect(await listOf('')).not.toContain('Four');
  });

  it('follows a name to another document', async () => {
    await listOf('ctx:children/key-2?by=name');
    world.purge('2');
    page('7');
    Object.assign(world.documents.get('7') ?? {}, { alias: 'key-2' });
    page('8', { parent: '7' });

    expect(await listOf('')).toBe('- [Page 8](page-8.md)');
  });

  it('shows whole levels only, as many as there is room for', async () => {
    for (let each = 0; each < 500; each += 1) page(`x${each}`, { parent: '3' });

    expect(await listOf('ctx:children/1?depth=all')).toBe(
      '- [Page 2](page-2.md)\n  - [Page 3](page-3.md)\n- [Page 5](page-5.md)',
    );
  });
});

describe('a list of documents with a label', () => {
  beforeEach(() => {
    page('1', { labels: ['a', 'b'] });
    page('2', { labels: ['a'], parent: '1' });
    page('3', { labels: ['b'], scope: 'B' });
    page('4', { labels: ['a', 'c'], kind: 'post' });
    page('5');
  });

  it.each([
    ['ctx:labelled/a', '1 2 4'],
    ['ctx:labelled/a,b', '1 2 3 4'],
    ['ctx:labelled/a,b?match=all', '1'],
    ['ctx:labelled/a?without=c,b', '2'],
    ['ctx:labelled/a,b?scope=B', '3'],
    ['ctx:labelled/a?kind=post', '4'],
    ['ctx:labelled/a?below=1', '2'],
    ['ctx:labelled/d', ''],
  ])('shows for %s', async (destination, ids) => {
    const list = ids.split(' ').filter((id) => id !== '');

    expect(await listOf(destination)).toBe(
      list.map((id) => `- [Page ${id}](page-${id}.md)`).join('\n'),
    );
  });

  it.each([
    ['gains it', '1 2 4 5', () => label('5', 'a')],
    ['loses it', '1 4', () => label('2')],
    ['is renamed', '1 X 4', () => world.rename('2', 'Page X')],
    ['is gone', '1 4', () => world.trash('2')],
    [
      'comes to mean a part of another',
      '1 4',
      () => Object.assign(world.documents.get('2') ?? {}, { placement: 'section' }),
    ],
  ])('changes with a document that %s', async (_, titles, happen) => {
    await listOf('ctx:labelled/a');
    happen();

    const names = [...(await listOf('')).matchAll(/\[Page (\w+)\]/g)].map(([, name]) => name);
    expect(new Set(names)).toEqual(new Set(titles.split(' ')));
  });

  it('changes with a move of a document above', async () => {
    await listOf('ctx:labelled/a?below=5');
    world.move('1', '5');

    expect(await listOf('')).toBe('- [Page 1](page-1.md)\n- [Page 2](page-2.md)');
  });
});

describe('a table of properties', () => {
  function tell(id: string, properties: Record<string, string>): void {
    const document = world.documents.get(id);
    if (document !== undefined) document.properties = { properties };
    world.edit(id, '[](ctx:user/ann)');
  }

  beforeEach(() => {
    world.people.set('ann', 'Ann Lee');
    page('1', { labels: ['a'] });
    page('2', { labels: ['a'] });
    page('3', { labels: ['a'] });
    tell('1', { Owner: '[](ctx:user/ann)', State: 'a|b' });
    tell('2', { Due: '2026' });
  });

  it('has a column for each, and no row for a document without any', async () => {
    expect(await listOf('ctx:labelled/a?properties=*')).toBe(
      '| Title | Owner | State | Due |\n| --- | --- | --- | --- |\n' +
        '| [Page 1](page-1.md) | @Ann Lee | a\\|b |  |\n| [Page 2](page-2.md) |  |  | 2026 |',
    );
  });

  it('follows the text of a document, and the name of a person in it', async () => {
    await listOf('ctx:labelled/a?properties=Owner,Due');
    tell('2', { Due: '2027' });
    world.people.set('ann', 'Ann Ray');

    expect(await listOf('')).toBe(
      '| Title | Owner | Due |\n| --- | --- | --- |\n' +
        '| [Page 1](page-1.md) | @Ann Ray |  |\n| [Page 2](page-2.md) |  | 2027 |',
    );
  });
});

describe('lists beside each other', () => {
  it('keep apart by their bullets', async () => {
    page('1');
    page('2', { parent: '1' });
    page('3', { parent: '2' });
    const list = '[](ctx:children/1?depth=2)';
    const body = `- own\n\n${list}\n\n${list}\n\nText.\n\n${list}\n\n* own\n`;
    world.add({ id: 'list', title: 'List', scope: 'B', body });

    const [own, first, second, text, third, last] = (await listOf('')).split('\n\n');

    expect([own, text, last]).toEqual(['- own', 'Text.', '* own']);
    expect(first).toBe('* [Page 2](page-2.md)\n  * [Page 3](page-3.md)');
    expect(second).toBe('- [Page 2](page-2.md)\n  - [Page 3](page-3.md)');
    expect(third).toBe(second);
  });
});
