import type { ConnectorReference, FoundConnector } from '../discovery/found-connector.ts';
import { isRecord } from '../discovery/package-file.ts';
import { type ConfigProblem, displayPath } from './config-error.ts';
import type { ConfigFile } from './config-file.ts';
import {
  type ConfigSchemas,
  createConfigSchemas,
  ENGINE_FIELDS,
  type SourceFields,
} from './config-schema.ts';
import {
  environmentSources,
  fillFromEnvironment,
  type ReadSources,
  variablesOf,
} from './environment-sources.ts';
import { readEnvironment } from './environment.ts';
import { type IssueContext, toProblems } from './issue-problems.ts';
import type { ProjectOptions } from './project.ts';
import {
  type FieldOrigin,
  fieldValue,
  type SourceConfig,
  type SourceSettings,
} from './source-config.ts';
import {
  misspeltKey,
  readMisspelt,
  readReference,
  type ReferenceContext,
} from './source-reference.ts';

const TOP_FIELDS = ['version', 'root', 'defaults', 'sources'];
const SETTINGS = ['limits', 'maxDelete', 'reconcileEvery', 'durability', 'output'];
const LIMITS = [
  'requestsPerSecond',
  'concurrency',
  'timeoutMs',
  'deadlineMs',
  'retries',
  'maxResponseBytes',
];

/** Source names are folder names: these mean a device on Windows. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/;
const NAME = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** The engine's fields of a source where one of them is wrong. */
const NO_FIELDS: SourceFields = { enabled: true, settings: {} };

interface Reading {
  readonly file: ConfigFile;
  readonly installed: readonly FoundConnector[];
  readonly options: ProjectOptions;
  readonly schemas: ConfigSchemas;
  readonly problems: ConfigProblem[];
  readonly warnings: string[];
}

/**
 * The sources of a config file, with what the environment adds to fields they leave empty. A file
 * without `sources` leaves all of them to the environment.
 */
export async function fileSources(
  file: ConfigFile,
  installed: readonly FoundConnector[],
  options: ProjectOptions,
): Promise<ReadSources> {
  const schemas = await createConfigSchemas();
  const reading: Reading = { file, installed, options, schemas, problems: [], warnings: [] };
  const { problems, warnings } = reading;
  parse(schemas.top, file.value, [], TOP_FIELDS, reading);
  const defaults =
    parse(schemas.defaults, file.value['defaults'], ['defaults'], SETTINGS, reading) ?? {};
  const written = file.value['sources'];
  if (written === undefined || written === null) {
    const read = environmentSources(installed, options.env);
    return { ...read, problems: [...problems, ...read.problems] };
  }
  const entries = isRecord(written) ? Object.entries(written) : [];
  const sources = entries.flatMap(
    ([name, value]) => readSource(name, value, defaults, reading) ?? [],
  );
  return { sources, problems, warnings };
}

/** A source with faults is given back too, so that the connector tells of its other fields. */
function readSource(
  name: string,
  value: unknown,
  defaults: SourceSettings,
  reading: Reading,
): SourceConfig | undefined {
  const at = ['sources', name];
  reading.problems.push(...nameProblems(name, reading));
  const parsed = parse(reading.schemas.source, value, at, ENGINE_FIELDS, reading);
  if (!isRecord(value)) return undefined;
  const { type, connector: named } = value;
  const fields: SourceFields = parsed ?? NO_FIELDS;
  const misspelt = misspeltKey(value);
  const context: ReferenceContext = {
    at,
    place: (path, part) => placeIn(reading, path, part),
    example: reading.installed[0]?.type ?? 'wiki',
    problems: reading.problems,
  };
  const reference =
    misspelt === undefined
      ? readReference({ type: type ?? undefined, connector: named }, context)
      : readMisspelt(misspelt, value, context);
  if (reference === undefined) return undefined;
  const connector = connectorOf(reference, reading.installed);
  const { limits, ...settings } = { ...defaults, ...fields.settings };
  const source: SourceConfig = {
    ...settings,
    ...(limits === undefined ? {} : { limits: { ...defaults.limits, ...limits } }),
    name,
    type: fields.type ?? connector?.type ?? reference.name,
    connectorReference: reference,
    enabled: fields.enabled,
    config: Object.fromEntries(
      Object.entries(value).filter(([key]) => !ENGINE_FIELDS.includes(key) && key !== misspelt),
    ),
    secrets: reference.definition?.secrets ?? connector?.secrets ?? [],
    variables: connector === undefined ? {} : variablesOf(connector),
    origin: (path, part = 'value') => sourceOrigin(reading, name, path, part),
  };
  return connector === undefined ? source : fill(source, connector, reading);
}

