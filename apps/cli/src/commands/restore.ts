import { findRoot, restore as restoreRun } from '@context-sync/engine';
import { ExitCode } from '@context-sync/engine/console';
import { cleanLine, countOf } from '@context-sync/engine/text';

import type { CommandResult, Invocation } from '../command.ts';
import { projectOptions } from '../project-options.ts';

/** Copies what a run deleted out of the trash, beside the mirror. */
export async function restore(invocation: Invocation): Promise<CommandResult> {
  const [run] = invocation.args;
  const root = await findRoot(projectOptions(invocation));
  const report = await restoreRun(root, run === undefined ? {} : { run });
  const text = [
    ...report.files.map((file) => `  ${cleanLine(file)}`),
    `${countOf(report.files.length, 'file')} deleted by run ${cleanLine(report.run)} copied to ${cleanLine(`${root}/${report.directory}`)}`,
  ].join('\n');
  return { exitCode: ExitCode.ok, data: report, text };
}
