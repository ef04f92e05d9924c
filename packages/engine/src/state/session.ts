import type { RunEvent } from '../api.ts';
import type { Database } from './database.ts';
import type { Lock } from './lock.ts';

/** What one run works with. */
export interface Session {
  readonly database: Database;
  readonly lock: Lock;
  /** Absolute path of the mirror. */
  readonly root: string;
  /** Sortable id of the run. */
  readonly run: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Plan only: `database` is a throwaway copy and the tree is not touched. */
  readonly dryRun: boolean;
  readonly observe: (event: RunEvent) => void;
}