function fill(source: SourceConfig, connector: FoundConnector, reading: Reading): SourceConfig {
  const environment = readEnvironment(connector, reading.options.env);
  reading.problems.push(...environment.problems);
  for (const warning of environment.warnings) {
    if (!reading.warnings.includes(warning)) reading.warnings.push(warning);
  }
  return fillFromEnvironment(source, environment);
}

function nameProblems(name: string, reading: Reading): ConfigProblem[] {
  if (NAME.test(name) && !RESERVED.test(name)) return [];
  const better = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, 40);
  return [
    {
      ...placeIn(reading, ['sources', name], 'key'),
      path: `sources.${name}`,
      message: RESERVED.test(name)
        ? 'This name cannot be a folder on Windows'
        : 'A source is named with 1 to 40 lower-case letters, digits and "-", for it names a folder',
      ...(NAME.test(better) && !RESERVED.test(better) ? { hint: `write ${better}:` } : {}),
    },
  ];
}

/** The connector as far as manifests tell, for its secrets and variables. */
function connectorOf(
  { name, type, definition }: ConnectorReference,
  installed: readonly FoundConnector[],
): FoundConnector | undefined {
  const usable = installed.filter(({ problem }) => problem === undefined);
  const byType = usable.find((each) => each.type === name);
  if (byType !== undefined || definition !== undefined) return byType;
  return usable.find((each) => each.package === name && (type === undefined || each.type === type));
}

function parse<Output>(
  schema: { safeParse(value: unknown): SafeResult<Output> },
  value: unknown,
  at: readonly string[],
  known: readonly string[],
  reading: Reading,
): Output | undefined {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const context: IssueContext = {
    at,
    value,
    origin: (path, part) => originIn(reading, [...at, ...path], part),
    knownKeys: (path) => (path.at(-1) === 'limits' ? LIMITS : known),
  };
  reading.problems.push(...toProblems(result.error.issues, context));
  return undefined;
}

type SafeResult<Output> =
  | { readonly success: true; readonly data: Output }
  | {
      readonly success: false;
      readonly error: { readonly issues: Parameters<typeof toProblems>[0] };
    };

/** Fields of the engine may come from `defaults`, or from nowhere. */
function sourceOrigin(
  reading: Reading,
  name: string,
  path: readonly PropertyKey[],
  part: 'key' | 'value',
): FieldOrigin {
  const own = ['sources', name, ...path];
  const isWritten = fieldValue(reading.file.value, own) !== undefined;
  if (isWritten || !ENGINE_FIELDS.includes(String(path[0]))) return originIn(reading, own, part);
  const shared = ['defaults', ...path];
  if (fieldValue(reading.file.value, shared) === undefined) return { from: 'default' };
  return originIn(reading, shared, part);
}

function originIn(
  reading: Reading,
  path: readonly PropertyKey[],
  part: 'key' | 'value',
): FieldOrigin {
  return { from: 'file', ...placeIn(reading, path, part) };
}

function placeIn(
  { file, options }: Reading,
  path: readonly PropertyKey[],
  part: 'key' | 'value',
): { readonly file: string; readonly line?: number; readonly column?: number } {
  return { file: displayPath(file.file, options.cwd), ...file.position(path, part) };
}
