import { expect, it } from 'vitest';

import { standAloneCommands } from './stand-alone-commands.ts';

const nextCommand = standAloneCommands({
  program: 'context-sync-wiki',
  source: 'wiki',
  settings: ['--output-dir', 'my docs/wiki'],
  root: '/my docs',
});

it.each([[['sync']], [['sync', 'wiki']]])(
  'repeats a run of its source, %j, with its own command',
  (words) => {
    expect(nextCommand(...words)).toBe("context-sync-wiki --output-dir 'my docs/wiki'");
  },
);

it('keeps the flag that its own command has', () => {
  expect(nextCommand('sync', 'wiki', '--full')).toBe(
    "context-sync-wiki --full --output-dir 'my docs/wiki'",
  );
});

it.each([
  [['rebuild'], 'rebuild'],
  [['sync', 'wiki:ENG', '--allow-deletes', '12'], 'sync wiki:ENG --allow-deletes 12'],
  [['scopes', 'wiki', '--all'], 'scopes wiki --all'],
])('leaves %j to context-sync, for the same mirror', (words, typed) => {
  expect(nextCommand(...words)).toBe(`npx context-sync ${typed} --root '/my docs'`);
});

it('says nothing of a mirror that no flag names', () => {
  expect(standAloneCommands({ program: 'context-sync-wiki' })('rebuild')).toBe(
    'npx context-sync rebuild',
  );
});
