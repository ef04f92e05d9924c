import type { Scope } from '@context-sync/core';
import { ConnectorError } from '@context-sync/core';

import type { ScopeRow } from '../state/sources.ts';
import type { SourceRunInput } from './source-run.ts';

/** The scopes of this run: those that the service lists and the user selected. */
export function selectScopes(
  { options, runnable }: Pick<SourceRunInput, 'options' | 'runnable'>,
  rows: readonly ScopeRow[],
  listed: readonly Scope[],
): ScopeRow[] {
  const ids = new Set(listed.map(({ id }) => id));
  const present = rows.filter(({ scope_id }) => ids.has(scope_id));
  const wanted = options.select?.filter(({ source }) => source === runnable.name) ?? [];
  if (wanted.length === 0 || wanted.some(({ scope }) => scope === undefined)) return present;
  const isNamed = ({ slug }: ScopeRow, name = ''): boolean =>
    slug === name ||
    // As a user types it, unless there is one that is written so.
    (slug.toLowerCase() === name.toLowerCase() && !present.some((other) => other.slug === name));
  const unknown = wanted.find(({ scope }) => !present.some((row) => isNamed(row, scope)));
  if (unknown !== undefined) {
    throw new ConnectorError(
      'config',
      `The source ${runnable.name} has no scope ${unknown.scope ?? ''}.`,
      {
        hint: `It has: ${present.map(({ slug }) => slug).join(', ') || 'none'}. See: \`context-sync scopes ${runnable.name}\``,
      },
    );
  }
  return present.filter((row) => wanted.some(({ scope }) => isNamed(row, scope)));
}
