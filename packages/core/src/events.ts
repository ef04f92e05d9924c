import type { DocumentHeader, DocumentId, Person, SourceDocument } from './document.ts';
import type { ErrorShape } from './errors.ts';
import type { Json } from './json.ts';
import type { ScopeId } from './scope.ts';

/** A document exists and looks like this. */
export interface UpsertEvent {
  readonly type: 'upsert';
  readonly document: SourceDocument;
  /** In an answer of `fetch`: the scope it lies in. @default the scope that was asked for */
  readonly scope?: ScopeId;
}

/** These documents exist; nothing else is known about them. */
export interface SeenEvent {
  readonly type: 'seen';
  readonly ids: readonly DocumentId[];
}

/**
 * The service says that a document is gone. Never send this because a document was not listed: the
 * engine finds that out by itself, with more care.
 *
 * `no-access` purges the local copy at once; the other reasons leave it in the trash for 7 days.
 */
export interface DeleteEvent {
  readonly type: 'delete';
  readonly id: DocumentId;
  readonly reason: 'deleted' | 'trashed' | 'moved-out' | 'no-access';
}

/**
 * With an id: this document could not be read; it keeps its old file and counts as present.
 * Without: part of the scope is unknown, so nothing of this listing may be pruned.
 */
export interface FailureEvent {
  readonly type: 'failure';
  readonly id?: DocumentId;
  readonly error: ErrorShape;
}

/** Sets header fields of a known document that the service lists apart from it. */
export interface PatchEvent {
  readonly type: 'patch';
  readonly id: DocumentId;
  readonly header: DocumentHeader;
}

/**
 * These are all sections and attachments below a document, at any depth: the service told them
 * together. Those that the mirror holds beside them are gone.
 */
export interface PartsEvent {
  readonly type: 'parts';
  readonly of: DocumentId;
  readonly ids: readonly DocumentId[];
}

/** Present names of people; `ctx:user/<id>` links and authors follow them. */
export interface PeopleEvent {
  readonly type: 'people';
  readonly people: readonly (Person & { readonly id: string })[];
}

/**
 * Brackets a listing of everything the scope holds of the given kinds (all kinds when left out).
 * Only documents of those kinds that were known before `begin` and neither upserted, seen nor failed
 * until `complete` are candidates for pruning. `authoritative: false` says that the listing may be
 * short after all; then nothing is pruned.
 */
export type ListingEvent =
  | { readonly type: 'listing'; readonly state: 'begin'; readonly kinds?: readonly string[] }
  | {
      readonly type: 'listing';
      readonly state: 'complete';
      readonly kinds?: readonly string[];
      /** @default true */
      readonly authoritative?: boolean;
    };

/**
 * Everything up to here may be forgotten if the next run starts from this cursor. It is stored in one
 * transaction with the effects of all events before it. Send one at least every 500 documents or
 * 60 seconds. JSON, no secrets, at most 64 KB.
 */
export interface CheckpointEvent<Cursor extends Json = Json> {
  readonly type: 'checkpoint';
  readonly cursor: Cursor;
}

/** How far the work is, in documents. */
export interface ProgressEvent {
  readonly type: 'progress';
  readonly done?: number;
  readonly total?: number;
}

/** Something the user should know that stops nothing. */
export interface WarningEvent {
  readonly type: 'warning';
  readonly code: string;
  readonly message: string;
  readonly id?: DocumentId;
}

export type SyncEvent<Cursor extends Json = Json> =
  | UpsertEvent
  | SeenEvent
  | DeleteEvent
  | FailureEvent
  | PatchEvent
  | PartsEvent
  | PeopleEvent
  | ListingEvent
  | CheckpointEvent<Cursor>
  | ProgressEvent
  | WarningEvent;

/** What `fetch` may answer. An id without an answer is unknown to the service. */
export type FetchEvent = UpsertEvent | PartsEvent | DeleteEvent | FailureEvent;

/** What `fetchParts` may answer. */
export type PartsAnswer =
  | UpsertEvent
  | PartsEvent
  | PatchEvent
  | PeopleEvent
  | FailureEvent
  | WarningEvent;
