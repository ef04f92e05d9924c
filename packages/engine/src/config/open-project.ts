import { dirname, resolve } from 'node:path';

import { findConnectors } from '../discovery/find-connectors.ts';
import { type FoundConnector, nameOf } from '../discovery/found-connector.ts';
import { ConfigError, type ConfigProblem, displayPath } from './config-error.ts';
import { type ConfigFile, findConfigFile } from './config-file.ts';
import { environmentSources } from './environment-sources.ts';
import { fileSources } from './file-sources.ts';
import { discoveryOptions, type Project, type ProjectOptions } from './project.ts';
import { locateRoot } from './root.ts';
import { secretProblems } from './secret-fields.ts';
import type { SourceConfig } from './source-config.ts';
import { resolveUserPath } from './user-path.ts';
import { sourceProblems } from './validate-source.ts';

/**
 * Reads the configuration: a config file, the environment for what it leaves empty, or the
 * environment alone. No connector is imported unless something is wrong: then the fields of every
 * source are checked too, so that {@link ConfigError} names all problems at once.
 *
 * No config at all is no error: the project has no sources, see `requireSources`.
 */
export async function openProject(options: ProjectOptions): Promise<Project> {
  const file = await findConfigFile(options);
  const directory = file === undefined ? resolve(options.cwd) : dirname(file.file);
  const installed = await findConnectors(discoveryOptions({ directory, options }));
  const { sources, problems, warnings } = await readSources(file, installed, options);
  const location = await locateRoot(options, file);
  const project: Project = {
    ...(file === undefined ? {} : { configFile: file.file }),
    directory,
    root: location.root,
    rootFrom: location.from,
    sources,
    warnings: [
      ...passedOver(file, options),
      ...location.warnings,
      ...warnings,
      ...ambiguousTypes(sources, installed),
    ],
    options,
  };
  const found = [...problems, ...location.problems];
  if (found.length > 0) throw new ConfigError([...found, ...(await sourceProblems(project))]);
  return project;
}

async function readSources(
  file: ConfigFile | undefined,
  installed: readonly FoundConnector[],
  options: ProjectOptions,
): Promise<{ sources: SourceConfig[]; problems: ConfigProblem[]; warnings: string[] }> {
  const read =
    file === undefined
      ? environmentSources(installed, options.env)
      : await fileSources(file, installed, options);
  const secrets = read.sources.map(secretProblems);
  return {
    sources: read.sources.map((source) => withAbsoluteFolder(source, options)),
    problems: [...read.problems, ...secrets.flatMap(({ problems }) => problems)],
    warnings: [...read.warnings, ...secrets.flatMap(({ warnings }) => warnings)],
  };
}

function withAbsoluteFolder(source: SourceConfig, { cwd, home }: ProjectOptions): SourceConfig {
  const { dir } = source;
  return dir === undefined ? source : { ...source, dir: resolveUserPath(dir, cwd, home) };
}

function passedOver(file: ConfigFile | undefined, { cwd }: ProjectOptions): string[] {
  if (file === undefined || file.passedOver.length === 0) return [];
  const others = file.passedOver.map((other) => displayPath(other, cwd)).join(', ');
  return [`${displayPath(file.file, cwd)} is used; beside it, ${others} is not read.`];
}

function ambiguousTypes(
  sources: readonly SourceConfig[],
  installed: readonly FoundConnector[],
): string[] {
  const used = new Set(sources.map(({ connectorReference }) => connectorReference.name));
  return [...used].flatMap((type) => {
    const [first, ...others] = installed.filter((each) => each.type === type);
    if (first === undefined || others.length === 0) return [];
    const rest = others.map((each) => `${nameOf(each)} in ${each.root.directory}`).join(', ');
    return [
      `Several packages provide "${type}": ${nameOf(first)} in ${first.root.directory} is used, not ${rest}. Name the package to choose, e.g. connector: "${first.package}".`,
    ];
  });
}
