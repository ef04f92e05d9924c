import type { Host } from './host.ts';
import type { Interrupt } from './interrupt.ts';
import type { RunLog } from './run-log.ts';
import type { ColorMode, Style } from './style.ts';

/** Every option of every command, as the parser gives them. */
export interface CliOptions {
  readonly config?: string;
  readonly root?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color: ColorMode;
  readonly full?: boolean;
  readonly reconcile?: boolean;
  readonly dryRun?: boolean;
  readonly only?: readonly string[];
  readonly withDescendants?: boolean;
  readonly allowDeletes?: number;
  readonly errorOnChange?: boolean;
  /** Seconds. */
  readonly statsInterval?: number;
  readonly execute?: boolean;
  readonly all?: boolean;
}

/** One call of a command. */
export interface Invocation {
  readonly host: Host;
  readonly args: readonly string[];
  readonly options: CliOptions;
  /** Marks text for stdout. */
  readonly style: Style;
  /** Marks text for stderr. */
  readonly errorStyle: Style;
  readonly interrupt: Interrupt;
  /** A command to type, with the `--config` and `--root` of this one, e.g. `context-sync sync a`. */
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

export type Command = (invocation: Invocation) => Promise<CommandResult>;
