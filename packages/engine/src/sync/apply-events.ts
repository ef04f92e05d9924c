import type { SyncEvent, UpsertEvent } from '@context-sync/core';

import { patchDocument, type StoredChange, storeDocuments } from '../state/documents.ts';
import { findItem, findRowIds } from '../state/items.ts';
import { linkKey } from '../state/link-keys.ts';
import {
  leaveOtherScopes,
  leaveScope,
  markSeen,
  placeInScopes,
  removeItem,
  staleLayout,
} from '../state/members.ts';
import { removeOtherParts } from '../state/parts.ts';
import { touchKeys, touchReferrers } from '../state/references.ts';
import type { ScopeRow } from '../state/sources.ts';
import type { IncomingDocument } from '../state/stored-header.ts';
import { assertDocumentId, cleanLine } from './document-text.ts';
import { clearFailures, recordFailure } from './failures.ts';
import { cleanHeader } from './incoming-document.ts';
import type { FailedContent } from './read-content.ts';
import type { SourceSession } from './source-session.ts';

/** An event whose content has been read. */
export type ReadyEvent =
  | Exclude<SyncEvent, UpsertEvent>
  | FailedContent
  | { readonly type: 'upsert'; readonly document: IncomingDocument };

/** What applying a batch did, for the counts of its scope. */
export interface Applied {
  readonly seen: number;
  readonly removed: readonly Removed[];
}

interface Removed {
  readonly id: string;
  readonly title: string;
  readonly path: string | null;
}

/** Applies a batch of events inside a transaction of the caller. Applying it twice changes nothing. */
export class EventApplier {
  readonly #source: SourceSession;
  readonly #scope: ScopeRow;
  readonly #generation: number;
  /** Documents that are stored together, by id: before the next event that may look at them. */
  readonly #waiting = new Map<string, IncomingDocument>();
  #changes: StoredChange[] = [];
  #seen: number[] = [];

  constructor(source: SourceSession, scope: ScopeRow, generation: number) {
    this.#source = source;
    this.#scope = scope;
    this.#generation = generation;
  }

