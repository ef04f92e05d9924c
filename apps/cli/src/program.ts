import type { ProgramActions as AnyProgramActions } from '@context-sync/engine/console';
import { Command as Parser, CommanderError, InvalidArgumentError, Option } from 'commander';

import type { CliOptions } from './command.ts';
import { COMMANDS, type CommandSpec } from './commands.ts';
import { toUsageError } from './usage.ts';
import { readVersion } from './version.ts';

/** What the parser is told to do with its words and its findings. */
export type ProgramActions = AnyProgramActions<CliOptions>;

const HELP_END = `
Exit codes: 0 ok, 1 bug, 2 usage, 3 partial, 4 credentials, 5 temporary, 6 config, 7 locked,
8 safety stop, 9 changes found, 10 check failed, 130 interrupted.

Example:
  $ context-sync sync        # mirror everything the configuration names
`;

// It throws commander's errors and never ends the process.
function createProgram(actions: ProgramActions): Parser {
  const program = new Parser('context-sync')
    .description('Mirrors what a team knows into one local folder of Markdown.')
    .exitOverride()
    .configureOutput({ writeOut: actions.print, writeErr: () => {}, outputError: () => {} })
    .configureHelp({ showGlobalOptions: true })
    .helpCommand('help [command]', 'tell more about a command')
    .helpOption('-h, --help', 'print this')
    .version(readVersion(), '-V, --version', 'print the version')
    .option('-c, --config <file>', 'the configuration file, instead of looking for one')
    .option('--root <dir>', 'the folder of the mirror, instead of the configured one')
    .option('--json', 'print one JSON document on stdout')
    .option('-q, --quiet', 'print errors only')
    .option('-v, --verbose', 'tell more, and show stack traces')
    .addOption(
      new Option('--color <when>', 'colour the output')
        .choices(['auto', 'always', 'never'])
        .default('auto'),
    )
    .addHelpText('after', HELP_END);
  for (const spec of COMMANDS) addCommand(program, spec, actions);
  return program;
}

/** Reads a command line and does what it says. Throws `UsageError` when it cannot be understood. */
export async function parseCommandLine(
  argv: readonly string[],
  actions: ProgramActions,
): Promise<void> {
  try {
    await createProgram(actions).parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version end the parser like an error.
    if (error.exitCode !== 0) throw toUsageError(error, argv);
  }
}

function addCommand(program: Parser, spec: CommandSpec, actions: ProgramActions): void {
  const [name = '', child] = spec.name.split(' ');
  const parent = child === undefined ? program : groupOf(program, name);
  const command = parent
    .command(child ?? name)
    .summary(spec.summary)
    .description(spec.description ?? `${spec.summary}.`)
    .addHelpText('after', `\nExample:\n  $ ${spec.example}`);
  for (const [words, text] of spec.arguments ?? []) command.argument(words, text);
  for (const [flags, text, parse] of spec.options ?? []) {
    const option = new Option(flags, text);
    if (parse !== undefined) option.argParser(numberParser(parse));
    command.addOption(option);
  }
  command.action(async () => {
    await actions.execute(await spec.load(), command.args, command.optsWithGlobals<CliOptions>());
  });
}

function groupOf(program: Parser, name: string): Parser {
  const known = program.commands.find((command) => command.name() === name);
  if (known !== undefined) return known;
  const group = program.command(name).description('show or check the configuration');
  return group.helpCommand(false);
}

function numberParser({ least }: { least: number }): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`Write a whole number, ${least} or more.`);
  };
}
