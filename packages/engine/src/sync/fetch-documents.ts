import type { CallContext, DeleteEvent, ErrorShape, FetchEvent } from '@context-sync/core';
import { ConnectorError } from '@context-sync/core';

import { findItem } from '../state/items.ts';
import { type ScopeRow, toScope } from '../state/sources.ts';
import { EventApplier, type ReadyEvent } from './apply-events.ts';
import { toIncoming } from './incoming-document.ts';
import type { Removed } from './prune.ts';
import { readContent } from './read-content.ts';
import type { SourceSession } from './source-session.ts';

/** What the service said of documents that were asked for one by one. */
export interface FetchedDocuments {
  readonly failures: ReadonlyMap<string, ErrorShape>;
  readonly removed: readonly Removed[];
  /** Ids the service does not know, or does not show. */
  readonly unanswered: ReadonlySet<string>;
  /** The scopes that the documents which came lie in, by document id. */
  readonly homes: ReadonlyMap<string, ScopeRow>;
  /** Why documents that are not mirrored do not belong into the mirror, by id. */
  readonly refused: ReadonlyMap<string, DeleteEvent['reason']>;
}

/**
 * Reads documents by their ids and stores what comes, content included, whatever revision is known.
 *
 * @throws ConnectorError when the connector cannot do that, or the service fails
 */
export async function fetchDocuments(
  source: SourceSession,
  { scope, generation }: { scope: ScopeRow; generation: number },
  ids: readonly string[],
): Promise<FetchedDocuments> {
  const { connector, session } = source;
  if (connector.fetch === undefined) {
    throw new ConnectorError('unsupported', `${source.name} cannot read single documents.`, {
      hint: `Type: \`context-sync sync ${source.name}\``,
    });
  }
  const failures = new Map<string, ErrorShape>();
  const removed: Removed[] = [];
  const unanswered = new Set(ids);
  const homes = new Map<string, ScopeRow>();
  const refused = new Map<string, DeleteEvent['reason']>();
  const call = source.call(scope.slug);
  for await (const event of connector.fetch(ids, toScope(scope), call)) {
    const ready = await read(source, event, call);
    unanswered.delete(idOf(event) ?? '');
    if (ready.type === 'failure' && ready.id !== undefined) failures.set(ready.id, ready.error);
    const home = event.type === 'upsert' ? (homeOf(source, event.scope) ?? scope) : scope;
    if (ready.type === 'upsert') homes.set(ready.document.id, home);
    if (
      event.type === 'delete' &&
      findItem(session.database, source.source, event.id) === undefined
    )
      refused.set(event.id, event.reason);
    const applier = new EventApplier(source, home, home === scope ? generation : home.generation);
    removed.push(...session.lock.transaction(() => applier.apply([ready]).removed));
  }
  return { failures, removed, unanswered, homes, refused };
}

/** Which document an answer is about; `undefined`: any of those that were asked for. */
export function idOf(event: FetchEvent): string | undefined {
  if (event.type === 'upsert') return event.document.id;
  return event.type === 'parts' ? event.of : event.id;
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

function read(
  source: SourceSession,
  event: FetchEvent,
  call: CallContext,
): ReadyEvent | Promise<ReadyEvent> {
  if (event.type !== 'upsert') return event;
  return readContent(source, toIncoming(event.document), event.document.content, call);
}
