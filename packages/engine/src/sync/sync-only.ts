import type { ErrorShape } from '@context-sync/core';

import { findItem } from '../state/items.ts';
import { throwIfFatal } from '../state/open-database.ts';
import type { ScopeRow } from '../state/sources.ts';
import { toErrorShape } from './error-shape.ts';
import { fetchDocuments } from './fetch-documents.ts';
import type { ScopeResult } from './scope-run.ts';
import type { SourceResult } from './source-run.ts';
import type { SourceSession } from './source-session.ts';

/** Reads single documents. Lists nothing, prunes nothing, moves no cursor. */
export async function syncOnly(
  source: SourceSession,
  scopes: readonly ScopeRow[],
  ids: readonly string[],
): Promise<SourceResult['scopes']> {
  const done: SourceResult['scopes'][number][] = [];
  for (const [scope, group] of groupByScope(source, scopes, ids)) {
    const started = source.session.now();
    const result = await readGroup(source, scope, group);
    const durationMs = source.session.now() - started;
    done.push({ result, pruned: { removed: [], withheld: 0 }, durationMs });
  }
  return done;
}

/** A known document goes with the scope it lies in, another with the first one. */
function groupByScope(
  { session, source }: SourceSession,
  scopes: readonly ScopeRow[],
  ids: readonly string[],
): Map<ScopeRow, string[]> {
  const groups = new Map<ScopeRow, string[]>();
  for (const id of ids) {
    const known = findItem(session.database, source, id)?.scope;
    const scope = scopes.find((row) => row.id === known) ?? scopes[0];
    if (scope !== undefined) groups.set(scope, [...(groups.get(scope) ?? []), id]);
  }
  return groups;
}

async function readGroup(
  source: SourceSession,
  scope: ScopeRow,
  ids: readonly string[],
): Promise<ScopeResult> {
  const { generation } = scope;
  const base = { scope, generation, tainted: false, warnings: [], reconciled: false };
  try {
    const { failures, removed, unanswered } = await fetchDocuments(
      source,
      { scope, generation },
      ids,
    );
    const missing = [...unanswered].map((id): [string, ErrorShape] => [id, notFound(source, id)]);
    return { ...base, outcome: 'complete', removed, failures: new Map([...failures, ...missing]) };
  } catch (error) {
    throwIfFatal(error, source.session.root);
    const outcome = source.signal.aborted ? 'cancelled' : 'failed';
    return { ...base, outcome, removed: [], failures: new Map(), error: toErrorShape(error) };
  }
}

function notFound({ name }: SourceSession, id: string): ErrorShape {
  return {
    code: 'not_found',
    message: `${name} has no document ${id}, or the account may not read it.`,
    hint: 'Check the id or address. What is mirrored of it stays until a whole sync.',
  };
}
