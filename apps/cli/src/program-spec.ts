import type { OptionSpec } from './commands.ts';

/** What the program is called, and says of itself as a whole. */
export const PROGRAM = {
  name: 'context-sync',
  description: 'Mirrors what a team knows into one local folder of Markdown.',
  end: `
Exit codes: 0 ok, 1 bug, 2 usage, 3 partial, 4 credentials, 5 temporary, 6 config, 7 locked,
8 safety stop, 9 changes found, 10 check failed, 130 interrupted, 143 terminated.

Example:
  $ context-sync sync        # mirror everything the configuration names
`,
};

/** Words that the parser knows by itself, with what the help says of them. */
export const VERSION_OPTION = ['-V, --version', 'print the version'] as const;
export const HELP_OPTION = ['-h, --help', 'print this'] as const;
export const HELP_COMMAND = ['help [command]', 'tell more about a command'] as const;

/** Options of every command. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  ['-c, --config <file>', 'the configuration file, instead of looking for one'],
  ['--root <dir>', 'the folder of the mirror, instead of the configured one'],
  ['--json', 'print one JSON document on stdout'],
  ['-q, --quiet', 'print errors and warnings only'],
  ['-v, --verbose', 'tell more, and show stack traces'],
  [
    '--color <when>',
    'colour the output',
    { choices: ['auto', 'always', 'never'], default: 'auto' },
  ],
];

/** What a group of commands is about; its commands have two words. */
export const GROUPS: Readonly<Record<string, string>> = {
  config: 'show or check the configuration',
};
