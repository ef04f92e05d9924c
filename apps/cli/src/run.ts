import { fileURLToPath } from 'node:url';

import { hostOf, runProgram } from '@context-sync/engine/console';

import type { CliOptions } from './command.ts';
import { nextCommandOf } from './next-command.ts';

/** Runs the command line and ends the process with its exit code, when all output is out. */
export async function runProcess(argv: readonly string[]): Promise<void> {
  const words = argv.length === 0 ? ['--help'] : argv;
  const host = hostOf(process, fileURLToPath(new URL('..', import.meta.url)));
  await runProgram<CliOptions>(
    {
      argv,
      parse: async (actions) => {
        const helpWidth = host.stdout.isTTY ? host.stdout.columns : undefined;
        const { parseCommandLine } = await import('./program.ts');
        await parseCommandLine(words, { ...actions, helpWidth });
      },
      nextCommandOf,
      afterCorrection: (options) => nextCommandOf(options)('config', 'validate'),
    },
    host,
  );
}
