import { ConfigError } from '../config/config-error.ts';
import { fingerprints } from '../config/fingerprints.ts';
import type { Project } from '../config/project.ts';
import { isSecretField } from '../config/secret-pattern.ts';
import { resolveSecret } from '../config/secret-reference.ts';
import { fieldValue, type MaxDelete, type SourceConfig } from '../config/source-config.ts';
import { loadConnectorOf, validateSourceConfig } from '../config/validate-source.ts';
import { toErrorShape } from '../sync/error-shape.ts';
import {
  type BrokenSource,
  defaultDeleteLimit,
  type DeleteLimit,
  type NetworkOptions,
  type RunnableSource,
} from '../sync/runnable-source.ts';

/**
 * Loads the connectors of the enabled sources and reads their configs. A source that cannot run comes
 * back as broken, so that it stops no other.
 */
export async function runnableSources(
  project: Project,
): Promise<(RunnableSource | BrokenSource)[]> {
  const enabled = project.sources.filter((source) => source.enabled);
  return Promise.all(enabled.map((source) => runnableSource(project, source)));
}

async function runnableSource(
  project: Project,
  source: SourceConfig,
): Promise<RunnableSource | BrokenSource> {
  try {
    const definition = await loadConnectorOf(project, source);
    const config = await validateSourceConfig(source, definition);
    return {
      name: source.name,
      definition,
      config,
      prints: fingerprints(definition, config),
      secret: (field) => readSecret(project, source, field),
      maxDelete: toDeleteLimit(source.maxDelete),
      ...(source.limits === undefined ? {} : { limits: source.limits }),
      ...(source.reconcileEveryMs === undefined
        ? {}
        : { reconcileEveryMs: source.reconcileEveryMs }),
      ...(source.full === undefined ? {} : { full: source.full }),
      ...(source.durability === undefined ? {} : { durability: source.durability }),
      ...(source.output === undefined ? {} : { output: source.output }),
    };
  } catch (error) {
    return { name: source.name, type: source.type, error: brokenError(error, source) };
  }
}

/** A config whose only fault is a missing secret is a matter of credentials. */
function brokenError(
  error: unknown,
  { name, secrets, config }: SourceConfig,
): BrokenSource['error'] {
  if (!ConfigError.is(error)) return toErrorShape(error);
  const prefix = `sources.${name}.`;
  const isMissingSecret = error.problems.every(({ path }) => {
    const field = path.slice(prefix.length);
    const isSecret = path.startsWith(prefix) && isSecretField(field, secrets);
    return isSecret && fieldValue(config, field.split('.')) === undefined;
  });
  const code = isMissingSecret ? 'auth' : 'config';
  const [first, ...others] = error.problems;
  if (first === undefined || others.length > 0) {
    return { code, message: error.message, hint: validateHint };
  }
  const { path, message, hint } = first;
  return { code, message: `${path}: ${message.replace(/\.$/, '')}.`, hint: hint ?? validateHint };
}

const validateHint = 'Type: `context-sync config validate`';

async function readSecret(
  { options, directory }: Project,
  source: SourceConfig,
  field: string,
): Promise<string | undefined> {
  const reference = fieldValue(source.config, field.split('.'));
  if (typeof reference !== 'string') return undefined;
  const { env, home } = options;
  return resolveSecret(reference, {
    env,
    home,
    directory,
    field: `sources.${source.name}.${field}`,
  });
}

function toDeleteLimit(limit: MaxDelete | undefined): DeleteLimit {
  if (limit === undefined) return defaultDeleteLimit;
  return 'count' in limit
    ? { count: limit.count, share: 0 }
    : { count: defaultDeleteLimit.count, share: limit.fraction };
}

/** Proxies and extra certificates as the environment of the project names them. */
export async function networkOptions({ options: { env } }: Project): Promise<NetworkOptions> {
  const read = (name: string): string | undefined => env[name.toLowerCase()] ?? env[name];
  const [http, https, no] = [read('HTTP_PROXY'), read('HTTPS_PROXY'), read('NO_PROXY')];
  return {
    proxy: {
      ...(http === undefined || http === '' ? {} : { http }),
      ...(https === undefined || https === '' ? {} : { https }),
      ...(no === undefined || no === '' ? {} : { no }),
    },
  };
}
