import { expect, it } from 'vitest';

import { parseCommandLine } from './program.ts';
import { quickStatus } from './quick-parse.ts';

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
