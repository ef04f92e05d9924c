import type { Content, FailureEvent, SyncEvent, UpsertEvent } from '@context-sync/core';
import { ConnectorError } from '@context-sync/core';

import {
  findItem,
  type IncomingDocument,
  patchDocument,
  type StoredChange,
  storeDocument,
} from '../state/documents.ts';
import { linkKey } from '../state/link-keys.ts';
import { leaveScope, markSeen, placeInScopes, removeItem, staleLayout } from '../state/members.ts';
import { touchKeys, touchReferrers } from '../state/references.ts';
import type { ScopeRow } from '../state/sources.ts';
import {
  assertDocument,
  assertDocumentId,
  clean,
  cleanContent,
  cleanLine,
  cleanObject,
  cleanTime,
} from './document-text.ts';
import { clearFailure, recordFailure } from './failures.ts';
import type { SourceSession } from './source-session.ts';

/** An event whose content has been read. */
export type ReadyEvent =
  | Exclude<SyncEvent, UpsertEvent>
  | { readonly type: 'upsert'; readonly document: IncomingDocument };

/** What applying a batch did, for the counts of its scope. */
export interface Applied {
  readonly seen: number;
  readonly removed: readonly {
    readonly id: string;
    readonly title: string;
    readonly path: string | null;
  }[];
}

/** Checks and cleans a document and decides whether its content has to be read. */
export function prepareDocument(
  source: SourceSession,
  event: UpsertEvent,
): { document: IncomingDocument; read: UpsertEvent['document']['content'] | undefined } {
  const { document } = event;
  assertDocument(document);
  const known = source.session.database.get<{ revision: string | null }>(
    'SELECT revision FROM items WHERE source = ? AND doc_id = ? AND render = ?',
    source.source,
    document.id,
    source.render,
  );
  const isKnown = known?.revision === document.revision && !source.full;
  const { content, ...header } = document;
  return { document: cleanDocument(header), read: isKnown ? undefined : content };
}

function cleanDocument(document: Omit<UpsertEvent['document'], 'content'>): IncomingDocument {
  return {
    ...document,
    placement: document.placement ?? 'file',
    kind: clean(document.kind),
    title: cleanLine(document.title),
    ...(typeof document.slug === 'string' ? { slug: cleanLine(document.slug) } : {}),
    ...cleanHeader(document),
  };
}

/** The header fields that are there, cleaned. */
function cleanHeader(
  header: IncomingDocument | Omit<UpsertEvent['document'], 'content'> | object,
): object {
  const given = header as Partial<IncomingDocument>;
  return {
    ...(given.createdAt === undefined ? {} : { createdAt: cleanTime(given.createdAt) }),
    ...(given.updatedAt === undefined ? {} : { updatedAt: cleanTime(given.updatedAt) }),
    ...(given.labels === undefined ? {} : { labels: given.labels.map(cleanLine) }),
    ...(given.aliases === undefined ? {} : { aliases: given.aliases.map(clean) }),
    ...(given.metadata === undefined ? {} : { metadata: cleanObject(given.metadata) }),
    ...(given.author === undefined || given.author === null
      ? {}
      : { author: { ...given.author, name: cleanLine(given.author.name) } }),
    ...(typeof given.url === 'string' ? { url: cleanLine(given.url) } : {}),
  };
}

export function withContent(document: IncomingDocument, content: Content): IncomingDocument {
  return { ...document, content: cleanContent(content) };
}

/** Applies a batch of events inside a transaction of the caller. Applying it twice changes nothing. */
export class EventApplier {
  readonly #source: SourceSession;
  readonly #scope: ScopeRow;
  readonly #generation: number;

  constructor(source: SourceSession, scope: ScopeRow, generation: number) {
    this.#source = source;
    this.#scope = scope;
    this.#generation = generation;
  }

