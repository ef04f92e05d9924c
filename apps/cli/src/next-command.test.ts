import { expect, it } from 'vitest';

import { nextCommandOf, withCommands } from './next-command.ts';

it('repeats the config and the root of this command, quoted for a shell', () => {
  const nextCommand = nextCommandOf({ config: 'a.yaml', root: "/my folder/it's" });

  expect(nextCommand('sync', 'wiki:ENG')).toBe(
    String.raw`context-sync sync wiki:ENG --config a.yaml --root '/my folder/it'\''s'`,
  );
});

it('completes the commands in what the engine says, and only there', () => {
  const nextCommand = nextCommandOf({ root: "/it's" });
  const error = { message: 'The `state` is bad.', hint: 'Type: `context-sync rebuild`, then wait' };

  expect(withCommands({ title: '`context-sync rebuild`', all: [error] }, nextCommand)).toEqual({
    title: '`context-sync rebuild`',
    all: [{ ...error, hint: String.raw`Type: context-sync rebuild --root '/it'\''s', then wait` }],
  });
});
