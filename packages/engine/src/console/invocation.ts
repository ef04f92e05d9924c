import type { Host } from './host.ts';
import type { Interrupt } from './interrupt.ts';
import type { RunLog } from './run-log.ts';
import type { ColorMode, Style } from './style.ts';

/** What a user may say about the output of any command, and about the end of a run. */
export interface OutputOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: ColorMode;
  readonly errorOnChange?: boolean;
  /** Seconds. */
  readonly statsInterval?: number;
}

/** One call of a command. */
export interface Invocation<Options extends OutputOptions = OutputOptions> {
  readonly host: Host;
  readonly args: readonly string[];
  readonly options: Options;
  /** Marks text for stdout. */
  readonly style: Style;
  /** Marks text for stderr. */
  readonly errorStyle: Style;
  readonly interrupt: Interrupt;
  /** A command to type, for the same config and mirror as this one, e.g. `context-sync sync a`. */
  readonly nextCommand: (...words: readonly string[]) => string;
  /** Gives the log that a failure from now on is written to. */
  readonly setLog: (log: RunLog) => void;
}

/** What a command has to say: `data` for `--json`, `text` for people; both go to stdout. */
export interface CommandResult {
  readonly exitCode: number;
  readonly data: object;
  readonly text: string;
}

/** A command, in its words apart from those that the parser has read. */
export type Command<Options extends OutputOptions = OutputOptions> = (
  invocation: Invocation<Options>,
) => Promise<CommandResult>;
