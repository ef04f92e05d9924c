import type { ErrorShape } from '@context-sync/core';
import { ConnectorError } from '@context-sync/core';

import { findItem } from '../state/items.ts';
import { throwIfFatal } from '../state/open-database.ts';
import type { ScopeRow } from '../state/sources.ts';
import { toErrorShape } from './error-shape.ts';
import { fetchDocuments } from './fetch-documents.ts';
import type { ScopeResult } from './scope-run.ts';
import type { SourceResult } from './source-run.ts';
import type { SourceSession } from './source-session.ts';

/** Ids asked of the service in one call. */
const idsPerFetch = 500;

/** The documents that a user asks for. */
export interface Only {
  readonly ids: readonly string[];
  readonly withDescendants: boolean;
}

/**
 * Reads single documents. Lists nothing, prunes nothing, moves no cursor.
 *
 * @throws ConnectorError `unsupported` when the connector cannot tell what lies below a document
 */
export async function syncOnly(
  source: SourceSession,
  scopes: readonly ScopeRow[],
  { ids, withDescendants }: Only,
): Promise<SourceResult['scopes']> {
  const done: SourceResult['scopes'][number][] = [];
  for (const [scope, group] of groupByScope(source, scopes, ids)) {
    const started = source.session.now();
    const result = await readGroup(source, scope, { ids: group, withDescendants });
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

async function readGroup(source: SourceSession, scope: ScopeRow, only: Only): Promise<ScopeResult> {
  const { generation } = scope;
  const base = { scope, generation, tainted: false, warnings: [], reconciled: false };
  const failures = new Map<string, ErrorShape>();
  const removed: ScopeResult['removed'][number][] = [];
  const { ids } = only;
  try {
    const all = only.withDescendants ? [...ids, ...(await findBelow(source, scope, ids))] : ids;
    for (let at = 0; at < all.length; at += idsPerFetch) {
      const batch = all.slice(at, at + idsPerFetch);
      const fetched = await fetchDocuments(source, { scope, generation }, batch);
      removed.push(...fetched.removed);
      for (const [id, error] of fetched.failures) failures.set(id, error);
      // What lies below may be of a kind that is not mirrored.
      for (const id of ids) if (fetched.unanswered.has(id)) failures.set(id, notFound(source, id));
    }
    return { ...base, outcome: 'complete', removed, failures };
  } catch (error) {
    throwIfFatal(error, source.session.root);
    const outcome = source.signal.aborted ? 'cancelled' : 'failed';
    return { ...base, outcome, removed, failures, error: toErrorShape(error) };
  }
}

/** The ids of everything below these documents, but not of themselves. */
async function findBelow(
  source: SourceSession,
  scope: ScopeRow,
  ids: readonly string[],
): Promise<Set<string>> {
  const { connector, name } = source;
  if (connector.descendants === undefined) {
    throw new ConnectorError('unsupported', `${name} cannot tell what lies below a document.`, {
      hint: `Leave out --with-descendants, or type: context-sync sync ${name}`,
    });
  }
  const found = new Set<string>();
  for (const id of ids) {
    try {
      for await (const page of connector.descendants(id, source.call(scope.slug)))
        for (const each of page) found.add(each);
    } catch (error) {
      // Asking for the document itself says so better.
      if (!ConnectorError.is(error) || error.code !== 'not_found') throw error;
    }
  }
  for (const id of ids) found.delete(id);
  return found;
}

function notFound({ name }: SourceSession, id: string): ErrorShape {
  return {
    code: 'not_found',
    message: `${name} has no document ${id}, or the account may not read it.`,
    hint: 'Check the id or address. What is mirrored of it stays until a whole sync.',
  };
}
