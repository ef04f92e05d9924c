import { UsageError } from '@context-sync/engine/console';
import type { CommanderError } from 'commander';

import { COMMANDS } from './commands.ts';

/** What the parser could not understand, with the command line that was probably meant. */
export function toUsageError(error: CommanderError, argv: readonly string[]): UsageError {
  if (error.code === 'commander.help')
    return new UsageError('The command is missing.', helpFix(argv));
  const [message = '', suggestion = ''] = error.message.replace(/^error: /, '').split('\n');
  const wrong = /'([^']*)'/.exec(message)?.[1];
  const meant = /Did you mean (?:one of )?([^,?]+)/.exec(suggestion)?.[1];
  return new UsageError(
    message.endsWith('.') ? message : `${message}.`,
    meant === undefined || wrong === undefined ? helpFix(argv) : retryFix(argv, wrong, meant),
  );
}

function retryFix(argv: readonly string[], wrong: string, meant: string): string {
  const words = argv.map((word) => (word === wrong ? meant : word));
  return `did you mean ${meant}? Type: context-sync ${words.join(' ')}`;
}

function helpFix(argv: readonly string[]): string {
  const commands = COMMANDS.map(({ name }) => name.split(' ')[0] ?? name);
  const command = commands.find((name) => name === argv[0]);
  return `context-sync help${command === undefined ? '' : ` ${command}`}`;
}
