import { existsSync } from 'node:fs';
import { join } from 'node:path';

import {
  type MemoryConnectorOptions,
  type MemoryDocument,
  MemoryWorld,
} from '@context-sync/sandbox';
import { afterEach, describe, expect, it } from 'vitest';

import { MemoryMirror } from '../../test/memory-mirror.ts';

const mirrors: MemoryMirror[] = [];

/** A page `1` in scope A with a comment `2`, an answer `3` and an attachment `4` of the answer. */
async function mirrored(connector: MemoryConnectorOptions = {}): Promise<MemoryMirror> {
  const world = new MemoryWorld();
  world.addScope('A');
  world.addScope('B');
  world.add({ id: '1', title: 'Home', scope: 'A' });
  world.add({ id: '5', title: 'Other', scope: 'A', body: '[](ctx:att/4?title=File)' });
  addPart(world, 'comment', { id: '2', parent: '1', body: 'First.' });
  addPart(world, 'comment', { id: '3', parent: '2', body: 'Answer.' });
  addPart(world, 'attachment', { id: '4', parent: '3', title: 'a.txt', body: 'Bytes' });
  const mirror = new MemoryMirror({ world, connector });
  mirrors.push(mirror);
  await mirror.sync();
  return mirror;
}

function addPart(
  world: MemoryWorld,
  kind: 'comment' | 'attachment',
  given: Partial<MemoryDocument> & { id: string },
): void {
  const placement = kind === 'comment' ? 'section' : 'attachment';
  world.add({ title: '', scope: 'A', kind, placement, isDownloaded: true, ...given });
}

function text(mirror: MemoryMirror, path: string): string {
  const file = mirror.tree()[`memory/A/${path}`] ?? '';
  return file.slice(file.indexOf('\n# ') + 1);
}

function hasAttachment(mirror: MemoryMirror): boolean {
  return mirror.tree()['memory/A/home.assets/a.txt'] !== undefined;
}

afterEach(() => {
  for (const mirror of mirrors.splice(0)) mirror.remove();
});

describe('a document that goes', () => {
  it('takes its sections and attachments along, also those that another scope lists', async () => {
    const mirror = await mirrored({ kinds: ['page'] });
    await new MemoryMirror({ world: mirror.world, root: mirror.root }).sync();
    mirror.world.documents.get('2')?.scopes.add('B');
    await new MemoryMirror({ world: mirror.world, root: mirror.root }).sync();
    expect(text(mirror, 'home.md')).toContain('Answer.');
    expect(text(mirror, 'other.md')).toBe('# Other\n\n[a.txt](home.assets/a.txt)\n');
    mirror.world.trash('1');

    const summary = await mirror.sync();

    expect(summary.deleted).toBe(1);
    expect(hasAttachment(mirror)).toBe(false);
    expect(text(mirror, 'other.md')).toBe('# Other\n\nFile\n');
    mirror.world.restore('1');
    await mirror.sync();
    expect(text(mirror, 'home.md')).toBe('# Home\n');
    await new MemoryMirror({ world: mirror.world, root: mirror.root }).sync();
    expect(text(mirror, 'home.md')).toContain('Answer.');
    expect(hasAttachment(mirror)).toBe(true);
  });

  it('because access to it is lost leaves nothing of them, not even in the trash', async () => {
    const mirror = await mirrored();
    mirror.world.lose('1');
    for (const id of ['2', '3', '4']) mirror.world.purge(id);

    const summary = await mirror.sync();

    expect(summary.deleted).toBe(1);
    expect(hasAttachment(mirror)).toBe(false);
    expect(existsSync(join(mirror.root, '.context-sync/trash', summary.run))).toBe(false);
  });
});

describe('kinds that are listed apart', () => {
  it('are pruned apart', async () => {
    const mirror = await mirrored();
    addPart(mirror.world, 'comment', { id: '6', parent: '1', body: 'Sixth.' });
    addPart(mirror.world, 'attachment', { id: '7', parent: '1', title: 'b.txt' });
    await mirror.sync();
    mirror.world.purge('6');
    mirror.world.purge('7');
    mirror.connector = { kinds: ['comment'] };

    await mirror.sync();

    expect(text(mirror, 'home.md')).not.toContain('Sixth.');
    expect(text(mirror, 'home.md')).toContain('b.txt');
    mirror.connector = { kinds: ['attachment'] };
    await mirror.sync();
    expect(text(mirror, 'home.md')).not.toContain('b.txt');
  });

  it('are guarded apart: many comments that go are no reason to keep a page, nor the reverse', async () => {
    const mirror = await mirrored({ stable: true });
    for (let id = 100; id < 140; id += 1)
      addPart(mirror.world, 'comment', { id: String(id), parent: '1' });
    await mirror.sync();
    for (let id = 100; id < 140; id += 1) mirror.world.purge(String(id));
    mirror.world.purge('5');

    const summary = await mirror.sync();

    expect(summary).toMatchObject({ outcome: 'withheld', deleted: 1 });
    expect(summary.sources[0]?.scopes[0]?.withheld).toBe(40);
    expect(text(mirror, 'home.md').match(/^### /gm)).toHaveLength(41);
    await mirror.sync({ allowDeletes: 40 });
    expect(text(mirror, 'home.md').match(/^### /gm)).toHaveLength(1);
  });
});
