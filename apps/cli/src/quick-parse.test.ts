import { expect, it } from 'vitest';

import { helpText } from './help-text.ts';
import { parseCommandLine } from './program.ts';
import { quickHelp, quickStatus } from './quick-parse.ts';

it.each([
  [['status']],
  [['status', 'wiki']],
  [['status', '--json', 'wiki']],
  [['status', '--root', '/m', '-c', 'a.yaml', '--json']],
  [['status', '--root=/m', '-ca.yaml']],
])('understands %j as the parser does', async (argv) => {
  let parsed: unknown;

  await parseCommandLine(argv, {
    print: () => {},
    helpWidth: undefined,
    execute: async (_command, args, options) => void (parsed = { args, options }),
  });

  expect(quickStatus(argv)).toEqual(parsed);
});

it.each([
  [['status', '-h']],
  [['status', 'a', 'b']],
  [['status', '--root']],
  [['sync']],
  [['--json', 'status']],
  [[]],
])('leaves %j to the parser', (argv) => {
  expect(quickStatus(argv)).toBeUndefined();
});

it.each([
  [['--help'], []],
  [['help'], []],
  [['help', 'sync'], ['sync']],
  [
    ['config', 'print', '-h'],
    ['config', 'print'],
  ],
])('finds out of %j that help is asked for', async (argv, words) => {
  let printed = '';

  await parseCommandLine(argv, {
    print: (text) => void (printed += text),
    helpWidth: undefined,
    execute: async () => {},
  });

  expect(quickHelp(argv)).toEqual(words);
  expect(helpText(words)).toBe(printed);
});

it.each([[['sync']], [['--help', 'sync']], [['help', 'config', 'print']], [[]]])(
  'leaves %j to the parser, or to a command',
  (argv) => {
    expect(quickHelp(argv)).toBeUndefined();
  },
);
