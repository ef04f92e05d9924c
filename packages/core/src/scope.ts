import type { DocumentId } from './document.ts';
import type { ErrorShape } from './errors.ts';
import type { Json, JsonObject } from './json.ts';

/** The service's id of a space, project or repository. Stays when the scope is renamed. */
export type ScopeId = string;

/** A unit of work, checkpoint, pruning and failure: a space, a project, a repository, a query. */
export interface Scope {
  readonly id: ScopeId;
  /** Names its folder: a space key, a project key. Handed back without invisible characters. */
  readonly slug: string;
  readonly title: string;
  /** The service's word for it, e.g. `space`. */
  readonly kind: string;
  readonly url?: string;
  /** What the connector wants handed back with this scope in `sync` and `fetch`. */
  readonly data?: JsonObject;
}

/**
 * Scopes come in config order; a document that several list lies under the first. `unavailable`
 * names one that the config asks for and that cannot be read: the others go on, and what is mirrored
 * of it stays. A listing that does not end with `complete` failed.
 */
export type ScopeEvent =
  | { readonly type: 'scope'; readonly scope: Scope }
  | { readonly type: 'unavailable'; readonly slug: string; readonly error: ErrorShape }
  | { readonly type: 'complete' };

/** What the engine asks of one `scopes` call. */
export interface ScopesOptions {
  /** Every scope the account may see, whatever the config selects. @default false */
  readonly all?: boolean;
}

/** What the engine asks of one `sync` call. */
export interface SyncRequest<Cursor extends Json = Json> {
  readonly scope: Scope;
  /** `full`: read everything again; every revision counts as new. */
  readonly mode: 'full' | 'incremental';
  /** The last committed cursor. In full mode only when this call resumes an interrupted one. */
  readonly cursor?: Cursor;
  /** The engine wants complete listings of every kind in this call. */
  readonly reconcile: boolean;
  /** What the mirror holds, so that only new bodies are fetched. */
  readonly known: Known;
}

/** Documents whose parts are asked for, all in one scope. */
export interface PartsRequest {
  readonly scope: Scope;
  readonly documents: readonly { readonly id: DocumentId; readonly kind: string }[];
  /** What the mirror holds; `people` is complete for every event that was taken. */
  readonly known: Known;
}

export interface Known {
  /** The stored revision, or `undefined` when the document's content must be read (again). */
  revision(id: DocumentId): string | undefined;
  /** How many documents of this scope the mirror holds with up-to-date content. */
  count(): number;
  /**
   * Ids of the people that documents of this scope mention or have as authors, in byte order:
   * those whose name is not known yet, or all. Complete after a checkpoint for what came before it.
   */
  people(which: 'unnamed' | 'all'): readonly string[];
}
