import { parseArgs } from 'node:util';

import type { CliOptions } from './command.ts';

const HELP_FLAGS: readonly (string | undefined)[] = ['-h', '--help'];

/**
 * The words of the command that help is asked for, none for the program; `undefined` when it is not
 * asked for in the plainest way. Loading the parser takes longer than to print a page.
 */
export function quickHelp(argv: readonly string[]): readonly string[] | undefined {
  if (argv[0] === 'help') return argv.length > 2 ? undefined : argv.slice(1);
  return HELP_FLAGS.includes(argv.at(-1)) ? argv.slice(0, -1) : undefined;
}

/** A command line that was understood without the parser. */
export interface QuickStatus {
  readonly args: readonly string[];
  readonly options: CliOptions;
}

/**
 * Reads the plainest form of `status`, which prompts and editors call all the time: loading the
 * parser takes longer than the rest of it. Anything else is `undefined`, for the parser to read.
 */
export function quickStatus(argv: readonly string[]): QuickStatus | undefined {
  if (argv[0] !== 'status') return undefined;
  try {
    const { values, positionals } = parseArgs({
      args: argv.slice(1),
      allowPositionals: true,
      options: {
        config: { type: 'string', short: 'c' },
        root: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
    if (positionals.length > 1) return undefined;
    return { args: positionals, options: { color: 'auto', ...values } };
  } catch {
    // The parser knows more options, and tells what is wrong.
    return undefined;
  }
}
