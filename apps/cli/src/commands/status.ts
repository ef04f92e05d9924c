import { findRoot, type MirrorStatus, readStatus } from '@context-sync/engine';
import { ExitCode } from '@context-sync/engine/console';

import type { CommandResult, Invocation } from '../command.ts';
import { projectOptions } from '../project-options.ts';
import { requireSource } from '../project.ts';
import { statusText } from '../status-text.ts';

/** Tells what the mirror holds and how old it is, from its database alone. */
export async function status(invocation: Invocation): Promise<CommandResult> {
  const [source] = invocation.args;
  const found = await readStatus(await findRoot(projectOptions(invocation)));
  if (source !== undefined && found.exists) {
    requireSource(
      source,
      found.sources.map((each) => each.source),
      invocation,
    );
  }
  const data: MirrorStatus =
    source === undefined
      ? found
      : { ...found, sources: found.sources.filter((each) => each.source === source) };
  return { exitCode: ExitCode.ok, data, text: statusText(data, invocation) };
}
