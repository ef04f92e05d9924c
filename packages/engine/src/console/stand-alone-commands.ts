import type { Invocation } from './invocation.ts';
import { quoteCommand } from './quote-command.ts';

/** A connector's own command, and how it was called. */
export interface StandAloneCall {
  /** The name of the command, e.g. `context-sync-confluence`. */
  readonly program: string;
  readonly source?: string | undefined;
  /** Its flags with values, as words. */
  readonly settings?: readonly string[] | undefined;
  /** The root that follows from its flags. */
  readonly root?: string | undefined;
}

/**
 * Makes the commands to type next: of the connector's own command what it can do, a run of its source.
 * The rest is up to `context-sync`, which npx runs whether or not it is installed.
 */
export function standAloneCommands(call: StandAloneCall): Invocation['nextCommand'] {
  const { program, source, settings = [], root } = call;
  const place = root === undefined ? [] : ['--root', root];
  return (command, ...words) => {
    const flags = words.filter((word) => word !== source);
    return command === 'sync' && flags.every((word) => word === '--full')
      ? quoteCommand([program, ...flags, ...settings])
      : quoteCommand(['npx', 'context-sync', command, ...words, ...place]);
  };
}
