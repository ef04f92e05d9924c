import { expect, it } from 'vitest';

import { quoteCommand } from './quote-command.ts';
import { withCommands } from './with-commands.ts';

it('completes the commands in what the engine says, and only there', () => {
  const nextCommand = (...words: readonly string[]): string =>
    quoteCommand(['context-sync', ...words, '--root', "/it's"]);
  const error = { message: 'The `state` is bad.', hint: 'Type: `context-sync rebuild`, then wait' };

  expect(withCommands({ title: '`context-sync rebuild`', all: [error] }, nextCommand)).toEqual({
    title: '`context-sync rebuild`',
    all: [{ ...error, hint: String.raw`Type: context-sync rebuild --root '/it'\''s', then wait` }],
  });
});
