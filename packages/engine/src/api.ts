import type { CheckReport, ErrorShape, Scope } from '@context-sync/core';

/** Narrows a run to a source, or to one scope of it by its slug: `confluence`, `confluence:ENG`. */
export interface Selection {
  readonly source: string;
  readonly scope?: string;
}

/** Options of {@link syncAllConnectors}. */
export interface SyncOptions {
  /** What to sync. @default every enabled source */
  readonly select?: readonly Selection[];
  /** Read every body again. @default false */
  readonly full?: boolean;
  /** Ask for complete listings of every kind and check every file. @default when due */
  readonly reconcile?: boolean;
  /** Tell what would change and write nothing. @default false */
  readonly dryRun?: boolean;
  /** Only these documents, by id or URL; nothing else is listed, pruned or advanced. */
  readonly only?: readonly string[];
  /** With `only`: also everything below these documents, at any depth. @default false */
  readonly withDescendants?: boolean;
  /** Apply withheld deletions up to this many per scope. */
  readonly allowDeletes?: number;
  /** Ends the run early: what is under way is finished and saved. */
  readonly signal?: AbortSignal;
  /** Told of everything that happens, in order. It must not throw. */
  readonly observe?: (event: RunEvent) => void;
}

/** What an observer of a run is told. */
export type RunEvent =
  | {
      readonly type: 'start';
      readonly run: string;
      readonly root: string;
      readonly recovered: number;
    }
  | { readonly type: 'source'; readonly source: string; readonly scopes: readonly string[] }
  | { readonly type: 'scope-start'; readonly source: string; readonly scope: string }
  | {
      readonly type: 'progress';
      readonly source: string;
      readonly scope: string;
      /** Documents looked at so far. */
      readonly done: number;
      /** Documents expected, when the service or the last run told. */
      readonly total?: number;
      /** What is being worked on, e.g. a title. Made safe for a terminal by whoever prints it. */
      readonly current?: string;
    }
  | { readonly type: 'writing'; readonly done: number; readonly total: number }
  | { readonly type: 'scope-end'; readonly summary: ScopeSummary }
  | { readonly type: 'change'; readonly change: Change }
  /** A file that somebody else changed or put in our way was kept, at this path below the root. */
  | { readonly type: 'local-edit'; readonly path: string }
  | {
      readonly type: 'message';
      readonly level: 'debug' | 'info' | 'warn' | 'error';
      readonly source?: string;
      readonly scope?: string;
      readonly message: string;
      readonly fields?: object;
    };

/** One difference that a run made, or would make in a dry run. */
export interface Change {
  readonly action: 'create' | 'update' | 'move' | 'delete';
  readonly source: string;
  readonly scope: string;
  readonly id: string;
  readonly title: string;
  /** Relative to the root; the new one for a move, the old one for a deletion. */
  readonly path: string;
  /** Where it was, for a move. */
  readonly from?: string;
  /** The file of an attachment, which is not counted among the documents. */
  readonly isAttachment?: boolean;
}

/** How a scope, a source or a run ended. `withheld`: deletions wait for `--allow-deletes`. */
export type Outcome = 'ok' | 'partial' | 'failed' | 'cancelled' | 'withheld';

export interface Counts {
  readonly created: number;
  readonly updated: number;
  readonly moved: number;
  readonly deleted: number;
  readonly unchanged: number;
  readonly failed: number;
  /** Files of attachments that were written or moved; not part of the counts above. */
  readonly attachments: number;
  /** Requests sent, retries included. */
  readonly requests: number;
  /** Requests that repeat one that failed. */
  readonly retries: number;
  /**
   * How long requests were held back because the service asked for it or failed, in milliseconds.
   * Requests that wait at once wait each for itself, so this may exceed the duration.
   */
  readonly waitedMs: number;
  /** Bytes received after decompression. */
  readonly bytes: number;
}

export interface ScopeSummary extends Counts {
  readonly source: string;
  readonly scope: string;
  readonly title: string;
  readonly outcome: Outcome;
  readonly durationMs: number;
  /** Deletions held back by the guard. */
  readonly withheld: number;
  readonly error?: ErrorShape;
  readonly failures: readonly {
    readonly id: string;
    readonly title?: string;
    readonly error: ErrorShape;
  }[];
}

export interface SourceSummary extends Counts {
  readonly source: string;
  readonly connector: string;
  readonly outcome: Outcome;
  readonly durationMs: number;
  readonly scopes: readonly ScopeSummary[];
  /** Deletions held back by the guard: of its scopes, and of files in a folder that is no scope's. */
  readonly withheld: number;
  /** Why the source as a whole failed. */
  readonly error?: ErrorShape;
  /** Scopes that the config asks for and that cannot be read. */
  readonly unavailable: readonly { readonly scope: string; readonly error: ErrorShape }[];
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
}

export interface SyncSummary extends Counts {
  /** Sortable id of the run; names its log, trash and local-edits folders. */
  readonly run: string;
  readonly root: string;
  readonly dryRun: boolean;
  readonly outcome: Outcome;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly sources: readonly SourceSummary[];
  /** Copies made of files that somebody else changed or put in our way, relative to the root. */
  readonly localEdits: readonly string[];
  /** The file the run was logged to, relative to the root. */
  readonly log?: string;
}

/** A connector that is installed, and the sources that use it. */
export interface ConnectorInfo {
  readonly type: string;
  readonly package: string;
  readonly version: string;
  readonly title: string;
  readonly contract: string;
  /** The folder it was found from. */
  readonly root: string;
  readonly usedBy: readonly string[];
  /** Why it cannot be used, if so. */
  readonly problem?: ErrorShape;
}

/** What {@link checkSource} found. */
export interface SourceCheck {
  readonly source: string;
  readonly connector: string;
  readonly report: CheckReport;
  /** How many scopes the config selects; absent when the credentials are not proven. */
  readonly scopes?: number;
  /** Scopes that the config asks for and that cannot be read. */
  readonly unavailable: readonly { readonly scope: string; readonly error: ErrorShape }[];
  readonly requests: number;
}

/** A scope the service offers, and what the mirror holds of it. */
export interface ScopeInfo {
  readonly source: string;
  readonly scope: Scope;
  readonly mirrored: boolean;
  readonly documents: number;
  /** Why a scope that the config asks for cannot be read. */
  readonly error?: ErrorShape;
}

/** What {@link cleanup} removed or would remove. */
export interface CleanupReport {
  readonly dryRun: boolean;
  readonly items: readonly {
    readonly kind: 'source' | 'scope' | 'trash' | 'local-edit' | 'log';
    /** Relative to the root. */
    readonly path: string;
    readonly reason: string;
  }[];
  /** Copies made of files that somebody changed, relative to the root. */
  readonly localEdits: readonly string[];
}

export interface RestoreReport {
  readonly run: string;
  /** Where the copies lie, relative to the root. */
  readonly directory: string;
  readonly files: readonly string[];
}

export interface RebuildReport {
  readonly files: number;
  /** Where the old database was moved, relative to the root, when there was one. */
  readonly previousDatabase?: string;
}
