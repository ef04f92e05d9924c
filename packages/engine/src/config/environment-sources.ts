import type { FoundConnector } from '../discovery/found-connector.ts';
import type { ConfigProblem } from './config-error.ts';
import {
  type EnvironmentReading,
  type EnvironmentValue,
  isConfiguredBy,
  readEnvironment,
} from './environment.ts';
import { fieldValue, type FieldOrigin, type SourceConfig, withField } from './source-config.ts';

/** Sources with everything that is wrong with them. */
export interface ReadSources {
  readonly sources: SourceConfig[];
  readonly problems: ConfigProblem[];
  readonly warnings: string[];
}

/**
 * The sources that the environment alone makes: one for each connector whose required variables are
 * set, named after its type.
 */
export function environmentSources(
  installed: readonly FoundConnector[],
  env: Readonly<Record<string, string | undefined>>,
): ReadSources {
  const usable = installed.filter(
    ({ type, problem }, index) =>
      problem === undefined && installed.findIndex((each) => each.type === type) === index,
  );
  const configured = usable.filter(({ environment }) => isConfiguredBy(environment, env));
  const read = configured.map((connector) => environmentSource(connector, env));
  return {
    sources: read.map(({ source }) => source),
    problems: read.flatMap(({ reading }) => reading.problems),
    warnings: read.flatMap(({ reading }) => reading.warnings),
  };
}

/** The source that the environment makes of a connector, whether or not all is set that it needs. */
export function environmentSource(
  connector: FoundConnector,
  env: Readonly<Record<string, string | undefined>>,
): { readonly source: SourceConfig; readonly reading: EnvironmentReading } {
  const { type: name, type } = connector;
  const base: SourceConfig = {
    name,
    type,
    connectorReference: { name: type },
    enabled: true,
    config: {},
    secrets: connector.secrets,
    variables: variablesOf(connector),
    origin: () => ({ from: 'default' }),
  };
  const reading = readEnvironment(connector, env);
  return { source: fillFromEnvironment(base, reading), reading };
}

/** The variable that fills each field of a connector's config; of several ways, the usual one. */
export function variablesOf({
  environment,
}: Pick<FoundConnector, 'environment'>): Readonly<Record<string, string>> {
  const variables: Record<string, string> = {};
  for (const { field, name, unless = [] } of environment) {
    if (field === undefined || [field, ...unless].some((other) => other in variables)) continue;
    variables[field] = name;
  }
  return variables;
}

/** A source with the fields that it leaves empty taken from the environment. */
export function fillFromEnvironment(
  source: SourceConfig,
  { values }: Pick<EnvironmentReading, 'values'>,
): SourceConfig {
  const filled = new Map<string, string>();
  let { config } = source;
  let engine: Partial<SourceConfig> = {};
  for (const value of values) {
    const path = value.field.split('.');
    const used = [...filled.values()];
    if (value.unless.some((name) => used.includes(name) || hasValue(config, name))) continue;
    if (value.field.startsWith('@')) {
      const added = engineField(value, { ...source, ...engine });
      if (added === undefined) continue;
      engine = { ...engine, ...added };
      filled.set(value.field === '@incremental' ? 'full' : value.field.slice(1), value.variable);
    } else if (!hasValue(config, value.field)) {
      config = withField(config, path, value.value);
      filled.set(value.field, value.variable);
    }
  }
  const origin = (path: readonly PropertyKey[], part?: 'key' | 'value'): FieldOrigin => {
    const variable = filledBy(filled, path);
    return variable === undefined ? source.origin(path, part) : { from: 'environment', variable };
  };
  return { ...source, ...engine, config, origin };
}

function hasValue(config: unknown, field: string): boolean {
  return (fieldValue(config, field.split('.')) ?? undefined) !== undefined;
}

/** What a field of the engine becomes, unless the source has it already. */
function engineField(
  { field, value }: EnvironmentValue,
  source: SourceConfig,
): Partial<SourceConfig> | undefined {
  if (field === '@dir') return { dir: String(value) };
  if (field === '@incremental') return value === false ? { full: true } : undefined;
  if (field === '@output' && source.output === undefined)
    return { output: value === 'html' ? 'html' : 'markdown' };
  const [, limit] = /^@limits\.(\w+)$/.exec(field) ?? [];
  if (limit === undefined || fieldValue(source.limits, [limit]) !== undefined) return undefined;
  return { limits: { ...source.limits, [limit]: value } };
}

function filledBy(
  filled: ReadonlyMap<string, string>,
  path: readonly PropertyKey[],
): string | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const variable = filled.get(path.slice(0, length).map(String).join('.'));
    if (variable !== undefined) return variable;
  }
  return undefined;
}
