import type { DeleteEvent, ErrorShape } from '@context-sync/core';
import { ConnectorError } from '@context-sync/core';

import { findItem } from '../state/items.ts';
import { throwIfFatal } from '../state/open-database.ts';
import type { ScopeRow } from '../state/sources.ts';
import { toErrorShape } from './error-shape.ts';
import { fetchDocuments } from './fetch-documents.ts';
import { fetchParts } from './fetch-parts.ts';
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
 * @throws ConnectorError when the source has no scope that a document could lie in
 */
export async function syncOnly(
  source: SourceSession,
  scopes: readonly ScopeRow[],
  { ids: names, withDescendants }: Only,
): Promise<SourceResult['scopes']> {
  const [first] = scopes;
  if (first === undefined) throw noScope(source);
  const ids = await findIds(source, first, names);
  const results: { result: ScopeResult; durationMs: number }[] = [];
  const homes = new Map<string, ScopeRow>();
  for (const [scope, group] of groupByScope(source, scopes, ids)) {
    const started = source.session.now();
    const result = await readGroup(source, scope, { ids: group, withDescendants }, homes);
    results.push({ result, durationMs: source.session.now() - started });
  }
  const asked = new Set(results.map(({ result }) => result.scope.id));
  const others = new Map([...homes.values()].map((scope) => [scope.id, scope]));
  for (const scope of others.values())
    if (!asked.has(scope.id)) results.push({ result: resultOf(scope), durationMs: 0 });
  const pruned = { removed: [], withheld: 0, warnings: [] };
  const ends = [];
  for (const { result, durationMs } of results) {
    const started = source.session.now();
    const found = idsIn(homes, result.scope);
    const whole = result.outcome === 'complete' ? await fetchParts(source, result, found) : result;
    ends.push({
      result: { ...whole, found: found.length },
      pruned,
      durationMs: durationMs + source.session.now() - started,
    });
  }
  return ends;
}

function idsIn(homes: ReadonlyMap<string, ScopeRow>, { id }: ScopeRow): string[] {
  return [...homes].flatMap(([document, home]) => (home.id === id ? document : []));
}

/** The documents that are meant, each once; a name that nobody knows stays as it is. */
async function findIds(
  session: SourceSession,
  { slug }: ScopeRow,
  names: readonly string[],
): Promise<readonly string[]> {
  const { connector, source } = session;
  const { database } = session.session;
  const unknown = names.filter((name) => findItem(database, source, name) === undefined);
  if (connector.findIds === undefined || unknown.length === 0) return names;
  const found = await connector.findIds(unknown, session.call(slug));
  return [...new Set(names.map((name) => found.get(name) ?? name))];
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

function resultOf(scope: ScopeRow): ScopeResult {
  return {
    scope,
    outcome: 'complete',
    failures: new Map(),
    removed: [],
    tainted: false,
    warnings: [],
    generation: scope.generation,
    reconciled: false,
  };
}

/** Reads the documents of one scope, and adds where each lies to `homes`. */
async function readGroup(
  source: SourceSession,
  scope: ScopeRow,
  { ids, withDescendants }: Only,
  homes: Map<string, ScopeRow>,
): Promise<ScopeResult> {
  const base = resultOf(scope);
  const failures = new Map<string, ErrorShape>();
  const removed: ScopeResult['removed'][number][] = [];
  try {
    const below = withDescendants ? await findBelow(source, scope, ids) : [];
    const all = [...ids, ...below];
    for (let at = 0; at < all.length; at += idsPerFetch) {
      const fetched = await fetchDocuments(source, base, all.slice(at, at + idsPerFetch));
      removed.push(...fetched.removed);
      for (const [id, home] of fetched.homes) homes.set(id, home);
      for (const [id, error] of fetched.failures) failures.set(id, error);
      // What lies below may be of a kind that is not mirrored; only what was asked for must be there.
      for (const id of ids) {
        const reason = fetched.refused.get(id);
        if (fetched.unanswered.has(id)) failures.set(id, notFound(source, id));
        else if (reason !== undefined) failures.set(id, notMirrored(source, id, reason));
      }
    }
    return { ...base, removed, failures };
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
      hint: `Leave out --with-descendants, or type: \`context-sync sync ${name}\``,
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

function noScope({ name }: SourceSession): ConnectorError {
  return new ConnectorError('not_found', `${name} has nothing that a document could lie in.`, {
    hint: `See what it offers: \`context-sync scopes ${name} --all\``,
  });
}

function notFound({ name }: SourceSession, id: string): ErrorShape {
  return {
    code: 'not_found',
    message: `${name} has no document ${id}, or the account may not read it.`,
    hint: 'Check the id or address. What is mirrored of it stays until a whole sync.',
  };
}

function notMirrored(
  { name }: SourceSession,
  id: string,
  reason: DeleteEvent['reason'],
): ErrorShape {
  const isElsewhere = reason === 'moved-out';
  return {
    code: 'not_found',
    message: isElsewhere
      ? `The document ${id} is not in what the config selects of ${name}.`
      : `The document ${id} of ${name} is not there any more (${reason}).`,
    hint: isElsewhere
      ? `See what is selected: \`context-sync scopes ${name}\``
      : 'Check the id or address.',
  };
}
