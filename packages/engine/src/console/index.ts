import type { SyncOptions } from '../api.ts';
import type { Project } from '../config/project.ts';
import type { Invocation } from './invocation.ts';
import type { ShownSync } from './show-sync.ts';
import type { StandAloneConnector } from './stand-alone.ts';

// What a program for the command line is made of. It prints to the streams of its host and reads
// that host's environment, so that the rest of the engine does neither.

export { ExitCode } from './exit-code.ts';
export { configProblemLines, errorShapeBlock } from './failure-text.ts';
export { toFailure, UsageError } from './failure.ts';
export { type Host, hostOf } from './host.ts';
export { Interrupt } from './interrupt.ts';
export type { Command, CommandResult, Invocation, OutputOptions } from './invocation.ts';
export { type Program, type ProgramActions, runProgram } from './program.ts';
export type { RunView } from './summary-text.ts';
export { withCommands } from './with-commands.ts';

// Loaded when they are called, as in `calls.ts`: most commands run no sync.

/** Syncs a project and shows how it goes; see `show-sync.ts`. @throws ConfigError, EngineError */
export async function showSync(
  invocation: Invocation,
  project: Project,
  request: SyncOptions,
): Promise<ShownSync> {
  return (await import('./show-sync.ts')).showSync(invocation, project, request);
}

/** Tells of copies made of files that somebody changed; see `local-edits.ts`. */
export async function tellLocalEdits(
  invocation: Invocation,
  root: string,
  paths: readonly string[],
): Promise<void> {
  (await import('./local-edits.ts')).tellLocalEdits(invocation, root, paths);
}

/** The command of a connector that runs it alone; see `stand-alone.ts`. Ends the process. */
export async function runStandAlone(
  connector: StandAloneConnector,
  process: NodeJS.Process,
): Promise<void> {
  await (await import('./stand-alone.ts')).runStandAlone(connector, process);
}
