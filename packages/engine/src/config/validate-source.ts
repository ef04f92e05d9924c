import { type ConnectorDefinition, ConnectorError } from '@context-sync/core';

import { findConnector } from '../discovery/find-connector.ts';
import { loadConnector } from '../discovery/load-connector.ts';
import { isRecord } from '../discovery/package-file.ts';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import { ENGINE_FIELDS } from './config-schema.ts';
import { type SchemaIssue, toProblems } from './issue-problems.ts';
import { discoveryOptions, type Project } from './project.ts';
import { fieldValue, placeOf, type SourceConfig } from './source-config.ts';

/**
 * Finds and imports the connector of a source. Throws `config` when it is not installed, broken, made
 * for another contract, or not a connector.
 */
export async function loadConnectorOf(
  project: Project,
  source: SourceConfig,
): Promise<ConnectorDefinition> {
  const options = { ...discoveryOptions(project), source: source.name };
  return loadConnector(await findConnector(source.connectorReference, options));
}

/**
 * The config of a source as its connector reads it. Throws {@link ConfigError} with every issue of
 * the connector's schema, each with the place of the field. Secret values are in no message.
 */
export async function validateSourceConfig(
  { name, config, origin, secrets, variables }: SourceConfig,
  definition: ConnectorDefinition,
): Promise<unknown> {
  const result = await definition.configSchema['~standard'].validate(config);
  if (result.issues === undefined) return result.value;
  const issues: readonly SchemaIssue[] = result.issues;
  const problems = toProblems(issues, {
    at: ['sources', name],
    value: config,
    origin,
    knownKeys: (path) => knownKeys(definition, path),
    secrets: [...new Set([...secrets, ...(definition.secrets ?? [])])],
    variables,
  });
  throw new ConfigError(problems);
}

/**
 * Every problem of the sources that shows without the network: a connector that is missing or broken,
 * fields that its schema refuses. Imports the connectors.
 */
export async function sourceProblems(project: Project): Promise<ConfigProblem[]> {
  const found = await Promise.all(
    project.sources.map(async (source) => {
      try {
        await validateSourceConfig(source, await loadConnectorOf(project, source));
        return [];
      } catch (error) {
        if (ConfigError.is(error)) return error.problems;
        if (ConnectorError.is(error)) return [connectorProblem(error, source)];
        throw error;
      }
    }),
  );
  return found.flat();
}

function connectorProblem(error: ConnectorError, { name, origin }: SourceConfig): ConfigProblem {
  const place = placeOf(origin([], 'key'));
  // The further lines tell where it was looked for: too much for one problem among many.
  const [message = ''] = error.message.split('\n');
  const hint = error.hint === undefined ? {} : { hint: error.hint };
  return { ...place, path: `sources.${name}`, message, ...hint };
}

/** The keys that the connector's schema knows at a path, as its JSON Schema tells. */
function knownKeys(definition: ConnectorDefinition, path: readonly PropertyKey[]): string[] {
  const properties = path.flatMap((key) => ['properties', key]);
  const schema = fieldValue(inputSchema(definition), properties);
  const own = Object.keys(
    isRecord(schema) && isRecord(schema['properties']) ? schema['properties'] : {},
  );
  return path.length === 0
    ? [...own, ...Object.keys(definition.configEffects ?? {}), ...ENGINE_FIELDS]
    : own;
}

// Standard JSON Schema, an extension of Standard Schema that zod has: https://standardschema.dev
function inputSchema({ configSchema }: ConnectorDefinition): unknown {
  const input = fieldValue(configSchema['~standard'], ['jsonSchema', 'input']);
  if (typeof input !== 'function') return undefined;
  try {
    return input({ target: 'draft-2020-12' });
  } catch {
    return undefined; // Some schemas cannot be expressed; then there is no did-you-mean.
  }
}
