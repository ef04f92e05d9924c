import { CommanderError } from 'commander';

import { COMMANDS } from './commands.ts';
import type { Failure } from './failure.ts';

const MOST_TYPOS = 3;

/** The known word that is most like `word`, if one is near enough to be what was meant. */
export function closest(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({
      candidate,
      typos: editDistance(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .filter(
      ({ candidate, typos }) => typos <= Math.min(MOST_TYPOS, Math.ceil(candidate.length / 2)),
    )
    .sort((one, other) => one.typos - other.typos);
  return ranked[0]?.candidate;
}

/** What commander threw, as a usage failure; `done` when it only printed help or the version. */
export function commanderFailure(
  error: unknown,
  argv: readonly string[],
): Failure | 'done' | undefined {
  if (!(error instanceof CommanderError)) return undefined;
  if (error.exitCode === 0) return 'done';
  if (error.code === 'commander.help') return missingCommand(argv);
  const [message = '', suggestion = ''] = error.message.replace(/^error: /, '').split('\n');
  const wrong = /'([^']*)'/.exec(message)?.[1];
  const meant = /Did you mean (?:one of )?([^,?]+)/.exec(suggestion)?.[1];
  return {
    kind: 'usage',
    code: 'usage',
    message: message.endsWith('.') ? message : `${message}.`,
    fix: meant === undefined || wrong === undefined ? helpFix(argv) : retryFix(argv, wrong, meant),
  };
}

function missingCommand(argv: readonly string[]): Failure {
  return { kind: 'usage', code: 'usage', message: 'The command is missing.', fix: helpFix(argv) };
}

function retryFix(argv: readonly string[], wrong: string, meant: string): string {
  const words = argv.map((word) => (word === wrong ? meant : word));
  return `did you mean ${meant}? Type: context-sync ${words.join(' ')}`;
}

function helpFix(argv: readonly string[]): string {
  const command = COMMANDS.map(({ name }) => name.split(' ')[0] ?? name).find(
    (name) => name === argv[0],
  );
  return `context-sync help${command === undefined ? '' : ` ${command}`}`;
}

// Levenshtein; the words are short.
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const cost = from[i - 1] === to[j - 1] ? 0 : 1;
      next[j] = Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + cost);
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
