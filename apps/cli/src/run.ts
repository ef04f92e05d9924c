import { fileURLToPath } from 'node:url';

import { type Host, hostOf, type ProgramActions, runProgram } from '@context-sync/engine/console';

import type { CliOptions } from './command.ts';
import { nextCommandOf } from './next-command.ts';
import { quickHelp, quickStatus } from './quick-parse.ts';

/** Runs the command line and ends the process with its exit code, when all output is out. */
export async function runProcess(argv: readonly string[]): Promise<void> {
  const words = argv.length === 0 ? ['--help'] : argv;
  const host = hostOf(process, fileURLToPath(new URL('..', import.meta.url)));
  await runProgram<CliOptions>(
    {
      argv,
      parse: (actions) => parse(words, actions, host),
      nextCommandOf,
      afterCorrection: (options) => nextCommandOf(options)('config', 'validate'),
    },
    host,
  );
}

async function parse(
  argv: readonly string[],
  actions: ProgramActions<CliOptions>,
  { stdout }: Host,
): Promise<void> {
  const quick = quickStatus(argv);
  if (quick !== undefined) {
    const { status } = await import('./commands/status.ts');
    return actions.execute(status, quick.args, quick.options);
  }
  const helpWidth = stdout.isTTY ? stdout.columns : undefined;
  const help = await quickHelpText(argv, helpWidth);
  if (help !== undefined) return actions.print(help);
  const { parseCommandLine } = await import('./program.ts');
  return parseCommandLine(argv, { ...actions, helpWidth });
}

async function quickHelpText(
  argv: readonly string[],
  width: number | undefined,
): Promise<string | undefined> {
  const words = quickHelp(argv);
  return words === undefined ? undefined : (await import('./help-text.ts')).helpText(words, width);
}
