import { quoteCommand } from '@context-sync/engine/console';

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
  return (...words) => quoteCommand(['context-sync', ...words, ...place]);
}
