import { type ConfigProblem, validateProject } from '@context-sync/engine';
import {
  ExitCode,
  configProblemLines,
  toFailure,
  withCommands,
} from '@context-sync/engine/console';
import { cleanLine, countOf } from '@context-sync/engine/text';

import type { CommandResult, Invocation } from '../command.ts';
import { openProjectOf } from '../project.ts';

/** Finds every fault of the configuration, those only a connector knows included. */
export async function configValidate(invocation: Invocation): Promise<CommandResult> {
  const { problems, warnings, sources } = withCommands(
    await findProblems(invocation),
    invocation.nextCommand,
  );
  const isValid = problems.length === 0;
  const text = [
    isValid
      ? `The configuration is valid: ${countOf(sources, 'source')}.`
      : configProblemLines(problems).join('\n'),
    ...warnings.map((warning) => `${invocation.style('yellow', '!')} ${cleanLine(warning)}`),
  ].join('\n');
  return {
    exitCode: isValid ? ExitCode.ok : ExitCode.config,
    data: { valid: isValid, problems, warnings },
    text,
  };
}

interface Findings {
  readonly problems: readonly ConfigProblem[];
  readonly warnings: readonly string[];
  readonly sources: number;
}

async function findProblems(invocation: Invocation): Promise<Findings> {
  try {
    const project = await openProjectOf(invocation);
    const { sources, warnings } = project;
    return { problems: await validateProject(project), warnings, sources: sources.length };
  } catch (error) {
    const { problems } = toFailure(error);
    if (problems === undefined || problems.length === 0) throw error;
    return { problems, warnings: [], sources: 0 };
  }
}
