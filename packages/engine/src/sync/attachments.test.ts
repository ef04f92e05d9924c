import { statSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type MemoryDocument, MemoryWorld } from '@context-sync/sandbox';
import { afterEach, describe, expect, it } from 'vitest';

import { MemoryMirror } from '../../test/memory-mirror.ts';
import { rebuildMirror } from '../mirror/rebuild.ts';

const mirrors: MemoryMirror[] = [];

/** A mirror of a page `Home` with the id `1`, whose text is `body`. Not synced yet. */
function mirrorOf(body = 'Text.'): MemoryMirror {
  const world = new MemoryWorld();
  world.addScope('A');
  world.add({ id: '1', title: 'Home', scope: 'A', body });
  const mirror = new MemoryMirror({ world });
  mirrors.push(mirror);
  return mirror;
}

function attach(
  { world }: MemoryMirror,
  given: Partial<MemoryDocument> & { id: string },
): MemoryDocument {
  return world.add({
    title: `${given.id}.txt`,
    scope: 'A',
    kind: 'attachment',
    placement: 'attachment',
    parent: '1',
    body: `Bytes of ${given.id}`,
    isDownloaded: true,
    ...given,
  });
}

function assets(mirror: MemoryMirror): Record<string, string> {
  const found = Object.entries(mirror.tree()).filter(([path]) => path.includes('assets/'));
  return Object.fromEntries(found.map(([path, text]) => [path.slice('memory/A/'.length), text]));
}

function home(mirror: MemoryMirror, path = 'memory/A/home.md'): string {
  const text = mirror.tree()[path] ?? '';
  return text.slice(text.indexOf('\n# ') + 1);
}

function incoming({ root }: MemoryMirror): string[] {
  return readdirSync(join(root, '.context-sync', 'incoming'));
}

afterEach(() => {
  for (const mirror of mirrors.splice(0)) mirror.remove();
});

describe('the list of attachments', () => {
  it('ends the file of the page, sorted by name, safe for any name', async () => {
    const mirror = mirrorOf();
    attach(mirror, { id: '9', title: 'b](x) <i>.txt', body: 'x'.repeat(12_345) });
    attach(mirror, { id: '10', title: 'A.png', body: 'x', isDownloaded: false });
    mirror.world.add({
      id: '2',
      title: 'Note',
      scope: 'A',
      kind: 'comment',
      placement: 'section',
      parent: '1',
      body: 'Hi.',
    });
    attach(mirror, { id: '11', title: 'of a comment.txt', parent: '2', body: '1234' });

    const summary = await mirror.sync();

    expect(home(mirror)).toBe(`# Home

Text.

## Comments

### Note · 2026-01-01T00:00:00Z

Hi.

## Attachments

- [A.png](https://memory.example/doc/10) · 1 B · text/plain
- [b\\](x) \\<i\\>.txt](home.assets/b-x-i.txt) · 12 kB · text/plain
- [of a comment.txt](home.assets/of-a-comment.txt) · 4 B · text/plain
`);
    expect(summary).toMatchObject({ created: 1, attachments: 2, outcome: 'ok' });
    expect(mirror.tree()['memory/A/README.md']).not.toContain('assets');
  });

  it('waits for a page that is not there', async () => {
    const mirror = mirrorOf();
    attach(mirror, { id: '9', parent: '2' });
    await mirror.sync();
    expect(assets(mirror)).toEqual({});
    mirror.world.add({ id: '2', title: 'Late', scope: 'A' });

    await mirror.sync();

    expect(assets(mirror)).toEqual({ 'late.assets/9.txt': 'Bytes of 9' });
    expect(mirror.world.downloads).toEqual(['9']);
    expect(incoming(mirror)).toEqual([]);
  });
});

