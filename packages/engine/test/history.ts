import type { BrokenStream } from '@context-sync/sandbox';
import fc from 'fast-check';

import { outputFormats, type OutputFormat } from '../src/output-format.ts';

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
const labels = ['runbook', 'a b', 'other'];

/** Lists of documents of every kind. */
export const lists = [
  '[](ctx:children/1?depth=3)',
  '[](ctx:children/key-2?by=name&depth=all)',
  '[](ctx:children/A?by=scope&depth=2)',
  '[](ctx:labelled/a%20b?scope=A&kind=page)',
  '[](ctx:labelled/runbook,a%20b?below=1)',
  '[](ctx:labelled/runbook,a%20b?match=all&properties=*)',
  '[](ctx:labelled/runbook?without=other&properties=Owner)',
];

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
      id.map((target) => `[](ctx:children/${encodeURIComponent(target)}?depth=3)`),
      id.map((target) => `[](ctx:children/key-${encodeURIComponent(target)}?by=name&depth=all)`),
      id.map((target) => `[](ctx:labelled/runbook,a%20b?below=${encodeURIComponent(target)})`),
      fc.constantFrom(...lists),
      id.map((target) => `[](ctx:include/${encodeURIComponent(target)})`),
      id.map((target) => `![](ctx:att/${encodeURIComponent(target)})`),
      id.map((target) => `[](ctx:att/a.png?of=key-${encodeURIComponent(target)}&title=Gone)`),
      id.map((target) => `<https://memory.example/doc/${encodeURIComponent(target)}>`),
      fc.constantFrom('[](ctx:user/ann)', '[](ctx:user/bob?title=Bob)'),
    ),
    { maxLength: 3 },
  )
  .map((parts) => parts.join('\n\n'));

/** What becomes of each kind. */
export const placements = {
  page: 'file',
  post: 'file',
  comment: 'section',
  attachment: 'attachment',
} as const;

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
      readonly do: 'trash' | 'hide' | 'purge' | 'restore' | 'download';
      readonly id: string;
    }
  | { readonly do: 'label'; readonly id: string; readonly labels: readonly string[] }
  | { readonly do: 'property'; readonly id: string; readonly value: string }
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
      'download' as const,
    ),
    id,
  }),
  fc.record({ do: fc.constant('label' as const), id, labels: fc.subarray(labels) }),
  fc.record({
    do: fc.constant('property' as const),
    id,
    value: fc.constantFrom('[](ctx:user/ann)', 'a|b'),
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
