import type { z as Zod } from 'zod';

/** The field of package.json that makes a package a connector package. */
export const MANIFEST_FIELD = 'context-sync';

/**
 * `"context-sync"` in the package.json of a connector package. It is all that is read of a connector
 * until a source of the user's config needs it.
 */
export interface Manifest {
  /** Version of this form. */
  readonly manifest: 1;
  readonly connectors: readonly ConnectorManifest[];
}

/**
 * The end of a variable that names an output folder. `config/root.ts` looks for it before it loads
 * anything of this folder, which `status` has no time for.
 */
const FOLDER_VARIABLE = /_DIR$/;

/** One connector of a package. */
export interface ConnectorManifest {
  /** e.g. `confluence`; equal to the definition's. */
  readonly type: string;
  /** Export of the package whose default export is the definition: `.` or `./name`. */
  readonly entry: string;
  /** `major.minor` of the contract it was written against; equal to the definition's. */
  readonly contract: string;
  /** The product's name, for people. */
  readonly title: string;
  /** Config fields that name secrets, e.g. `auth.token`, `headers.*`; equal to the definition's. */
  readonly secrets?: readonly string[];
  /** Environment variables that fill config fields. */
  readonly environment?: readonly EnvironmentName[];
  /** A JSON Schema of the config, relative to the package, for editors. */
  readonly configSchema?: string;
  /** Where the connector is described. */
  readonly docs?: string;
}

/**
 * An environment variable of the tool that this one follows, and the config field it fills when the
 * config leaves that empty. Without a config file, a connector whose required variables are all set
 * becomes a source named after its type. Exactly one of `field` and `ignored` is given.
 */
export interface EnvironmentName {
  readonly name: string;
  /** Other names for the same; the first one that is set counts. */
  readonly aliases?: readonly string[];
  /**
   * A config field, e.g. `auth.token`; a secret one gets a reference to the variable, never its
   * value. With `@` a field of the engine: `@dir` the folder of this source (its variable ends in
   * `_DIR`), `@incremental` false for a full run each time, `@output` what its
   * files are written as, `@limits.<name>` one of `HttpLimits`.
   */
  readonly field?: string;
  /**
   * How the text is read: `seconds` becomes milliseconds, `list` is split at commas, `switch` is true,
   * false, or the text. @default 'text'
   */
  readonly as?: ValueForm;
  /** Values that are passed on as text whatever `as` says, e.g. `all` for a list. */
  readonly words?: readonly string[];
  /** Values that count as not set. */
  readonly absent?: readonly string[];
  /**
   * Ways that exclude each other: it is not used when one of these fields has a value, or when one of
   * these variables, which stand before it, gave one.
   */
  readonly unless?: readonly string[];
  /** Part of what makes a source of the environment alone. @default false */
  readonly required?: boolean;
  /**
   * The flag of the connector's own command that stands for this variable, e.g. `jql`. That of `@dir`
   * is `output-dir` always.
   */
  readonly flag?: string;
  /** The variable is known and does nothing; when it is set, a warning gives this reason. */
  readonly ignored?: string;
}

/** How the text of an environment variable is read. */
type ValueForm = 'text' | 'list' | 'boolean' | 'switch' | 'number' | 'seconds';

/** Reads a manifest; gives every problem as a sentence when it cannot be used. */
export async function readManifest(
  value: unknown,
): Promise<{ readonly manifest: Manifest } | { readonly problems: readonly string[] }> {
  const { z } = await import('zod');
  const result = manifestSchema(z).safeParse(value);
  if (result.success) return { manifest: result.data };
  return {
    problems: result.error.issues.map(
      ({ path, message }) => `${[MANIFEST_FIELD, ...path].join('.')}: ${message}`,
    ),
  };
}

// Fields not listed are left alone, so that a newer package still loads in an older host.
function manifestSchema(z: typeof Zod): Zod.ZodType<Manifest> {
  const connector = z.object({
    type: z
      .string()
      .regex(/^[a-z][a-z0-9-]{1,39}$/, 'Expected 2 to 40 lower-case letters, digits and "-"'),
    entry: z.string().regex(/^\.(\/.+)?$/, 'Expected an export of the package: "." or "./name"'),
    contract: z.string().regex(/^\d+\.\d+$/, 'Expected major.minor, e.g. "1.0"'),
    title: z.string().min(1),
    secrets: z.array(secretSchema(z)).exactOptional(),
    environment: z.array(environmentSchema(z)).exactOptional(),
    configSchema: z.string().exactOptional(),
    docs: z.string().exactOptional(),
  });
  return z.object({
    manifest: z.literal(
      1,
      'This context-sync reads manifests of version 1; a newer one may read this',
    ),
    connectors: z.array(connector).min(1),
  });
}

function environmentSchema(z: typeof Zod): Zod.ZodType<EnvironmentName> {
  const variable = z
    .string()
    .regex(/^[A-Za-z_]\w*$/, 'Expected the name of an environment variable');
  return z
    .object({
      name: variable,
      aliases: z.array(variable).exactOptional(),
      field: fieldSchema(z).exactOptional(),
      as: z.enum(['text', 'list', 'boolean', 'switch', 'number', 'seconds']).exactOptional(),
      words: z.array(z.string()).exactOptional(),
      absent: z.array(z.string()).exactOptional(),
      unless: z.array(fieldSchema(z)).exactOptional(),
      required: z.boolean().exactOptional(),
      flag: z
        .string()
        .regex(/^[a-z][a-z-]+$/, 'Expected the words of a flag without "--", e.g. "jql"')
        .exactOptional(),
      ignored: z.string().exactOptional(),
    })
    .refine((entry) => (entry.field === undefined) !== (entry.ignored === undefined), {
      error: 'Give either "field" or "ignored"',
    })
    .refine((entry) => entry.field !== '@dir' || FOLDER_VARIABLE.test(entry.name), {
      error: 'The variable of @dir ends in _DIR',
    });
}

function secretSchema(z: typeof Zod): Zod.ZodType<string> {
  return z
    .string()
    .regex(/^[A-Za-z]\w*(\.[A-Za-z]\w*)*(\.\*)?$/, 'Expected a field like auth.token or headers.*');
}

function fieldSchema(z: typeof Zod): Zod.ZodType<string> {
  return z.string().regex(/^@?[A-Za-z]\w*(\.[A-Za-z]\w*)*$/, 'Expected a field like auth.token');
}
