import { rebuild as rebuildState } from '@context-sync/engine';
import { ExitCode } from '@context-sync/engine/console';
import { cleanLine, countOf } from '@context-sync/engine/text';

import type { CommandResult, Invocation } from '../command.ts';
import { openProjectOf } from '../project.ts';

/** Makes the state database anew from the files of the mirror. */
export async function rebuild(invocation: Invocation): Promise<CommandResult> {
  const report = await rebuildState(await openProjectOf(invocation));
  const { files, previousDatabase } = report;
  const text = [
    `The state was made anew from ${countOf(files, 'file')}.`,
    ...(previousDatabase === undefined
      ? []
      : [`The old database is kept as ${cleanLine(previousDatabase)}.`]),
    `Now bring the mirror up to date: ${invocation.nextCommand('sync', '--reconcile')}`,
  ].join('\n');
  return { exitCode: ExitCode.ok, data: report, text };
}
