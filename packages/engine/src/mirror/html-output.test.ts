import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { memoryConnector, MemoryWorld } from '@context-sync/sandbox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { MemoryMirror, readTree } from '../../test/memory-mirror.ts';
import type { RunEvent } from '../api.ts';
import type { OutputFormat } from '../output-format.ts';
import { runSync } from '../sync/run.ts';
import { rebuildMirror } from './rebuild.ts';
import { restore } from './restore.ts';

let world: MemoryWorld;
let mirror: MemoryMirror;

beforeEach(async () => {
  world = new MemoryWorld();
  world.addScope('A', 'Team A');
  world.add({ id: '1', title: 'Home', scope: 'A', body: 'See [](ctx:doc/2#run-it).' });
  world.add({
    id: '2',
    title: 'Run & "book"',
    scope: 'A',
    parent: '1',
    body: '## Run it\n\n[](ctx:children/1)\n\n![](ctx:att/a.png?of=key-2)',
  });
  const file = { kind: 'attachment', placement: 'attachment', isDownloaded: true } as const;
  world.add({ id: '3', title: 'a.png', scope: 'A', parent: '2', body: 'Bytes', ...file });
  world.add({
    id: '4',
    title: '',
    scope: 'A',
    parent: '1',
    kind: 'comment',
    placement: 'section',
    body: 'So *be* it.',
  });
  mirror = new MemoryMirror({ world, output: 'html' });
  await mirror.sync();
});

afterEach(() => mirror.remove());

function bodyOf(path: string): string {
  return /<main>\n([\s\S]*)<\/main>/.exec(mirror.tree()[path] ?? '')?.[1] ?? '';
}

/** The pages can be read once: a run that asks for one again ends as partial. */
function closeWorld(): void {
  for (const id of world.documents.keys()) world.unreadable.add(id);
}

function inodes(): Record<string, number> {
  return Object.fromEntries(
    Object.keys(mirror.tree()).map((path) => [path, statSync(join(mirror.root, path)).ino]),
  );
}

