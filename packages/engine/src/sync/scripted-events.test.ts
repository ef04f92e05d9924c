import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  BaseConnector,
  type CheckReport,
  defineConnector,
  type Json,
  type ScopeEvent,
  type SourceDocument,
  type SyncEvent,
  type SyncRequest,
} from '@context-sync/core';
import { beforeEach, expect, it, onTestFinished } from 'vitest';

import { JumpingClock } from '../../test/jumping-clock.ts';
import { readTree } from '../../test/memory-mirror.ts';
import { runSync } from './run.ts';

/** Of each scope, by `kind:slug`, what the next run tells. */
type Script = Readonly<Record<string, readonly SyncEvent[]>>;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'context-sync-test-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
});

/** A connector that says what the script says, with a checkpoint behind it. */
async function play(script: Script): Promise<Record<string, string>> {
  class ScriptedConnector extends BaseConnector {
    override async check(): Promise<CheckReport> {
      return { identity: { id: 'one', label: 'one' }, checks: [] };
    }
    override async *scopes(): AsyncGenerator<ScopeEvent> {
      for (const id of Object.keys(script)) {
        const [kind = '', slug = ''] = id.split(':');
        yield { type: 'scope', scope: { id, slug, title: slug, kind } };
      }
      yield { type: 'complete' };
    }
    override async *sync({ scope }: SyncRequest): AsyncGenerator<SyncEvent> {
      yield* script[scope.id] ?? [];
      yield { type: 'checkpoint', cursor: {} };
    }
  }
  const definition = defineConnector<unknown, Json>({
    contract: '1.0',
    type: 'scripted',
    configSchema: {
      '~standard': { version: 1, vendor: 'context-sync', validate: (value) => ({ value }) },
    },
    capabilities: { incremental: 'timestamp', deletes: 'listing' },
    cursorVersion: 1,
    renderVersion: 1,
    kinds: { issue: { flat: true, inOneScope: true }, comment: { heading: 'Comments' } },
    connector: ScriptedConnector,
  });
  const prints = { scope: '', render: '', identity: '' };
  const source = { name: 'it', definition, config: {}, prints, secret: async () => undefined };
  await runSync({ root, sources: [source], options: {}, clock: new JumpingClock() });
  return readTree(root);
}

function upsert(id: string, fields: Partial<SourceDocument> = {}): SyncEvent {
  const text = { revision: '1', content: { markdown: `Text of ${id}.\n` } };
  return { type: 'upsert', document: { id, kind: 'issue', title: id, ...text, ...fields } };
}

const comment = (id: string, parent: string): SyncEvent =>
  upsert(id, { kind: 'comment', placement: 'section', parent });

it('lays documents of a flat kind side by side, and lists them below their parent', async () => {
  const children = {
    revision: '1',
    content: { markdown: '[](ctx:children/epic?heading=Below)\n' },
  };
  const leaf = {
    content: { markdown: 'Text of story.\n\n[](ctx:children/story?heading=Below)\n' },
  };

  const tree = await play({
    'project:A': [upsert('epic', children), upsert('story', { parent: 'epic', ...leaf })],
  });

  expect(tree['it/A/story.md']).toContain('Text of story.');
  expect(tree['it/A/story.md']).not.toContain('Below');
  expect(tree['it/A/epic.md']).toContain('## Below\n\n- [story](story.md)');
});

it('removes the parts that a document has no more, and those below them', async () => {
  const parts = [comment('c1', 'x'), comment('reply', 'c1'), comment('c2', 'x')];
  const before = await play({ 'project:A': [...parts, upsert('x')] });
  expect(before['it/A/x.md']).toContain('Text of reply.');

  const after = await play({
    'project:A': [
      { type: 'parts', of: 'x', ids: ['c2'] },
      { type: 'parts', of: 'unknown', ids: [] },
    ],
  });

  expect(after['it/A/x.md']).toContain('Text of c2.');
  expect(after['it/A/x.md']).not.toMatch(/Text of (c1|reply)\./);
});

it('keeps a document in the scope that told it last, and in those of other kinds', async () => {
  await play({ 'project:A': [upsert('x')], 'project:B': [], 'query:Q': [upsert('x')] });

  const moved = await play({ 'project:A': [], 'project:B': [upsert('x')], 'query:Q': [] });
  expect(Object.keys(moved)).toContain('it/B/x.md');
  expect(Object.keys(moved)).not.toContain('it/A/x.md');

  const gone: SyncEvent = { type: 'delete', id: 'x', reason: 'moved-out' };
  const left = await play({ 'project:A': [], 'project:B': [gone], 'query:Q': [] });
  expect(Object.keys(left)).toContain('it/Q/x.md');
});
