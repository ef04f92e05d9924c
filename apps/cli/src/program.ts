import type { ProgramActions as AnyProgramActions } from '@context-sync/engine/console';
import { Command as Parser, CommanderError, InvalidArgumentError, Option } from 'commander';

import type { CliOptions } from './command.ts';
import { COMMANDS, type CommandSpec, type OptionSpec } from './commands.ts';
import { helpText } from './help-text.ts';
import {
  GLOBAL_OPTIONS,
  HELP_COMMAND,
  HELP_OPTION,
  PROGRAM,
  VERSION_OPTION,
} from './program-spec.ts';
import { toUsageError } from './usage.ts';
import { readVersion } from './version.ts';

/** What the parser is told to do with its words and its findings. */
export interface ProgramActions extends AnyProgramActions<CliOptions> {
  /** Columns of the terminal that help is printed on, if it is one. */
  readonly helpWidth: number | undefined;
}

// It throws commander's errors and never ends the process.
function createProgram(actions: ProgramActions): Parser {
  const program = new Parser(PROGRAM.name)
    .exitOverride()
    .configureOutput({ writeOut: actions.print, writeErr: () => {}, outputError: () => {} })
    .helpCommand(...HELP_COMMAND)
    .helpOption(...HELP_OPTION)
    .version(readVersion(), ...VERSION_OPTION);
  program.helpInformation = () => helpText([], actions.helpWidth) ?? '';
  for (const spec of GLOBAL_OPTIONS) program.addOption(toOption(spec));
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
  const parent = child === undefined ? program : groupOf(program, name, actions);
  const command = parent.command(child ?? name);
  command.helpInformation = () => helpText(spec.name.split(' '), actions.helpWidth) ?? '';
  for (const [words, text] of spec.arguments ?? []) command.argument(words, text);
  for (const option of spec.options ?? []) command.addOption(toOption(option));
  command.action(async () => {
    await actions.execute(await spec.load(), command.args, command.optsWithGlobals<CliOptions>());
  });
}

function groupOf(program: Parser, name: string, actions: ProgramActions): Parser {
  const known = program.commands.find((command) => command.name() === name);
  if (known !== undefined) return known;
  const group = program.command(name).helpCommand(false);
  group.helpInformation = () => helpText([name], actions.helpWidth) ?? '';
  return group;
}

function toOption([flags, text, rule]: OptionSpec): Option {
  const option = new Option(flags, text);
  if (rule === undefined) return option;
  return 'least' in rule
    ? option.argParser(numberParser(rule))
    : option.choices(rule.choices).default(rule.default);
}

function numberParser({ least }: { least: number }): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`Write a whole number, ${least} or more.`);
  };
}
