import { type ConfigProblem, validateProject } from '@context-sync/engine';

import type { CommandResult, Invocation } from '../command.ts';
import { ExitCode } from '../exit-code.ts';
import { configProblemLines } from '../failure-text.ts';
import { toFailure } from '../failure.ts';
import { openProjectOf } from '../project.ts';
import { countOf } from '../quantities.ts';

/** Finds every fault of the configuration, those only a connector knows included. */
export async function configValidate(invocation: Invocation): Promise<CommandResult> {
  const { problems, sources } = await findProblems(invocation);
  const isValid = problems.length === 0;
  const text = isValid
    ? `The configuration is valid: ${countOf(sources, 'source')}.`
    : configProblemLines(problems).join('\n');
  return {
    exitCode: isValid ? ExitCode.ok : ExitCode.config,
    data: { valid: isValid, problems },
    text,
  };
}

async function findProblems(
  invocation: Invocation,
): Promise<{ problems: readonly ConfigProblem[]; sources: number }> {
  try {
    const project = await openProjectOf(invocation);
    return { problems: await validateProject(project), sources: project.sources.length };
  } catch (error) {
    const { problems } = toFailure(error);
    if (problems === undefined || problems.length === 0) throw error;
    return { problems, sources: 0 };
  }
}