describe('a download', () => {
  it('has the time of the attachment and is readable by its owner only', async () => {
    const mirror = mirrorOf();
    const { updatedAt } = attach(mirror, { id: '9' });

    await mirror.sync();

    const stat = statSync(join(mirror.root, 'memory/A/home.assets/9.txt'));
    expect(stat.mtimeMs).toBe(Date.parse(updatedAt));
    expect(stat.mode & 0o777).toBe(0o600);
  });

  it('is made again for a new version only, and then replaces the file', async () => {
    const mirror = mirrorOf();
    attach(mirror, { id: '9' });
    await mirror.sync();
    mirror.world.edit('1', 'Edited.');
    await mirror.sync();
    expect(mirror.world.downloads).toEqual(['9']);
    mirror.world.edit('9', 'Version 2');

    const summary = await mirror.sync();

    expect(assets(mirror)).toEqual({ 'home.assets/9.txt': 'Version 2' });
    expect(summary).toMatchObject({ updated: 1, attachments: 1, localEdits: [] });
    expect(incoming(mirror)).toEqual([]);
  });

  it.each(['short', 'endless', 'fails', 'missing'] as const)(
    'that is %s is a failure and leaves the old file',
    async (how) => {
      const mirror = mirrorOf();
      attach(mirror, { id: '9' });
      await mirror.sync();
      mirror.world.edit('9', 'Version 2');
      mirror.world.brokenStreams.set('9', how);

      const summary = await mirror.sync();

      expect(summary).toMatchObject({ outcome: 'partial', failed: 1 });
      expect(assets(mirror)).toEqual({ 'home.assets/9.txt': 'Bytes of 9' });
      expect(incoming(mirror)).toEqual([]);
      mirror.world.brokenStreams.clear();
      await mirror.sync();
      expect(assets(mirror)).toEqual({ 'home.assets/9.txt': 'Version 2' });
    },
  );

  it('that fails the first time is listed with its address, and made by the next run', async () => {
    const mirror = mirrorOf('![](ctx:att/9)');
    attach(mirror, { id: '9' });
    mirror.world.brokenStreams.set('9', 'fails');

    const summary = await mirror.sync();

    expect(summary).toMatchObject({ outcome: 'partial', failed: 1 });
    expect(home(mirror)).toContain('![9.txt](https://memory.example/doc/9)');
    expect(home(mirror)).toContain('- [9.txt](https://memory.example/doc/9)');
    mirror.world.brokenStreams.clear();
    await mirror.sync();
    expect(assets(mirror)).toEqual({ 'home.assets/9.txt': 'Bytes of 9' });
    expect(home(mirror)).toContain('- [9.txt](home.assets/9.txt)');
  });

  it('that hangs ends with the run', async () => {
    const mirror = mirrorOf();
    const abort = new AbortController();
    attach(mirror, { id: '9' });
    mirror.world.brokenStreams.set('9', 'hangs');
    const ended = mirror.sync({ signal: abort.signal });
    while (mirror.world.downloads.length === 0) await new Promise(setImmediate);
    abort.abort();

    expect((await ended).outcome).toBe('cancelled');
  });

  it('is planned, not made, in a dry run', async () => {
    const mirror = mirrorOf();
    attach(mirror, { id: '9' });
    await mirror.sync();
    mirror.world.downloads.length = 0;
    mirror.world.edit('9', 'Version 2');
    attach(mirror, { id: '10' });
    const changes: unknown[] = [];

    const summary = await mirror.sync({
      dryRun: true,
      observe: (event) => {
        if (event.type === 'change' && event.change.isAttachment === true)
          changes.push([event.change.action, event.change.path]);
      },
    });

    expect(changes).toEqual([
      ['update', 'memory/A/home.assets/9.txt'],
      ['create', 'memory/A/home.assets/10.txt'],
    ]);
    expect(summary.attachments).toBe(2);
    expect(mirror.world.downloads).toEqual([]);
    expect(assets(mirror)).toEqual({ 'home.assets/9.txt': 'Bytes of 9' });
  });

  it('that is switched off removes the file and links to the service', async () => {
    const mirror = mirrorOf('![](ctx:att/9)');
    const attachment = attach(mirror, { id: '9' });
    await mirror.sync();
    expect(home(mirror)).toContain('![9.txt](home.assets/9.txt)');
    attachment.isDownloaded = false;

    await mirror.sync();

    expect(assets(mirror)).toEqual({});
    expect(home(mirror)).toContain('![9.txt](https://memory.example/doc/9)');
    expect(home(mirror)).toContain('- [9.txt](https://memory.example/doc/9)');
  });
});

