import { quoteCommand } from '@context-sync/engine/text';

import type { CliOptions } from './command.ts';

type Place = Pick<CliOptions, 'config' | 'root'>;

/** Makes commands for the user to type, that mean the same config and mirror as this one. */
export function nextCommandOf({ config, root }: Place): (...words: readonly string[]) => string {
  const place = [
    ...(config === undefined ? [] : ['--config', config]),
    ...(root === undefined ? [] : ['--root', root]),
  ];
  return (...words) => quoteCommand(['context-sync', ...words, ...place]);
}
