import type { EnvironmentName } from '../discovery/manifest.ts';
import { outputFormats } from '../output-format.ts';
import type { ConfigProblem } from './config-error.ts';
import { isSecretField } from './secret-pattern.ts';

/** The value of a variable, for one config field or one field of the engine. */
export interface EnvironmentValue {
  /** The name that is set: the variable or one of its aliases. */
  readonly variable: string;
  /** e.g. `auth.token`, `@limits.timeoutMs`. */
  readonly field: string;
  readonly value: unknown;
  /** Fields and variables beside which it is not used. */
  readonly unless: readonly string[];
}

/** What the environment says to a connector. */
export interface EnvironmentReading {
  readonly values: readonly EnvironmentValue[];
  readonly problems: readonly ConfigProblem[];
  readonly warnings: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the variables that a connector's manifest lists. Secrets become references to them. */
export function readEnvironment(
  { environment, secrets }: { environment: readonly EnvironmentName[]; secrets: readonly string[] },
  env: Environment,
): EnvironmentReading {
  const values: EnvironmentValue[] = [];
  const problems: ConfigProblem[] = [];
  const warnings: string[] = [];
  for (const entry of environment) {
    const { field, unless = [] } = entry;
    const set = setVariable(entry, env);
    if (set === undefined) continue;
    const [variable, text] = set;
    if (field === undefined) {
      warnings.push(`${variable} is set and does nothing: ${entry.ignored ?? 'it is not known'}.`);
    } else if (isSecretField(field, secrets)) {
      values.push({ variable, field, unless, value: `env:${variable}` });
    } else {
      const read = readValue(text, entry);
      if ('fault' in read) problems.push({ path: variable, message: read.fault });
      else values.push({ variable, field, unless, value: read.value });
    }
  }
  return { values, problems, warnings };
}

/** Tells whether the environment alone makes a source of a connector. */
export function isConfiguredBy(environment: readonly EnvironmentName[], env: Environment): boolean {
  const required = environment.filter((entry) => entry.required === true);
  return required.length > 0 && required.every((entry) => setVariable(entry, env) !== undefined);
}

/** The variable of an entry that is set, and its text. Blank counts as not set. */
function setVariable(
  { name, aliases = [], absent = [] }: EnvironmentName,
  env: Environment,
): readonly [variable: string, text: string] | undefined {
  for (const variable of [name, ...aliases]) {
    const text = env[variable]?.trim() ?? '';
    if (text !== '' && !absent.includes(text.toLowerCase())) return [variable, text];
  }
  return undefined;
}

type Reading = { readonly value: unknown } | { readonly fault: string };

/** The values that fields of the engine can have. */
const fieldWords: Readonly<Record<string, readonly string[]>> = { '@output': outputFormats };

function readValue(
  text: string,
  { field = '', as = 'text', words = [] }: EnvironmentName,
): Reading {
  const choices = fieldWords[field];
  if (choices !== undefined) return readWord(text, choices);
  if (as === 'text' || words.includes(text)) return { value: text };
  if (as === 'list')
    return {
      value: text
        .split(',')
        .map((item) => item.trim())
        .filter(Boolean),
    };
  if (as === 'boolean' || as === 'switch') {
    const read = readBoolean(text);
    return as === 'switch' && 'fault' in read ? { value: text } : read;
  }
  const number = Number(text);
  if (!Number.isFinite(number) || number < 0)
    return { fault: `Expected a number, e.g. 30, got "${text}"` };
  return { value: as === 'seconds' ? number * 1000 : number };
}

function readWord(text: string, choices: readonly string[]): Reading {
  const value = text.toLowerCase();
  if (choices.includes(value)) return { value };
  return { fault: `Expected ${choices.join(' or ')}, got "${text}"` };
}

function readBoolean(text: string): Reading {
  if (/^(true|1|yes|on)$/i.test(text)) return { value: true };
  if (/^(false|0|no|off)$/i.test(text)) return { value: false };
  return { fault: `Expected true or false, got "${text}"` };
}
