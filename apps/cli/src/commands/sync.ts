import type { Change, Project, SyncOptions } from '@context-sync/engine';
import { type CommandResult, showSync, UsageError } from '@context-sync/engine/console';

import type { Invocation } from '../command.ts';
import { planText } from '../plan-text.ts';
import { openProjectOf, parseSelection, requireSource } from '../project.ts';

/** Brings the mirror up to date, shows how it goes, and tells how it ended. */
export async function sync(invocation: Invocation): Promise<CommandResult> {
  const { options } = invocation;
  if (options.only?.some((word) => word.trim() === '') === true) {
    throw new UsageError('--only was given an empty word.', 'write an id or a URL behind it');
  }
  const isPlan = options.dryRun === true;
  const request = requestOf(invocation);
  const project = await openProjectOf(invocation);
  const select = selectionsOf(invocation, project);
  const changes: Change[] = [];
  const { view, result } = await showSync(invocation, project, {
    ...request,
    ...(select.length === 0 ? {} : { select }),
    observe: (event) => {
      if (isPlan && event.type === 'change') changes.push(event.change);
    },
  });
  if (!isPlan) return result;
  return { ...result, data: { ...result.data, changes }, text: planText(changes, view) };
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