  apply(events: readonly ReadyEvent[]): Applied {
    this.#forget();
    const removed: Removed[] = [];
    let seen = 0;
    for (const event of events) {
      if (event.type === 'upsert') {
        if (this.#waiting.has(event.document.id)) this.#store();
        this.#waiting.set(event.document.id, event.document);
        seen += 1;
      } else {
        if (event.type === 'seen') seen += event.ids.length;
        removed.push(...this.#applyOther(event));
      }
    }
    this.#place();
    this.#spread();
    return { seen, removed };
  }

  /** A batch that failed leaves nothing to the next one. */
  #forget(): void {
    this.#waiting.clear();
    this.#changes = [];
    this.#seen = [];
  }

  #applyOther(event: Exclude<ReadyEvent, { type: 'upsert' }>): Removed[] {
    switch (event.type) {
      case 'seen':
        this.#store();
        this.#seen.push(...this.#rowIds(event.ids));
        return [];
      case 'patch':
        this.#store();
        this.#patch(event);
        return [];
      case 'failure':
        this.#store();
        this.#fail(event);
        return [];
      case 'delete':
        this.#place();
        return this.#delete(event);
      case 'parts':
        this.#place();
        removeOtherParts(this.#source.session.database, this.#source.source, event);
        return [];
      case 'people':
        this.#store();
        this.#storePeople(event.people);
        return [];
      default:
        return [];
    }
  }

  #store(): void {
    if (this.#waiting.size === 0) return;
    const { session, source, render } = this.#source;
    const documents = [...this.#waiting.values()];
    this.#waiting.clear();
    const origin = { source, scope: this.#scope.id, render };
    const changes = storeDocuments(session.database, origin, documents);
    this.#changes.push(...changes);
    this.#seen.push(...changes.map(({ item }) => item));
    // Without content they are mirrored as they are listed.
    clearFailures(
      session.database,
      source,
      documents.map(({ id }) => id),
    );
  }

  /** Stores what waits, and notes which documents this scope lists. */
  #place(): void {
    this.#store();
    const { database } = this.#source.session;
    markSeen(database, this.#scope.id, this.#generation, this.#seen);
    leaveOtherScopes(database, this.#scope, this.#seen);
    placeInScopes(database, this.#seen);
    this.#seen = [];
  }

  #rowIds(ids: readonly string[]): number[] {
    return findRowIds(this.#source.session.database, this.#source.source, ids);
  }

  #patch({ id, header }: Extract<SyncEvent, { type: 'patch' }>): void {
    const { session, source } = this.#source;
    const change = patchDocument(session.database, source, id, {
      ...header,
      ...cleanHeader(header),
    });
    if (change !== undefined) this.#changes.push(change);
  }

  #fail({ id, error, listed }: FailedContent): void {
    if (id === undefined) return;
    assertDocumentId(id);
    if (listed !== undefined && this.#rowIds([id]).length === 0) {
      this.#waiting.set(id, listed);
      this.#store();
    }
    const { session, source } = this.#source;
    const scope = this.#scope.id;
    const shown = this.#source.redaction.data(error);
    recordFailure(session.database, { source, scope, id, error: shown, now: session.now() });
    // A document that failed is there all the same.
    this.#seen.push(...this.#rowIds([id]));
  }

  #delete({ id, reason }: Extract<SyncEvent, { type: 'delete' }>): Removed[] {
    const { session, source } = this.#source;
    const { database } = session;
    const item = findItem(database, source, id);
    if (item === undefined) return [];
    const scopes =
      reason === 'moved-out'
        ? [{ scope: this.#scope.id }]
        : database.all<{ scope: number }>('SELECT scope FROM members WHERE item = ?', item.id);
    let gone = false;
    for (const { scope } of scopes)
      gone = leaveScope(database, scope, [item.id]).length > 0 || gone;
    if (!gone) return [];
    removeItem(database, item, reason === 'no-access' ? 'purge' : 'trash');
    return item.placement === 'file'
      ? [{ id: item.doc_id, title: item.title, path: item.live }]
      : [];
  }

  #storePeople(people: Extract<SyncEvent, { type: 'people' }>['people']): void {
    const { database } = this.#source.session;
    const renamed = people.filter(({ id, name }) => {
      const changed = database.run(
        `INSERT INTO people(source, id, name) VALUES(?, ?, ?)
         ON CONFLICT(source, id) DO UPDATE SET name = excluded.name WHERE name <> excluded.name`,
        this.#source.source,
        id,
        cleanLine(name),
      );
      return changed > 0;
    });
    if (renamed.length === 0) return;
    const ids = renamed.map(({ id }) => id);
    touchKeys(
      database,
      ids.map((id) => linkKey.person(this.#source.source, id)),
    );
    database.run(
      `UPDATE items SET dirty = 1 WHERE source = ? AND json_extract(header, '$.author.id') IN
         (SELECT value FROM json_each(?))`,
      this.#source.source,
      JSON.stringify(ids),
    );
  }

  /** Marks what follows from the changes: layouts, and documents that show the changed ones. */
  #spread(): void {
    const { database } = this.#source.session;
    const changes = this.#changes;
    touchReferrers(
      database,
      changes.filter(({ visible }) => visible).map(({ item }) => item),
    );
    const moved = changes.filter((change) => change.moved).map(({ item }) => item);
    if (moved.length === 0) return;
    const scopes = database.all<{ scope: number }>(
      'SELECT DISTINCT scope FROM items WHERE scope IS NOT NULL AND id IN (SELECT value FROM json_each(?))',
      JSON.stringify(moved),
    );
    for (const { scope } of scopes) staleLayout(database, scope);
  }
}
