import type { JsonObject } from '@context-sync/core';

import type { Outcome } from './api.ts';

/** What the state database tells of one source; read without the network or the connector. */
export interface SourceMetadata {
  readonly source: string;
  readonly connector: string;
  readonly identity?: string;
  /** Facts the connector stored when its last sync ended. */
  readonly facts: JsonObject;
  /** Documents whose files are in the mirror. */
  readonly documents: number;
  /** Documents that are read and have no file yet: the run was cut off. The next one writes them. */
  readonly unwritten: number;
  /** Files that a rebuild found and that no document has claimed yet. */
  readonly unclaimed: number;
  readonly failures: readonly {
    readonly id: string;
    readonly scope: string;
    readonly code: string;
    readonly message: string;
    readonly tries: number;
    readonly since: string;
  }[];
  readonly scopes: readonly {
    readonly scope: string;
    readonly title: string;
    readonly state: 'active' | 'unavailable' | 'removed';
    readonly documents: number;
    readonly unwritten: number;
    /** When a sync of this scope last ended well, ISO 8601. */
    readonly lastSync?: string;
    readonly lastReconcile?: string;
    readonly withheld: number;
  }[];
}

/** What {@link readStatus} tells of a mirror. */
export interface MirrorStatus {
  readonly root: string;
  /** `false`: nothing was synced here yet. */
  readonly exists: boolean;
  readonly lastRun?: {
    readonly run: string;
    readonly startedAt: string;
    readonly endedAt?: string;
    readonly outcome?: Outcome;
  };
  /** The run that holds the lock at this moment. */
  readonly running?: { readonly pid: number; readonly host: string; readonly since: string };
  readonly sources: readonly SourceMetadata[];
}
