import type { CliOptions } from './command.ts';

/** Makes commands for the user to type, that mean the same config and mirror as this one. */
export function nextCommandOf(
  options: Pick<CliOptions, 'config' | 'root'>,
): (...words: readonly string[]) => string {
  const { config, root } = options;
  const place = [
    ...(config === undefined ? [] : ['--config', config]),
    ...(root === undefined ? [] : ['--root', root]),
  ];
  return (...words) => ['context-sync', ...words, ...place].map(quoteWord).join(' ');
}

function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