describe('the file of an attachment', () => {
  it('moves with its page and its name, without a download', async () => {
    const mirror = mirrorOf();
    attach(mirror, { id: '9' });
    await mirror.sync();
    mirror.world.rename('1', 'Start');
    Object.assign(mirror.world.documents.get('9') ?? {}, { title: 'New name.TXT' });

    const summary = await mirror.sync();

    expect(assets(mirror)).toEqual({ 'start.assets/new-name.txt': 'Bytes of 9' });
    expect(mirror.world.downloads).toEqual(['9']);
    expect(summary.localEdits).toEqual([]);
  });

  it('may swap its name with others', async () => {
    const mirror = mirrorOf();
    const all = ['9', '10', '11'].map((id) => attach(mirror, { id }));
    await mirror.sync();
    for (const [index, attachment] of all.entries())
      attachment.title = `${all[(index + 1) % 3]?.id}.txt`;

    const summary = await mirror.sync();

    expect(assets(mirror)).toEqual({
      'home.assets/10.txt': 'Bytes of 9',
      'home.assets/11.txt': 'Bytes of 10',
      'home.assets/9.txt': 'Bytes of 11',
    });
    expect(mirror.world.downloads).toEqual(['9', '10', '11']);
    expect(summary.localEdits).toEqual([]);
  });

  it('that somebody edited or deleted is read again in the same run', async () => {
    const mirror = mirrorOf();
    attach(mirror, { id: '9' });
    attach(mirror, { id: '10' });
    await mirror.sync();
    writeFileSync(join(mirror.root, 'memory/A/home.assets/9.txt'), 'Mine');
    rmSync(join(mirror.root, 'memory/A/home.assets/10.txt'));

    const summary = await mirror.sync();

    expect(assets(mirror)).toEqual({
      'home.assets/9.txt': 'Bytes of 9',
      'home.assets/10.txt': 'Bytes of 10',
    });
    expect(summary.localEdits).toHaveLength(1);
  });

  it('is taken over where it lies after a rebuild', async () => {
    const mirror = mirrorOf();
    attach(mirror, { id: '9' });
    attach(mirror, {
      id: '10',
      title: 'page.md',
      body: '---\nsource: "memory"\nid: "1"\n---\n\n# Home\n',
    });
    await mirror.sync();
    const before = mirror.tree();
    await rebuildMirror(mirror.root, [{ name: 'memory', type: 'memory' }]);

    const summary = await mirror.sync();

    expect(mirror.tree()).toEqual(before);
    expect(summary.localEdits).toEqual([]);
  });

  it('goes to the trash with its page', async () => {
    const mirror = mirrorOf();
    attach(mirror, { id: '9' });
    await mirror.sync();
    mirror.world.trash('1');
    mirror.world.trash('9');

    const summary = await mirror.sync();

    expect(summary.deleted).toBe(1);
    expect(assets(mirror)).toEqual({});
    const trash = join(mirror.root, '.context-sync/trash', summary.run, 'memory/A');
    expect(readdirSync(trash)).toEqual(['home.assets', 'home.md']);
  });
});

describe('a link to an attachment', () => {
  it('by file name follows the page, the file and the lowest id', async () => {
    const mirror = mirrorOf();
    mirror.world.add({
      id: '2',
      title: 'Other',
      scope: 'A',
      body: '[](ctx:att/plan%20a.txt?of=key-1&title=Plan) ![x](ctx:att/key-9)',
    });
    const other = (): string => home(mirror, 'memory/A/other.md');
    await mirror.sync();
    expect(other()).toBe('# Other\n\nPlan x\n');
    attach(mirror, { id: '10', title: 'plan a.txt', body: 'ten' });
    await mirror.sync();
    expect(other()).toBe('# Other\n\n[plan a.txt](home.assets/plan-a.txt) x\n');
    attach(mirror, { id: '9', title: 'plan a.txt', body: 'nine' });
    await mirror.sync();
    expect(other()).toBe(
      '# Other\n\n[plan a.txt](home.assets/plan-a.txt) ![x](home.assets/plan-a.txt)\n',
    );
    expect(mirror.tree()['memory/A/home.assets/plan-a.txt']).toBe('nine');
    mirror.world.rename('1', 'Start');
    mirror.world.trash('9');
    await mirror.sync();
    expect(other()).toBe('# Other\n\n[plan a.txt](start.assets/plan-a.txt) x\n');
    mirror.world.move('10', '2');

    await mirror.sync();

    expect(other()).toMatch(/^# Other\n\nPlan x\n\n## Attachments/);
  });
});
