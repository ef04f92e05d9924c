import { fileURLToPath } from 'node:url';

import { hostOf, type ProgramActions, runProgram } from '@context-sync/engine/console';

import type { CliOptions } from './command.ts';
import { nextCommandOf } from './next-command.ts';
import { quickStatus } from './quick-parse.ts';

/** Runs the command line and ends the process with its exit code, when all output is out. */
export async function runProcess(argv: readonly string[]): Promise<void> {
  const words = argv.length === 0 ? ['--help'] : argv;
  await runProgram<CliOptions>(
    {
      argv,
      parse: (actions) => parse(words, actions),
      nextCommandOf,
      afterCorrection: (options) => nextCommandOf(options)('config', 'validate'),
    },
    hostOf(process, fileURLToPath(new URL('..', import.meta.url))),
  );
}

async function parse(argv: readonly string[], actions: ProgramActions<CliOptions>): Promise<void> {
  const quick = quickStatus(argv);
  if (quick !== undefined) {
    const { status } = await import('./commands/status.ts');
    return actions.execute(status, quick.args, quick.options);
  }
  const { parseCommandLine } = await import('./program.ts');
  return parseCommandLine(argv, actions);
}
