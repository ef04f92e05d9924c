import { closest } from './closest.ts';
import { type ConfigProblem, fieldName } from './config-error.ts';
import { hideSecrets } from './secret-fields.ts';
import { isSecretField, touchesSecret } from './secret-pattern.ts';
import { type FieldOrigin, fieldValue, placeOf } from './source-config.ts';

/** What a schema of any library says; zod adds what kind of fault it is. */
export interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly code?: string;
  /** Keys that the schema does not know. */
  readonly keys?: readonly string[];
  /** The type that the schema wants. */
  readonly expected?: string;
}

/** What a schema looked at, so that its issues become problems with a place. */
export interface IssueContext {
  /** Path of `value` in the config, e.g. `['sources', 'wiki']`. */
  readonly at: readonly PropertyKey[];
  readonly value: unknown;
  /** Origin of a field by its path below `at`. */
  readonly origin: (path: readonly PropertyKey[], part: 'key' | 'value') => FieldOrigin;
  /** The keys that are known at a path below `at`, for did-you-mean. */
  readonly knownKeys?: (path: readonly PropertyKey[]) => readonly string[];
  /** Dotted fields below `at` whose values are never shown. */
  readonly secrets?: readonly string[];
  /** The variable that fills a dotted field. */
  readonly variables?: Readonly<Record<string, string>>;
}

const LONGEST_VALUE = 60;

/** The problems behind the issues of a schema. */
export function toProblems(issues: readonly SchemaIssue[], context: IssueContext): ConfigProblem[] {
  return issues.flatMap((issue) => {
    const path = (issue.path ?? []).map((key) => (typeof key === 'object' ? key.key : key));
    if (issue.keys === undefined) return [valueProblem(issue, path, context)];
    return issue.keys.map((key) => unknownKey(key, path, context));
  });
}

function unknownKey(
  key: string,
  path: readonly PropertyKey[],
  context: IssueContext,
): ConfigProblem {
  const meant = closest(key, context.knownKeys?.(path) ?? []);
  return {
    ...placeOf(context.origin([...path, key], 'key')),
    path: fieldName([...context.at, ...path, key]),
    message: 'Unknown key',
    ...(meant === undefined ? {} : { hint: `did you mean ${meant}?` }),
  };
}

function valueProblem(
  issue: SchemaIssue,
  path: readonly PropertyKey[],
  context: IssueContext,
): ConfigProblem {
  const value = fieldValue(context.value, path);
  const origin = context.origin(path, 'value');
  const isMissing = value === undefined || value === null;
  const hint = isMissing
    ? variableHint(path, context)
    : (originHint(origin) ?? listHint(issue, path, value, context));
  return {
    ...placeOf(origin),
    path: fieldName([...context.at, ...path]),
    message: isMissing ? missingMessage(issue) : presentMessage(issue, path, value, context),
    ...(hint === undefined ? {} : { hint }),
  };
}

function missingMessage({ code, message }: SchemaIssue): string {
  const isPlain = code === 'invalid_type' || message.startsWith('Invalid input');
  return isPlain ? 'This is missing' : `This is missing: ${message}`;
}

function presentMessage(
  issue: SchemaIssue,
  path: readonly PropertyKey[],
  value: unknown,
  context: IssueContext,
): string {
  if (isTypeIssue(issue)) return typeMessage(issue, value);
  const message = hideSecrets(issue.message, context.value, context.secrets ?? []);
  const isShown = typeof value === 'string' && !message.includes(value) && !isSecret(path, context);
  if (!isShown || value.length > LONGEST_VALUE) return message;
  return `${message} (${JSON.stringify(withoutLogin(value))})`;
}

/** An issue that says no more than that the type is wrong; a text of the schema's own says more. */
function isTypeIssue({ code, expected, message }: SchemaIssue): boolean {
  return code === 'invalid_type' && expected !== undefined && message.startsWith('Invalid input');
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'a group of fields',
  record: 'a group of fields',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

function typeMessage({ expected = '' }: SchemaIssue, value: unknown): string {
  const given = Array.isArray(value) ? 'array' : typeof value;
  return `Expected ${TYPE_NAMES[expected] ?? expected}, got ${TYPE_NAMES[given] ?? given}`;
}

function listHint(
  issue: SchemaIssue,
  path: readonly PropertyKey[],
  value: unknown,
  context: IssueContext,
): string | undefined {
  const isList = isTypeIssue(issue) && issue.expected === 'array';
  if (!isList || typeof value !== 'string' || isSecret(path, context)) return undefined;
  return `write: ${String(path.at(-1))}: [${value}]`;
}

function variableHint(
  path: readonly PropertyKey[],
  { variables = {}, secrets = [], at }: IssueContext,
): string | undefined {
  const field = path.map(String).join('.');
  const variable = variables[field];
  if (variable === undefined) {
    const inside = Object.entries(variables).filter(([name]) => name.startsWith(`${field}.`));
    return inside.length === 0 ? undefined : `set ${inside.map(([, name]) => name).join(' and ')}`;
  }
  const value = isSecretField(field, secrets) ? `env:${variable}` : '…';
  return `set ${variable}, or write ${fieldName([...at, ...path])}: ${value}`;
}

function originHint(origin: FieldOrigin): string | undefined {
  return origin.from === 'environment'
    ? `it comes from the variable ${origin.variable}`
    : undefined;
}

function isSecret(path: readonly PropertyKey[], { secrets = [] }: IssueContext): boolean {
  return touchesSecret(path.map(String).join('.'), secrets);
}

function withoutLogin(text: string): string {
  return text.replace(/\/\/[^/@\s]*@/, '//********@');
}
