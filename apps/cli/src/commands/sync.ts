import {
  type Change,
  type Project,
  type RunEvent,
  type SyncOptions,
  type SyncSummary,
  syncAllConnectors,
} from '@context-sync/engine';

import type { CommandResult, Invocation } from '../command.ts';
import { exitCodeOfRun } from '../exit-code.ts';
import { UsageError } from '../failure.ts';
import { withCommands } from '../next-command.ts';
import { createRunObserver } from '../observers.ts';
import { planText } from '../plan-text.ts';
import { openProjectOf, parseSelection, requireSource } from '../project.ts';
import { redactorOf } from '../redaction.ts';
import { RunLog } from '../run-log.ts';
import { localEditsText, summaryProblems, summaryText } from '../summary-text.ts';
import { cleanLine } from '../terminal-text.ts';

/** Brings the mirror up to date, shows how it goes, and tells how it ended. */
export async function sync(invocation: Invocation): Promise<CommandResult> {
  const { options } = invocation;
  if (options.only?.some((word) => word.trim() === '') === true) {
    throw new UsageError('--only was given an empty word.', 'write an id or a URL behind it');
  }
  const request = requestOf(invocation);
  const project = await openProjectOf(invocation);
  const select = selectionsOf(invocation, project);
  warn(invocation, project.warnings);
  const changes: Change[] = [];
  const { summary, log } = await run(invocation, project, {
    ...request,
    ...(select.length === 0 ? {} : { select }),
    observe: (event) => {
      if (options.dryRun === true && event.type === 'change') changes.push(event.change);
    },
  });
  const exitCode = exitCodeOf(summary, invocation);
  const view = { summary, exitCode, log, invocation };
  const problems = summaryProblems(view);
  tell(invocation, problems);
  return {
    exitCode,
    data: {
      ...summary,
      ...(log === undefined ? {} : { log }),
      ...(options.dryRun === true ? { changes } : {}),
    },
    text: textOf(view, changes),
  };
}

/** Told even with `--quiet`: it needs somebody. */
function tell({ host }: Invocation, text: string): void {
  if (text !== '') host.stderr.write(`${text}\n`);
}

function exitCodeOf(summary: SyncSummary, { interrupt, options }: Invocation): number {
  return interrupt.exitCode(exitCodeOfRun(summary, options));
}

function textOf(view: Parameters<typeof summaryText>[0], changes: readonly Change[]): string {
  const { options } = view.invocation;
  if (options.dryRun === true) return planText(changes, view);
  return options.quiet === true ? '' : summaryText(view);
}

function warn({ host, options, errorStyle }: Invocation, warnings: readonly string[]): void {
  if (options.quiet === true) return;
  for (const warning of warnings) {
    host.stderr.write(`${errorStyle('yellow', 'warning[config]:')} ${cleanLine(warning)}\n`);
  }
}

function requestOf({ options, nextCommand }: Invocation): SyncOptions {
  const { full, reconcile, dryRun, only, withDescendants, allowDeletes } = options;
  if (withDescendants === true && only === undefined) {
    throw new UsageError(
      '--with-descendants goes with --only.',
      `e.g. ${nextCommand('sync', '--only', 'ID', '--with-descendants')}`,
    );
  }
  return {
    ...(full === undefined ? {} : { full }),
    ...(reconcile === undefined ? {} : { reconcile }),
    ...(dryRun === undefined ? {} : { dryRun }),
    ...(only === undefined ? {} : { only }),
    ...(withDescendants === undefined ? {} : { withDescendants }),
    ...(allowDeletes === undefined ? {} : { allowDeletes }),
  };
}

function selectionsOf(
  invocation: Invocation,
  project: Project,
): ReturnType<typeof parseSelection>[] {
  const select = invocation.args.map(parseSelection);
  for (const { source, scope } of select) {
    requireSource(
      source,
      project.sources.map(({ name }) => name),
      invocation,
    );
    if (scope === '') {
      throw new UsageError(
        `"${source}:" names no scope.`,
        `type ${invocation.nextCommand('sync', source)}, or see ${invocation.nextCommand('scopes', source)}`,
      );
    }
  }
  return select;
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
    const { root } = project;
    tell(invocation, localEditsText(localEdits, { root, style: invocation.errorStyle }));
  }
}
