import { expect, it } from 'vitest';

import { helpText } from './help-text.ts';

it('aligns what the terms mean, and breaks it to the width', () => {
  expect(helpText(['config', 'print'], 80)).toBe(`Usage: context-sync config print [options]

Prints the configuration in use and where each value comes from. Secrets are not
shown.

Options:
  -h, --help           print this

Global Options:
  -V, --version        print the version
  -c, --config <file>  the configuration file, instead of looking for one
  --root <dir>         the folder of the mirror, instead of the configured one
  --json               print one JSON document on stdout
  -q, --quiet          print errors and warnings only
  -v, --verbose        tell more, and show stack traces
  --color <when>       colour the output (choices: "auto", "always", "never",
                       default: "auto")

Example:
  $ context-sync config print
`);
});

it('lists a group once, and its commands on a page of their own', () => {
  expect(helpText([])?.match(/^ {2}config .*$/gm)).toEqual([
    expect.stringMatching(/^ {2}config +show or check the configuration$/),
  ]);
  expect(helpText(['config'])).toMatch(/\nCommands:\n {2}print .*\n(?: {4,}.*\n)* {2}validate /);
});

it('names the arguments of a command without their brackets', () => {
  const text = helpText(['sync']);

  expect(text).toContain('Usage: context-sync sync [options] [source[:scope]...]\n');
  expect(text).toContain('Arguments:\n  source[:scope]  ');
});

it('leaves lines whole where there is no room to break them', () => {
  expect(helpText([], 30)).toContain('the configuration file, instead of looking for one\n');
});

it.each([[['nope']], [['config print']], [['sync', 'sync']]])('has none for %j', (words) => {
  expect(helpText(words)).toBeUndefined();
});
