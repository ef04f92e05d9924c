import { ConfigError, type ConfigProblem } from '../config/config-error.ts';
import type { Project } from '../config/project.ts';
import { requireSources } from '../config/require-sources.ts';
import { sourceProblems } from '../config/validate-source.ts';
import { runnableSources } from './runnable-sources.ts';

/**
 * Every problem of a project that shows without the network: fields that the connectors' schemas
 * refuse, connectors that are missing or broken, a config without sources.
 */
export async function validateProject(project: Project): Promise<readonly ConfigProblem[]> {
  try {
    await requireSources(project);
  } catch (error) {
    if (ConfigError.is(error)) return error.problems;
    throw error;
  }
  const problems = await sourceProblems(project);
  if (problems.length > 0) return problems;
  const sources = await runnableSources(project);
  return sources.flatMap((source) =>
    'error' in source
      ? [
          {
            path: `sources.${source.name}`,
            message: source.error.message,
            ...(source.error.hint === undefined ? {} : { hint: source.error.hint }),
          },
        ]
      : [],
  );
}
