import { resolve } from 'node:path';

import type { FoundConnector } from '../discovery/found-connector.ts';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import { environmentSource } from './environment-sources.ts';
import { type OutputFolder, rootOfFolders, toOutputFolder } from './output-folder.ts';
import type { Project, ProjectOptions } from './project.ts';
import { defaultRoot, fixedRoot } from './root.ts';
import { isSecretField } from './secret-pattern.ts';
import type { SourceConfig } from './source-config.ts';
import { resolveUserPath } from './user-path.ts';
import { sourceProblems } from './validate-source.ts';

/**
 * The project of one connector and the environment, with no look at config files or other
 * connectors. Throws {@link ConfigError} with every variable that is missing or wrong. A secret that
 * is all that is missing is left to the run, which tells it as a matter of credentials.
 *
 * @param connector one whose package is installed in `options.hostDirectory`
 */
export async function openAlone(
  connector: FoundConnector,
  options: ProjectOptions,
): Promise<Project> {
  const { source, reading } = environmentSource(connector, options.env);
  const location =
    fixedRoot(options) ??
    rootOfFolders(outputFolders(source, connector, options)) ??
    defaultRoot(options);
  const project: Project = {
    directory: resolve(options.cwd),
    root: location.root,
    rootFrom: location.from,
    sources: [{ ...source, connectorReference: referenceTo(connector, options) }],
    warnings: [...location.warnings, ...reading.warnings],
    options,
  };
  const problems = await sourceProblems(project);
  const isSecret = ({ path }: ConfigProblem): boolean =>
    isSecretField(fieldOf(path, source), source.secrets);
  if (reading.problems.length > 0 || !problems.every(isSecret)) {
    throw new ConfigError([
      ...reading.problems,
      ...problems.map((problem) => byVariable(problem, source, connector)),
    ]);
  }
  return project;
}

function referenceTo(
  { type }: FoundConnector,
  { hostDirectory }: ProjectOptions,
): SourceConfig['connectorReference'] {
  return { name: resolve(hostDirectory), type };
}

function outputFolders(
  { dir, type }: SourceConfig,
  { environment }: FoundConnector,
  { cwd, home }: ProjectOptions,
): OutputFolder[] {
  const variable = environment.find(({ field }) => field === '@dir')?.name;
  if (dir === undefined || variable === undefined) return [];
  return [toOutputFolder(type, variable, resolveUserPath(dir, cwd, home))];
}

/** There is no config file to write the field into, so its variable is what to tell of. */
function byVariable(
  problem: ConfigProblem,
  source: SourceConfig,
  { environment }: FoundConnector,
): ConfigProblem {
  const field = fieldOf(problem.path, source);
  const variable = environment.find((entry) => entry.field === field);
  if (variable === undefined) return { ...problem, path: field };
  const { name, as } = variable;
  if (!problem.message.startsWith('This is missing')) return { ...problem, path: name };
  // What the schema says of it is how to write it in a config file.
  const value = as === 'list' ? '…,…' : '…';
  return { path: name, message: 'This is missing', hint: `export ${name}=${value}` };
}

function fieldOf(path: string, { name }: SourceConfig): string {
  return path.replace(`sources.${name}.`, '');
}
