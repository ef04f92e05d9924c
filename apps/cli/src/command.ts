import type {
  Command as AnyCommand,
  Invocation as AnyInvocation,
  OutputOptions,
} from '@context-sync/engine/console';

/** Every option of every command, as the parser gives them. */
export interface CliOptions extends OutputOptions {
  readonly config?: string;
  readonly root?: string;
  readonly full?: boolean;
  readonly reconcile?: boolean;
  readonly dryRun?: boolean;
  readonly only?: readonly string[];
  readonly withDescendants?: boolean;
  readonly allowDeletes?: number;
  readonly execute?: boolean;
  readonly all?: boolean;
  readonly from?: string;
  readonly lossy?: boolean;
}

/** One call of a command of this program. */
export type Invocation = AnyInvocation<CliOptions>;

export type { CommandResult } from '@context-sync/engine/console';

export type Command = AnyCommand<CliOptions>;
