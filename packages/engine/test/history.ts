import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { BrokenStream, MemoryDocument, MemoryWorld } from '@context-sync/sandbox';
import fc from 'fast-check';

import { outputFormats, type OutputFormat } from '../src/output-format.ts';
import type { MemoryMirror } from './memory-mirror.ts';

const ids = ['1', '2', '3', '9', '10', '11', 'a b', 'ü'];
const titles = [
  'Home',
  'home',
  'HOME!',
  'Run book',
  'run-book',
  'README',
  'con',
  '',
  '..',
  'Über uns',
  'U\u0308ber uns',
  '한국어 문서',
  'x'.repeat(300),
  'a/b\\c:*?"<>|',
  'Émile~1',
  'blog',
  '👩‍👩‍👧 emoji',
  '-\u0000\u202E\n#',
  'a.png',
  'A.PNG',
  'README.md',
];
const scopes = ['A', 'a', 'B'];

const id = fc.constantFrom(...ids);
const title = fc.constantFrom(...titles);
const scope = fc.constantFrom(...scopes);
const parent = fc.option(fc.constantFrom(...ids, 'nobody'), { nil: undefined });
const body = fc
  .array(
    fc.oneof(
      fc.constantFrom('Plain text.', '`ctx:doc/1`', '```\n[x](ctx:doc/1)\n```', 'two  \nlines'),
      id.map((target) => `See [](ctx:doc/${encodeURIComponent(target)}?title=Gone).`),
      id.map((target) => `[by name](ctx:name/key-${encodeURIComponent(target)}#part)`),
      id.map((target) => `<https://memory.example/open/${encodeURIComponent(target)}#top>`),
      id.map((target) => `[](ctx:children/${encodeURIComponent(target)})`),
      id.map((target) => `[](ctx:include/${encodeURIComponent(target)})`),
      id.map((target) => `![](ctx:att/${encodeURIComponent(target)})`),
      id.map((target) => `[](ctx:att/a.png?of=key-${encodeURIComponent(target)}&title=Gone)`),
      id.map((target) => `<https://memory.example/doc/${encodeURIComponent(target)}>`),
      fc.constantFrom('[](ctx:user/ann)', '[](ctx:user/bob?title=Bob)'),
    ),
    { maxLength: 3 },
  )
  .map((parts) => parts.join('\n\n'));

const foreignNames = ['run-book.md', 'home', 'run-book.html', 'index.html'];

const placements = {
  page: 'file',
  post: 'file',
  comment: 'section',
  attachment: 'attachment',
} as const;
const next = { file: 'section', section: 'attachment', attachment: 'file' } as const;

/** Something that happens to the world, the mirror or the run between two looks. */
export type Step =
  | {
      readonly do: 'add';
      readonly id: string;
      readonly title: string;
      readonly scope: string;
      readonly parent: string | undefined;
      readonly body: string;
      readonly kind: keyof typeof placements;
      readonly isDownloaded: boolean;
    }
  | { readonly do: 'edit'; readonly id: string; readonly body: string }
  | { readonly do: 'rename'; readonly id: string; readonly title: string }
  | { readonly do: 'move'; readonly id: string; readonly parent: string | undefined }
  | { readonly do: 'place'; readonly id: string; readonly parent: string | undefined }
  | { readonly do: 'scope'; readonly id: string; readonly scope: string; readonly also: boolean }
  | {
      readonly do: 'trash' | 'hide' | 'purge' | 'restore' | 'label' | 'download';
      readonly id: string;
    }
  | { readonly do: 'person'; readonly name: string }
  | {
      readonly do: 'config';
      readonly scopes: readonly string[] | undefined;
      readonly prefix: string;
      readonly output: OutputFormat;
    }
  | {
      readonly do: 'sync';
      readonly reconcile: boolean;
      readonly full: boolean;
      readonly killAt: number;
      readonly fault: 'none' | 'throw' | 'fail-part' | 'end-early';
      readonly after: number;
      readonly unreadable: readonly string[];
      readonly broken: readonly (readonly [string, BrokenStream])[];
      readonly reverse: boolean;
    }
  | { readonly do: 'disturb'; readonly how: 'edit' | 'delete' | 'foreign'; readonly which: number };

const changes: fc.Arbitrary<Step>[] = [
  fc.record({
    do: fc.constant('add' as const),
    id,
    title,
    scope,
    parent,
    body,
    kind: fc.constantFrom('page', 'page', 'page', 'post', 'comment', 'attachment', 'attachment'),
    isDownloaded: fc.boolean(),
  }),
  fc.record({ do: fc.constant('edit' as const), id, body }),
  fc.record({ do: fc.constant('rename' as const), id, title }),
  fc.record({ do: fc.constant('move' as const), id, parent }),
  fc.record({ do: fc.constant('place' as const), id, parent }),
  fc.record({ do: fc.constant('scope' as const), id, scope, also: fc.boolean() }),
  fc.record({
    do: fc.constantFrom(
      'trash' as const,
      'hide' as const,
      'purge' as const,
      'restore' as const,
      'label' as const,
      'download' as const,
    ),
    id,
  }),
  fc.record({ do: fc.constant('person' as const), name: fc.constantFrom('Ann Lee', 'Ann Ray') }),
];

