import { findConnectors } from '../discovery/find-connectors.ts';
import { ConfigError, displayPath } from './config-error.ts';
import { discoveryOptions, type Project } from './project.ts';

/** Throws {@link ConfigError} that tells how to configure one, unless the project has a source. */
export async function requireSources(project: Project): Promise<void> {
  const { sources, configFile, options } = project;
  if (sources.length > 0) return;
  if (configFile !== undefined) {
    const file = displayPath(configFile, options.cwd);
    const hint = 'write one below "sources:"';
    throw new ConfigError([{ file, path: 'sources', message: 'No source is configured', hint }]);
  }
  const installed = await findConnectors(discoveryOptions(project));
  const variables = installed.flatMap(({ environment }) =>
    environment.filter(({ required }) => required === true).map(({ name }) => name),
  );
  const write = 'write a context-sync.config.yaml';
  throw new ConfigError([
    {
      path: '',
      message: `There is no config file in ${options.cwd} or above it, and the environment configures no source`,
      hint: variables.length === 0 ? write : `${write}, or set ${variables.join(' or ')}`,
    },
  ]);
}
