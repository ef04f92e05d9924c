import type { RunEvent, SyncOptions, SyncSummary } from '../api.ts';
import { syncAllConnectors } from '../calls.ts';
import type { Project } from '../config/project.ts';
import { exitCodeOfRun } from './exit-code.ts';
import type { CommandResult, Invocation } from './invocation.ts';
import { tellLocalEdits } from './local-edits.ts';
import { createRunObserver } from './observers.ts';
import { redactorOf } from './redaction.ts';
import { RunLog } from './run-log.ts';
import { type RunView, summaryProblems, summaryText } from './summary-text.ts';
import { cleanLine } from './terminal-text.ts';
import { withCommands } from './with-commands.ts';

/** A run that ended and was shown, and what the command has to say of it. */
export interface ShownSync {
  readonly view: RunView;
  readonly result: CommandResult;
}

/** Syncs a project: shows how it goes and what went wrong on stderr, and logs it. */
export async function showSync(
  invocation: Invocation,
  project: Project,
  request: SyncOptions,
): Promise<ShownSync> {
  warn(invocation, project.warnings);
  const { summary, log } = await run(invocation, project, request);
  const exitCode = exitCodeOf(summary, invocation);
  const view = { summary, exitCode, log, invocation, request };
  const problems = summaryProblems(view);
  // Told even with `--quiet`: it needs somebody.
  if (problems !== '') invocation.host.stderr.write(`${problems}\n`);
  const data = { ...summary, ...(log === undefined ? {} : { log }) };
  const text = invocation.options.quiet === true ? '' : summaryText(view);
  return { view, result: { exitCode, data, text } };
}

function exitCodeOf(summary: SyncSummary, { interrupt, options }: Invocation): number {
  return interrupt.exitCode(exitCodeOfRun(summary, options));
}

function warn({ host, options, errorStyle }: Invocation, warnings: readonly string[]): void {
  if (options.quiet === true) return;
  for (const warning of warnings) {
    host.stderr.write(`${errorStyle('yellow', 'warning[config]:')} ${cleanLine(warning)}\n`);
  }
}

async function run(
  invocation: Invocation,
  project: Project,
  request: SyncOptions,
): Promise<{ summary: SyncSummary; log: string | undefined }> {
  const view = createRunObserver(invocation);
  const log = new RunLog(redactorOf(invocation.host.env));
  invocation.setLog(log);
  const signal = invocation.interrupt.watch();
  signal.addEventListener('abort', () =>
    view.print('Finishing the item under way; press Ctrl-C again to stop at once.'),
  );
  const localEdits: string[] = [];
  const observe = (told: RunEvent): void => {
    const event = told.type === 'message' ? withCommands(told, invocation.nextCommand) : told;
    if (event.type === 'local-edit') localEdits.push(event.path);
    if (request.dryRun !== true) log.observe(event);
    view.observe(event);
    request.observe?.(event);
  };
  try {
    const result = await syncAllConnectors(project, { ...request, signal, observe });
    const summary = withCommands(result, invocation.nextCommand);
    log.write('end', summary);
    view.end(summary, exitCodeOf(summary, invocation));
    return { summary, log: log.path };
  } finally {
    view.close();
    // Also when the run failed: then nothing else tells of them.
    tellLocalEdits(invocation, project.root, localEdits);
  }
}
