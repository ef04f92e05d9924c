import type { ErrorShape, FetchEvent } from '@context-sync/core';
import { ConnectorError } from '@context-sync/core';

import { findItem } from '../state/items.ts';
import { type ScopeRow, toScope } from '../state/sources.ts';
import { EventApplier, type ReadyEvent } from './apply-events.ts';
import { toErrorShape } from './error-shape.ts';
import { contentFailure, toIncoming, withContent } from './incoming-document.ts';
import type { ScopeResult } from './scope-run.ts';
import type { SourceResult } from './source-run.ts';
import type { SourceSession } from './source-session.ts';

/** Reads single documents. Lists nothing, prunes nothing, moves no cursor. */
export async function syncOnly(
  source: SourceSession,
  scopes: readonly ScopeRow[],
  ids: readonly string[],
): Promise<SourceResult['scopes']> {
  if (ids.length === 0 || scopes.length === 0) return [];
  const { connector } = source;
  if (connector.fetch === undefined) {
    throw new ConnectorError(
      'unsupported',
      `The connector of ${source.name} cannot read single documents.`,
      {
        hint: `Type: context-sync sync ${source.name}`,
      },
    );
  }
  const done: SourceResult['scopes'][number][] = [];
  for (const [scope, group] of groupByScope(source, scopes, ids)) {
    const started = source.session.now();
    const events = connector.fetch(group, toScope(scope), source.call(scope.slug));
    const result = await fetchInto(source, scope, group, events);
    done.push({
      result,
      pruned: { removed: [], withheld: 0 },
      durationMs: source.session.now() - started,
    });
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

async function fetchInto(
  source: SourceSession,
  scope: ScopeRow,
  ids: readonly string[],
  events: AsyncIterable<FetchEvent>,
): Promise<ScopeResult> {
  const failures = new Map<string, ErrorShape>();
  const removed: ScopeResult['removed'][number][] = [];
  const base = {
    scope,
    failures,
    removed,
    tainted: false,
    warnings: [],
    generation: scope.generation,
    reconciled: false,
  };
  try {
    const unanswered = new Set(ids);
    for await (const event of events) {
      const ready = await read(source, event);
      unanswered.delete(event.type === 'upsert' ? event.document.id : (event.id ?? ''));
      if (ready.type === 'failure' && ready.id !== undefined) failures.set(ready.id, ready.error);
      const home =
        ready.type === 'upsert' && event.type === 'upsert'
          ? (homeOf(source, event.scope) ?? scope)
          : scope;
      source.session.lock.transaction(() =>
        removed.push(...new EventApplier(source, home, home.generation).apply([ready]).removed),
      );
    }
    for (const id of unanswered) failures.set(id, notFound(source, id));
    return { ...base, outcome: 'complete' };
  } catch (error) {
    return {
      ...base,
      outcome: source.signal.aborted ? 'cancelled' : 'failed',
      error: toErrorShape(error),
    };
  }
}

function notFound({ name }: SourceSession, id: string): ErrorShape {
  return {
    code: 'not_found',
    message: `${name} has no document ${id}, or the account may not read it.`,
    hint: 'Check the id or address. What is mirrored of it stays until a whole sync.',
  };
}

function homeOf(
  { session, source }: SourceSession,
  scope: string | undefined,
): ScopeRow | undefined {
  if (scope === undefined) return undefined;
  return session.database.get<ScopeRow>(
    'SELECT * FROM scopes WHERE source = ? AND scope_id = ?',
    source,
    scope,
  );
}

async function read(source: SourceSession, event: FetchEvent): Promise<ReadyEvent> {
  if (event.type !== 'upsert') return event;
  const document = toIncoming(event.document);
  const { content } = event.document;
  try {
    // Asked for by name: read even if the revision is known.
    return {
      type: 'upsert',
      document: withContent(
        document,
        typeof content === 'function' ? await content(source.call('')) : content,
      ),
    };
  } catch (error) {
    const failure = contentFailure(document.id, error);
    if (failure === undefined) throw error;
    return failure;
  }
}
