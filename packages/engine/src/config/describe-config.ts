import { isRecord } from '../discovery/package-file.ts';
import { fieldName } from './config-error.ts';
import type { Project } from './project.ts';
import { HIDDEN } from './secret-fields.ts';
import { isSecretField } from './secret-pattern.ts';
import { parseSecretReference } from './secret-reference.ts';
import type { FieldOrigin, SourceConfig } from './source-config.ts';

/** The configuration as it is used, without secrets, for `config print`. */
export interface ConfigDescription {
  readonly configFile?: string;
  readonly root: string;
  readonly sources: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Field, e.g. `sources.wiki.baseUrl`, to where it comes from: `file:line:column`, a variable, `default`. */
  readonly provenance: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
}

/** A connector that is not known yet may have secrets of any of these names. */
const SECRET_NAME = /token|secret|passw|passphrase|credential|cookie|api_?key|private_?key/i;

/** The configuration with secrets blanked, and where each field comes from. */
export function describeConfig(project: Project): ConfigDescription {
  const { configFile, root, rootFrom, sources, warnings } = project;
  const described = sources.map((source) => [source.name, describeSource(source)] as const);
  const provenance = described.flatMap(([name, fields], index) =>
    leaves(fields).map((path) => {
      const origin = sources[index]?.origin(path.map(writtenName)) ?? { from: 'default' };
      return [fieldName(['sources', name, ...path]), originText(origin)];
    }),
  );
  return {
    ...(configFile === undefined ? {} : { configFile }),
    root,
    sources: Object.fromEntries(described),
    provenance: Object.fromEntries([['root', rootFrom], ...provenance]),
    warnings,
  };
}

function describeSource(source: SourceConfig): Readonly<Record<string, unknown>> {
  const { type, connectorReference, enabled, limits, maxDelete, reconcileEveryMs, durability } =
    source;
  const { output, full, dir, secrets } = source;
  const engine = { enabled, limits, maxDelete, reconcileEveryMs, durability, output, full, dir };
  const isNamed = connectorReference.name === type;
  return {
    type,
    ...(isNamed ? {} : { connector: connectorReference.name }),
    ...Object.fromEntries(Object.entries(engine).filter(([, value]) => value !== undefined)),
    ...(redact(source.config, '', secrets) as Readonly<Record<string, unknown>>),
  };
}

function redact(value: unknown, field: string, secrets: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => redact(item, field, secrets));
  if (isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [
        key,
        redact(member, field === '' ? key : `${field}.${key}`, secrets),
      ]),
    );
  }
  const isSecret = isSecretField(field, secrets) || hasSecretName(field);
  if (typeof value === 'string') return isSecret ? redactText(value) : withoutLogin(value);
  return isSecret && typeof value === 'number' ? HIDDEN : value;
}

function hasSecretName(field: string): boolean {
  // Whatever a header is called, it may be what lets a request in.
  return SECRET_NAME.test(field.slice(field.lastIndexOf('.') + 1)) || /(^|\.)headers\./.test(field);
}

function redactText(value: string): string {
  return parseSecretReference(value).kind === 'literal' ? HIDDEN : value;
}

function withoutLogin(text: string): string {
  return text.replace(/\/\/[^/@\s]*@/, `//${HIDDEN}@`);
}

/** The engine keeps a duration in milliseconds under a name of its own. */
function writtenName(key: string): string {
  return key === 'reconcileEveryMs' ? 'reconcileEvery' : key;
}

function leaves(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (!isRecord(value)) return [path];
  return Object.entries(value).flatMap(([key, member]) => leaves(member, [...path, key]));
}

function originText(origin: FieldOrigin): string {
  if (origin.from === 'default') return 'default';
  if (origin.from === 'environment') return origin.variable;
  const { file, line, column } = origin;
  return [file, line, column].filter((part) => part !== undefined).join(':');
}