const config = fc.record({
  do: fc.constant('config' as const),
  scopes: fc.option(fc.shuffledSubarray(scopes, { minLength: 1 }), { nil: undefined }),
  prefix: fc.constantFrom('', 'Prefix\n\n'),
  output: fc.constantFrom(...outputFormats),
});

const sync = fc.record({
  do: fc.constant('sync' as const),
  reconcile: fc.boolean(),
  full: fc.boolean(),
  killAt: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 120 })),
  fault: fc.constantFrom(
    'none' as const,
    'none' as const,
    'throw' as const,
    'fail-part' as const,
    'end-early' as const,
  ),
  after: fc.integer({ min: 1, max: 6 }),
  unreadable: fc.subarray(ids, { maxLength: 2 }),
  broken: fc.array(
    fc.tuple(
      id,
      fc.constantFrom('short' as const, 'endless' as const, 'fails' as const, 'missing' as const),
    ),
    { maxLength: 2 },
  ),
  reverse: fc.boolean(),
});

const disturb = fc.record({
  do: fc.constant('disturb' as const),
  how: fc.constantFrom('edit' as const, 'delete' as const, 'foreign' as const),
  which: fc.nat(20),
});

/** Random histories: mostly changes, every few steps a run. */
export const histories: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: fc.oneof(...changes) },
    { weight: 1, arbitrary: config },
    { weight: 5, arbitrary: sync },
    { weight: 1, arbitrary: disturb },
  ),
  { minLength: 5, maxLength: 40 },
);

/** What a killed run throws. */
class Killed extends Error {}

export async function play(
  steps: readonly Step[],
  world: MemoryWorld,
  mirror: MemoryMirror,
): Promise<void> {
  for (const step of steps) {
    if (step.do === 'sync') await playSync(step, world, mirror);
    else if (step.do === 'disturb') disturbTree(step, mirror);
    else if (step.do === 'config') configure(step, mirror);
    else change(step, world);
  }
}

function configure(
  { scopes: slugs, prefix, output }: Extract<Step, { do: 'config' }>,
  mirror: MemoryMirror,
): void {
  mirror.config = { ...(slugs === undefined ? {} : { scopes: slugs }), prefix };
  mirror.output = output;
}

function change(
  step: Exclude<Step, { do: 'sync' | 'disturb' | 'config' }>,
  world: MemoryWorld,
): void {
  if (step.do === 'person') {
    world.people.set('ann', step.name);
    return;
  }
  if (step.do === 'add') {
    if (world.documents.has(step.id)) return;
    const { do: _, ...document } = step;
    world.add({ ...document, placement: placements[step.kind] });
    return;
  }
  const document = world.documents.get(step.id);
  if (document === undefined) return;
  switch (step.do) {
    case 'edit':
      return world.edit(step.id, step.body);
    case 'rename':
      return world.rename(step.id, step.title);
    case 'move':
      return world.move(step.id, step.parent);
    case 'place':
      return replace(document, step.parent);
    case 'scope':
      if (step.also) document.scopes.add(step.scope);
      else world.moveToScope(step.id, step.scope);
      return undefined;
    case 'download':
      document.isDownloaded = !document.isDownloaded;
      return undefined;
    case 'label':
      document.labels = document.labels.length === 0 ? ['runbook', 'a b'] : [];
      return undefined;
    default:
      return world[step.do](step.id);
  }
}

/** A part of a document moves to another one, or becomes a document; and the reverse. */
function replace(document: MemoryDocument, parent: string | undefined): void {
  const { placement } = document;
  if (placement !== 'file' && document.parent !== parent) document.parent = parent;
  else document.placement = next[placement];
}

async function playSync(
  step: Extract<Step, { do: 'sync' }>,
  world: MemoryWorld,
  mirror: MemoryMirror,
): Promise<void> {
  world.shuffle = step.reverse ? (items) => items.toReversed() : (items) => items;
  world.faults =
    step.fault === 'none'
      ? []
      : [
          {
            after: step.after,
            what:
              step.fault === 'throw' ? { type: 'throw', code: 'permission' } : { type: step.fault },
          },
        ];
  for (const each of step.unreadable) world.unreadable.add(each);
  for (const [each, how] of step.broken) world.brokenStreams.set(each, how);
  let left = step.killAt;
  const die = (): void => {
    if (step.killAt === 0) return;
    left -= 1;
    // A dead process does nothing more.
    if (left <= 0) throw new Killed();
  };
  try {
    await mirror.sync({ reconcile: step.reconcile, full: step.full, allowDeletes: 1000 }, die);
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
  world.faults = [];
  world.unreadable.clear();
  world.brokenStreams.clear();
}

function disturbTree(step: Extract<Step, { do: 'disturb' }>, mirror: MemoryMirror): void {
  const paths = Object.entries(mirror.tree()).flatMap(([path, text]) =>
    text === 'FOREIGN' ? [] : path,
  );
  const path = paths[step.which % Math.max(1, paths.length)];
  if (step.how === 'foreign') {
    const file = join(
      mirror.root,
      'memory',
      'A',
      foreignNames[step.which % foreignNames.length] ?? '',
    );
    mkdirSync(dirname(file), { recursive: true });
    rmSync(file, { recursive: true, force: true });
    writeFileSync(file, 'FOREIGN');
  } else if (path !== undefined) {
    const file = join(mirror.root, path);
    if (step.how === 'delete') rmSync(file);
    else writeFileSync(file, 'EDITED BY HAND');
  }
}
