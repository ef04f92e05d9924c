import { type ConfigProblem, fieldName } from './config-error.ts';
import { secretValues } from './secret-pattern.ts';
import { parseSecretReference } from './secret-reference.ts';
import { placeOf, type SourceConfig } from './source-config.ts';

/** Shown in place of a secret. */
export const HIDDEN = '********';

/** What is wrong with the secrets of a source: literals, and references that are not supported. */
export function secretProblems(source: SourceConfig): {
  readonly problems: ConfigProblem[];
  readonly warnings: string[];
} {
  const problems: ConfigProblem[] = [];
  const warnings: string[] = [];
  for (const { path: field, value } of secretValues(source.config, source.secrets)) {
    if (typeof value !== 'string') continue;
    const path = fieldName(['sources', source.name, ...field]);
    const reference = parseSecretReference(value);
    if (reference.kind === 'literal') {
      warnings.push(
        `${path} holds the secret itself. Better keep it out of the config: write env:NAME or file:PATH.`,
      );
    } else if (reference.kind === 'unsupported') {
      problems.push({
        ...placeOf(source.origin(field, 'value')),
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
  return secretValues(config, secrets).reduce((rest, { value }) => {
    const isLiteral =
      (typeof value === 'string' && parseSecretReference(value).kind === 'literal') ||
      typeof value === 'number';
    return isLiteral && value !== '' ? rest.replaceAll(String(value), HIDDEN) : rest;
  }, text);
}
