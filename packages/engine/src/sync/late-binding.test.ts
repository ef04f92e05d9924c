import { MemoryWorld } from '@context-sync/sandbox';
import { afterEach, describe, expect, it } from 'vitest';

import { MemoryMirror } from '../../test/memory-mirror.ts';

const mirrors: MemoryMirror[] = [];

/** A mirror of one scope with a page for each body, titled `Page <id>`, synced once. */
async function mirrored(bodies: Readonly<Record<string, string>>): Promise<MemoryMirror> {
  const world = new MemoryWorld();
  world.addScope('A');
  for (const [id, body] of Object.entries(bodies))
    world.add({ id, title: `Page ${id}`, scope: 'A', body });
  const mirror = new MemoryMirror({ world });
  mirrors.push(mirror);
  await mirror.sync();
  return mirror;
}

/** The text of a page's file below its title. */
function textOf(mirror: MemoryMirror, id: string): string {
  const file = mirror.tree()[`memory/A/page-${id}.md`] ?? '';
  return file
    .slice(file.indexOf('\n# ') + 1)
    .replace(/^# .*\n\n?/, '')
    .trimEnd();
}

function setAlias(mirror: MemoryMirror, id: string, alias: string): void {
  Object.assign(mirror.world.documents.get(id) ?? {}, { alias });
}

afterEach(() => {
  for (const mirror of mirrors.splice(0)) mirror.remove();
});

/** What the index of the scope says of a page. */
function entryOf(mirror: MemoryMirror, id: string): string {
  const index = mirror.tree()['memory/A/README.md'] ?? '';
  return index.split('\n').find((line) => line.includes(`(page-${id}.md)`)) ?? '';
}

describe('the first sentence in an index', () => {
  it('names the target of a link as it is called today', async () => {
    const mirror = await mirrored({ 1: 'Read [](ctx:doc/2) and ask [](ctx:user/ann).', 2: 'Two.' });
    expect(entryOf(mirror, '1')).toContain('Read Page 2 and ask @ann.');
    mirror.world.rename('2', 'Other');
    mirror.world.people.set('ann', 'Ann Lee');

    await mirror.sync();

    expect(entryOf(mirror, '1')).toContain('Read Other and ask @Ann Lee.');
  });
});

describe('an include', () => {
  it('shows the present text of the other document, through several steps', async () => {
    const mirror = await mirrored({
      1: 'Above.\n\n[](ctx:include/2)\n\nBelow.',
      2: '[](ctx:include/3)',
      3: 'Third.',
    });
    expect(textOf(mirror, '1')).toBe('Above.\n\nThird.\n\nBelow.');
    mirror.world.edit('3', 'Changed.');

    await mirror.sync();

    expect(textOf(mirror, '1')).toBe('Above.\n\nChanged.\n\nBelow.');
  });

  it('ends a cycle in a link', async () => {
    const mirror = await mirrored({
      1: 'One.\n\n[](ctx:include/2)',
      2: 'Two.\n\n[](ctx:include/1)',
    });

    expect(textOf(mirror, '1')).toBe('One.\n\nTwo.\n\n[Page 1](page-1.md)');
  });

  it('finds the other document by an alias too, also after a rename', async () => {
    const mirror = await mirrored({ 1: '[](ctx:include/eng:two?title=Two)', 2: 'Two.' });
    expect(textOf(mirror, '1')).toBe('Two');
    setAlias(mirror, '2', 'eng:two');
    mirror.world.rename('2', 'Page 2');
    await mirror.sync();
    expect(textOf(mirror, '1')).toBe('Two.');
    mirror.world.edit('2', 'Changed.');
    await mirror.sync();
    expect(textOf(mirror, '1')).toBe('Changed.');
    setAlias(mirror, '2', 'eng:other');
    mirror.world.rename('2', 'Other');
    await mirror.sync();
    mirror.world.edit('2', 'Again.');

    await mirror.sync();

    expect(textOf(mirror, '1')).toBe('Again.');
  });

  it('is a link to the document that lacks the part it names', async () => {
    const mirror = await mirrored({ 1: '[](ctx:include/2#excerpt)', 2: 'Two.' });

    expect(textOf(mirror, '1')).toBe('[Page 2](page-2.md)');
  });

  it('follows the links of the text it shows', async () => {
    const mirror = await mirrored({ 1: '[](ctx:include/2)', 2: 'See [](ctx:doc/3).', 3: 'Third.' });
    mirror.world.rename('3', 'Page 3 b');

    await mirror.sync();

    expect(textOf(mirror, '1')).toBe('See [Page 3 b](page-3-b.md).');
  });
});

describe('a list of children', () => {
  it('shows the present children in order', async () => {
    const mirror = await mirrored({ 1: '[](ctx:children/1)' });
    mirror.world.add({ id: '3', title: 'C', scope: 'A', parent: '1', order: 1 });
    mirror.world.add({ id: '2', title: 'B', scope: 'A', parent: '1', order: 2 });
    await mirror.sync();
    expect(textOf(mirror, '1')).toBe('- [C](page-1/c.md)\n- [B](page-1/b.md)');
    mirror.world.move('3', undefined);

    await mirror.sync();

    expect(textOf(mirror, '1')).toBe('- [B](page-1/b.md)');
  });
});

describe('a link', () => {
  it('to what is not mirrored keeps its address and its text', async () => {
    const url = encodeURIComponent('https://wiki.example/x?a=1&b=2');
    const mirror = await mirrored({
      1: `[](ctx:doc/9?url=${url}&title=Nine#part) [text](ctx:name/none?title=None) [](ctx:name/none?title=A_b) ![pic](ctx:att/7)`,
    });

    expect(textOf(mirror, '1')).toBe('[Nine](https://wiki.example/x?a=1&b=2#part) text A\\_b pic');
  });

  it('by an id that its source does not have goes to the document with its address', async () => {
    const address = encodeURIComponent('https://memory.example/open/2');
    const mirror = await mirrored({ 1: `[](ctx:doc/x?url=${address}#a)`, 2: 'Two.' });

    expect(textOf(mirror, '1')).toBe('[Page 2](page-2.md#a)');
  });

  it('binds when its target arrives, and lets go when it leaves', async () => {
    const mirror = await mirrored({ 1: '[](ctx:name/key-2?title=Two)' });
    mirror.world.add({ id: '2', title: 'Second', scope: 'A' });
    await mirror.sync();
    expect(textOf(mirror, '1')).toBe('[Second](second.md)');
    mirror.world.trash('2');

    await mirror.sync();

    expect(textOf(mirror, '1')).toBe('Two');
  });

  it('by a name follows a rename that the service wrote into the text without a new revision', async () => {
    const mirror = await mirrored({ 1: '[](ctx:name/key-2)', 2: 'Text.' });
    setAlias(mirror, '2', 'key-new');
    mirror.world.rename('2', 'New name');

    await mirror.sync();

    expect(textOf(mirror, '1')).toBe('[New name](new-name.md)');
  });

  it('by a name stays with its document when two swap their names in two batches', async () => {
    const mirror = await mirrored({
      1: 'One.',
      2: 'Two.',
      3: '[](ctx:name/key-1) [](ctx:name/key-2)',
    });
    mirror.connector = { checkpointEvery: 1 };
    setAlias(mirror, '1', 'key-2');
    setAlias(mirror, '2', 'key-1');
    Object.assign(mirror.world.documents.get('3') ?? {}, {
      body: '[](ctx:name/key-2) [](ctx:name/key-1)',
    });

    await mirror.sync();

    expect(textOf(mirror, '3')).toBe('[Page 1](page-1.md) [Page 2](page-2.md)');
  });

  it('by a name written in this run does not follow a rename from before it', async () => {
    const mirror = await mirrored({ 0: 'Text.', 1: 'One.', 2: 'Two.' });
    mirror.connector = { checkpointEvery: 1 };
    setAlias(mirror, '1', 'key-new');
    setAlias(mirror, '2', 'key-1');
    mirror.world.edit('0', '[](ctx:name/key-1)');

    await mirror.sync();

    expect(textOf(mirror, '0')).toBe('[Page 2](page-2.md)');
  });

  it('in HTML is bound like any other', async () => {
    const mirror = await mirrored({
      1: '<table><tr><td><a href="ctx:doc/2"></a> <a href="ctx:doc/9">gone</a> <img src="ctx:att/1?url=https%3A%2F%2Fa.example%2Fp" alt="p"></td></tr></table>',
      2: 'Two.',
    });

    expect(textOf(mirror, '1')).toBe(
      '<table><tr><td><a href="page-2.md">Page 2</a> <a>gone</a> <img src="https://a.example/p" alt="p"></td></tr></table>',
    );
  });

  it('in code stays as it is', async () => {
    const text = '`[](ctx:doc/1)`\n\n```\n[](ctx:doc/1)\n```';

    expect(textOf(await mirrored({ 1: text }), '1')).toBe(text);
  });
});

describe('a section', () => {
  it('is shown in the file of its document, in order, with its answers', async () => {
    const mirror = await mirrored({ 1: 'Text.' });
    const comment = { scope: 'A', kind: 'comment', placement: 'section' } as const;
    mirror.world.add({
      ...comment,
      id: 'c2',
      title: 'Second',
      parent: '1',
      body: 'Two, see [](ctx:doc/1).',
    });
    mirror.world.add({ ...comment, id: 'c1', title: 'First', parent: '1', body: 'One.' });
    mirror.world.add({ ...comment, id: 'c3', title: 'Answer', parent: 'c1', body: 'To one.' });

    await mirror.sync();

    const when = '2026-01-01T00:00:00Z';
    expect(textOf(mirror, '1')).toBe(
      `Text.\n\n## Comments\n\n### First · ${when}\n\nOne.\n\n#### Answer · ${when}\n\nTo one.\n\n### Second · ${when}\n\nTwo, see [Page 1](page-1.md).`,
    );
    mirror.world.purge('c1');
    mirror.world.purge('c3');
    await mirror.sync();
    expect(textOf(mirror, '1')).not.toContain('One.');
  });

  const note = { id: 'c', title: 'Note', scope: 'A', kind: 'comment', parent: '1', body: 'Noted.' };

  it('that moves leaves the file it was in', async () => {
    const mirror = await mirrored({ 1: 'One.', 2: 'Two.' });
    mirror.world.add({ ...note, placement: 'section' });
    await mirror.sync();
    mirror.world.move('c', '2');

    await mirror.sync();

    expect(textOf(mirror, '1')).toBe('One.');
    expect(textOf(mirror, '2')).toContain('Noted.');
  });

  it('was a file before, or becomes one, and is in one place only', async () => {
    const mirror = await mirrored({ 1: 'One.' });
    const added = mirror.world.add({ ...note, placement: 'section' });
    await mirror.sync();
    const asSection = mirror.tree();
    added.placement = 'file';
    await mirror.sync();
    expect(textOf(mirror, '1')).toBe('One.');
    expect(mirror.tree()['memory/A/page-1/note.md']).toContain('Noted.');
    added.placement = 'section';

    await mirror.sync();

    expect(mirror.tree()).toEqual(asSection);
  });

  it('is linked to in the file of its document, wherever that goes', async () => {
    const mirror = await mirrored({ 1: 'One.', 2: '[](ctx:doc/c)' });
    mirror.world.add({ ...note, placement: 'section' });
    await mirror.sync();
    mirror.world.rename('1', 'Other');

    await mirror.sync();

    expect(textOf(mirror, '2')).toBe('[Note](other.md)');
  });
});

describe('a document that named another one', () => {
  it('is read again when that one is gone, because the service may have rewritten it', async () => {
    const mirror = await mirrored({ 1: '[](ctx:name/key-2?title=Old)', 2: 'Two.', 3: 'Three.' });
    const referrer = mirror.world.documents.get('1');
    Object.assign(referrer ?? {}, { body: '[](ctx:name/key-new?title=New)' });
    mirror.world.trash('2');

    await mirror.sync();

    expect(textOf(mirror, '1')).toBe('New');
  });
});

describe('a link that no connector would write', () => {
  it.each(['ctx:include/2#%', 'ctx:include/2#constructor', 'ctx:doc/%', 'ctx:nothing'])(
    '%s harms nothing',
    async (destination) => {
      const mirror = await mirrored({ 1: `Before.\n\n[](${destination})\n\nAfter.`, 2: 'Two.' });

      expect(textOf(mirror, '1')).toMatch(/^Before\.[^]*After\.$/);
    },
  );
});
