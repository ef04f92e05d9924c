import { cleanup as cleanMirror, type CleanupReport, readStatus } from '@context-sync/engine';
import { ExitCode, tellLocalEdits } from '@context-sync/engine/console';
import { alignColumns, cleanLine, countOf } from '@context-sync/engine/text';

import type { CommandResult, Invocation } from '../command.ts';
import { openProjectOf, requireSource } from '../project.ts';

/** Lists what the mirror no longer needs; removes it when told to. */
export async function cleanup(invocation: Invocation): Promise<CommandResult> {
  const [source] = invocation.args;
  const project = await openProjectOf(invocation);
  if (source !== undefined) {
    // What is to be cleaned up may be in the mirror and no longer in the config.
    const { sources } = await readStatus(project.root);
    const known = new Set([
      ...project.sources.map(({ name }) => name),
      ...sources.map((each) => each.source),
    ]);
    requireSource(source, [...known], invocation);
  }
  const report = await cleanMirror(project, source, {
    dryRun: invocation.options.execute !== true,
  });
  await tellLocalEdits(invocation, project.root, report.localEdits);
  return { exitCode: ExitCode.ok, data: report, text: cleanupText(report, invocation) };
}

function cleanupText({ dryRun, items }: CleanupReport, { args, nextCommand }: Invocation): string {
  if (items.length === 0) return 'Nothing to clean up.';
  const rows = items.map(({ kind, path, reason }) => [kind, cleanLine(path), cleanLine(reason)]);
  const count = countOf(items.length, 'item');
  return [
    ...alignColumns(rows, '  '),
    dryRun
      ? `${count} would be removed. Remove with: ${nextCommand('cleanup', ...args, '--execute')}`
      : `${count} removed.`,
  ].join('\n');
}
