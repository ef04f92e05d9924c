import type { ConfigProblem } from './config-error.ts';
import { parseSecretReference } from './secret-reference.ts';
import { fieldValue, placeOf, type SourceConfig } from './source-config.ts';

/** Shown in place of a secret. */
export const HIDDEN = '********';

/** What is wrong with the secrets of a source: literals, and references that are not supported. */
export function secretProblems(source: SourceConfig): {
  readonly problems: ConfigProblem[];
  readonly warnings: string[];
} {
  const problems: ConfigProblem[] = [];
  const warnings: string[] = [];
  for (const field of source.secrets) {
    const value = fieldValue(source.config, field.split('.'));
    if (typeof value !== 'string') continue;
    const path = `sources.${source.name}.${field}`;
    const reference = parseSecretReference(value);
    if (reference.kind === 'literal') {
      warnings.push(
        `${path} holds the secret itself. Better keep it out of the config: write env:NAME or file:PATH.`,
      );
    } else if (reference.kind === 'unsupported') {
      problems.push({
        ...placeOf(source.origin(field.split('.'), 'value')),
        path,
        message: `References that begin with ${reference.scheme}: are not supported yet`,
        hint: 'write env:NAME or file:PATH',
      });
    }
  }
  return { problems, warnings };
}

/** A text without the secrets that a config holds literally. */
export function hideSecrets(text: string, config: unknown, secrets: readonly string[]): string {
  return secrets.reduce((rest, field) => {
    const value = fieldValue(config, field.split('.'));
    const isLiteral =
      (typeof value === 'string' && parseSecretReference(value).kind === 'literal') ||
      typeof value === 'number';
    return isLiteral && value !== '' ? rest.replaceAll(String(value), HIDDEN) : rest;
  }, text);
}