describe('a mirror in HTML', () => {
  it('has the tree of one in Markdown under other names, and what agents look for', () => {
    expect(Object.keys(mirror.tree())).toEqual([
      'AGENTS.md',
      'README.md',
      'index.html',
      'memory/A/home.html',
      'memory/A/home/index.html',
      'memory/A/home/run-book.assets/a.png',
      'memory/A/home/run-book.html',
      'memory/A/index.html',
      'memory/index.html',
    ]);
    expect(mirror.tree()['AGENTS.md']).toContain('- `memory/`: memory, as HTML\n');
    expect(mirror.tree()['README.md']).toContain('[memory](memory/index.html)');
  });

  it('writes pages that name what they are of and load nothing', () => {
    expect(mirror.tree()['memory/A/home.html']).toMatch(
      new RegExp(
        [
          '^<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n',
          `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; .*">\n`,
          '[\\s\\S]*<meta name="context-sync:source" content="memory">\n',
          '<meta name="context-sync:id" content="1">\n',
          '[\\s\\S]*<title>Home</title>\n[\\s\\S]*',
          '<dt>url</dt><dd><a href="https://memory.example/doc/1">https://memory.example/doc/1</a></dd>\n',
          '[\\s\\S]*</html>\n$',
        ].join(''),
      ),
    );
  });

  it('binds links, lists, sections and attachments as in Markdown', () => {
    expect(bodyOf('memory/A/home.html')).toBe(
      '<h1 id="home">Home</h1>\n' +
        '<p>See <a href="home/run-book.html#run-it">Run &#x26; "book"</a>.</p>\n' +
        '<h2 id="comments">Comments</h2>\n' +
        '<h3 id="2026-01-01t000000z">2026-01-01T00:00:00Z</h3>\n<p>So <em>be</em> it.</p>\n',
    );
    expect(bodyOf('memory/A/home/run-book.html')).toContain(
      '<ul>\n<li><a href="run-book.html">Run &#x26; "book"</a></li>\n</ul>\n' +
        '<p><img src="run-book.assets/a.png" alt="a.png"></p>\n<h2 id="attachments">',
    );
    expect(bodyOf('memory/A/index.html')).toContain(
      '<a href="home.html">Home</a> (2026-01-01) · <a href="home/index.html">below</a>',
    );
  });

  it('lets nothing of a page or title out of its place', async () => {
    const evil = '</title><script>alert(1)</script>"><img src=x onerror=alert(2)>';
    world.add({ id: '9', title: evil, scope: 'A', body: `${evil}\n\n[a](javascript:b)` });

    await mirror.sync();

    const pages = Object.entries(mirror.tree()).filter(([path]) => path.endsWith('.html'));
    for (const [, text] of pages)
      expect(text).not.toMatch(/<script|<img[^>]*onerror|="javascript:/i);
    expect(pages.filter(([, text]) => text.includes('alert(2)'))).not.toEqual([]);
  });

  it('keeps what somebody wrote into a page, and puts the page back', async () => {
    const before = mirror.tree();
    writeFileSync(join(mirror.root, 'memory/A/home.html'), 'EDITED');
    rmSync(join(mirror.root, 'memory/A/index.html'));

    const { localEdits } = await mirror.sync({ reconcile: true });

    expect(localEdits).toEqual([expect.stringMatching(/local-edits\/.*\/memory\/A\/home\.html$/)]);
    expect(mirror.tree()).toEqual(before);
  });

  it('is found again by a rebuild, and not written anew', async () => {
    const before = inodes();
    rmSync(join(mirror.root, '.context-sync'), { recursive: true });
    world.purge('4');

    const { files } = await rebuildMirror(mirror.root, [{ name: 'memory', type: 'memory' }]);
    const summary = await mirror.sync();

    // All but the attachment.
    expect(files).toBe(Object.keys(before).length - 1);
    expect(summary.localEdits).toEqual([]);
    const after = inodes();
    expect(Object.keys(after).filter((path) => after[path] !== before[path])).toEqual([
      'memory/A/home.html',
      'memory/A/home/run-book.assets/a.png',
    ]);
  });

  it('sends what is gone to the trash, from where it can be restored', async () => {
    world.trash('2');

    const { run } = await mirror.sync({ allowDeletes: 10 });

    expect(Object.keys(mirror.tree())).not.toContain('memory/A/home/run-book.html');
    expect((await restore(mirror.root)).files).toContain(
      `.context-sync/restored/${run}/memory/A/home/run-book.html`,
    );
  });
});

describe('another output', () => {
  it.each([
    ['html', 'markdown'],
    ['markdown', 'html'],
  ] as const)('turns %s into %s with no request, and the old files go', async (from, to) => {
    mirror.output = from;
    await mirror.sync();
    const fresh = new MemoryMirror({ world, output: to });
    await fresh.sync();
    closeWorld();
    mirror.output = to;

    const summary = await mirror.sync();

    expect(summary).toMatchObject({ outcome: 'ok', localEdits: [] });
    expect(mirror.tree()).toEqual(fresh.tree());
    expect(readdirSync(join(mirror.root, '.context-sync'))).not.toContain('trash');
    fresh.remove();
  });

  it('is told by a dry run, which writes nothing', async () => {
    const before = mirror.tree();
    const moves: unknown[] = [];
    mirror.output = 'markdown';
    const observe = (event: RunEvent): void => {
      if (event.type === 'change') moves.push([event.change.action, event.change.path]);
    };

    await mirror.sync({ dryRun: true, observe });

    expect(moves).toContainEqual(['move', 'memory/A/home.md']);
    expect(mirror.tree()).toEqual(before);
  });

  it('of one source is what the links of the others lead to', async () => {
    const { clock, root } = mirror;
    const other = new MemoryWorld();
    other.addScope('B');
    other.add({ id: 'b', title: 'Other', scope: 'B', body: '<https://memory.example/doc/1>' });
    const sync = (output: OutputFormat): Promise<unknown> =>
      runSync({
        root,
        sources: [
          { name: 'memory', world, output },
          { name: 'plain', world: other, output: 'markdown' as const },
        ].map((source) => ({
          ...source,
          definition: memoryConnector(source.world),
          config: {},
          prints: { scope: 'all', render: '', identity: source.name },
          secret: async () => undefined,
        })),
        options: {},
        clock,
      });

    await sync('html');
    expect(readTree(root)['plain/B/other.md']).toContain('](../../memory/A/home.html)');
    expect(readTree(root)['plain/B/README.md']).toBeDefined();

    await sync('markdown');
    expect(readTree(root)['plain/B/other.md']).toContain('](../../memory/A/home.md)');
    expect(readTree(root)['index.html']).toBeUndefined();
  });
});