  apply(events: readonly ReadyEvent[]): Applied {
    const { database } = this.#source.session;
    const changes: StoredChange[] = [];
    const seen: number[] = [];
    const removed: { id: string; title: string; path: string | null }[] = [];
    const flush = (): void => {
      // Later events of the batch may look at members and places.
      markSeen(database, this.#scope.id, this.#generation, seen);
      placeInScopes(database, seen.splice(0));
    };
    let count = 0;
    for (const event of events) {
      switch (event.type) {
        case 'upsert': {
          const change = this.#store(event.document);
          changes.push(change);
          seen.push(change.item);
          count += 1;
          break;
        }
        case 'seen':
          for (const id of event.ids) seen.push(...this.#rowId(id));
          count += event.ids.length;
          break;
        case 'patch': {
          const change = patchDocument(database, this.#source.source, event.id, {
            ...event.header,
            ...cleanHeader(event.header),
          });
          if (change !== undefined) changes.push(change);
          break;
        }
        case 'failure':
          seen.push(...this.#fail(event));
          break;
        case 'delete':
          flush();
          removed.push(...this.#delete(event));
          break;
        case 'people':
          this.#storePeople(event.people);
          break;
        default:
          break;
      }
    }
    flush();
    this.#spread(changes);
    return { seen: count, removed };
  }

  #store(document: IncomingDocument): StoredChange {
    const { session, source, render } = this.#source;
    const change = storeDocument(session.database, source, render, document);
    if (document.content !== undefined) clearFailure(session.database, source, document.id);
    return change;
  }

  #rowId(id: string): number[] {
    const item = findItem(this.#source.session.database, this.#source.source, id);
    return item === undefined ? [] : [item.id];
  }

  #fail(event: FailureEvent): number[] {
    if (event.id === undefined) return [];
    assertDocumentId(event.id);
    const { session, source } = this.#source;
    recordFailure(session.database, {
      source,
      scope: this.#scope.id,
      id: event.id,
      error: event.error,
      now: session.now(),
    });
    // A document that failed is there all the same.
    return this.#rowId(event.id);
  }

  #delete(
    event: Extract<SyncEvent, { type: 'delete' }>,
  ): { id: string; title: string; path: string | null }[] {
    const { session, source } = this.#source;
    const { database } = session;
    const item = findItem(database, source, event.id);
    if (item === undefined) return [];
    const scopes =
      event.reason === 'moved-out'
        ? [{ scope: this.#scope.id }]
        : database.all<{ scope: number }>('SELECT scope FROM members WHERE item = ?', item.id);
    let gone = false;
    for (const { scope } of scopes)
      gone = leaveScope(database, scope, [item.id]).length > 0 || gone;
    if (!gone) return [];
    removeItem(database, item, event.reason === 'no-access' ? 'purge' : 'trash');
    return item.placement === 'file'
      ? [{ id: item.doc_id, title: item.title, path: item.live }]
      : [];
  }

  #storePeople(people: Extract<SyncEvent, { type: 'people' }>['people']): void {
    const { database } = this.#source.session;
    for (const { id, name } of people) {
      const changed = database.run(
        `INSERT INTO people(source, id, name) VALUES(?, ?, ?)
         ON CONFLICT(source, id) DO UPDATE SET name = excluded.name WHERE name <> excluded.name`,
        this.#source.source,
        id,
        cleanLine(name),
      );
      if (changed === 0) continue;
      touchKeys(database, [linkKey.person(this.#source.source, id)]);
      database.run(
        `UPDATE items SET dirty = 1 WHERE source = ? AND json_extract(header, '$.author.id') = ?`,
        this.#source.source,
        id,
      );
    }
  }

  /** Marks what follows from the changes: layouts, and documents that show the changed ones. */
  #spread(changes: readonly StoredChange[]): void {
    const { database } = this.#source.session;
    const visible = changes.filter((change) => change.visible).map(({ item }) => item);
    touchReferrers(database, visible);
    if (changes.some((change) => change.moved)) {
      const moved = JSON.stringify(
        changes.filter((change) => change.moved).map(({ item }) => item),
      );
      const scopes = database.all<{ scope: number }>(
        'SELECT DISTINCT scope FROM items WHERE scope IS NOT NULL AND id IN (SELECT value FROM json_each(?))',
        moved,
      );
      for (const { scope } of scopes) staleLayout(database, scope);
    }
  }
}

/** What a thunk that threw means for its document; others end the scope. */
export function contentFailure(id: string, error: unknown): FailureEvent | undefined {
  if (!ConnectorError.is(error))
    return {
      type: 'failure',
      id,
      error: { code: 'bug', message: error instanceof Error ? error.message : String(error) },
    };
  if (error.code === 'auth' || error.code === 'cancelled' || error.code === 'rate_limited')
    return undefined;
  const { code, message, hint, status } = error;
  return {
    type: 'failure',
    id,
    error: {
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(status === undefined ? {} : { status }),
    },
  };
}
