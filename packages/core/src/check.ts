import type { ErrorShape } from './errors.ts';

/** What the engine asks of one `check` call. */
export interface CheckOptions {
  /**
   * Also check each permission that a sync needs, and that what it selects may be read, for `doctor`.
   * Scopes that `scopes` calls unavailable need no check of their own. @default false
   */
  readonly thorough?: boolean;
}

/** The outcome of `check`: can this source be read, and whose view of which server is it? */
export interface CheckReport {
  /**
   * Server and account. When it changes, the source points at something else and the engine refuses
   * to go on. `undefined` when the credentials could not be proven.
   */
  readonly identity?: { readonly id: string; readonly label: string };
  readonly checks: readonly Check[];
}

export interface Check {
  /** e.g. `credentials`, `space ENG`. */
  readonly id: string;
  /** `indeterminate`: could not be told, e.g. the network failed; never read as "refused". */
  readonly status: 'passed' | 'failed' | 'indeterminate' | 'skipped';
  readonly message?: string;
  /** What the user can do about it. */
  readonly fix?: string;
  /** The failure behind it; its code decides the exit code. */
  readonly error?: ErrorShape;
}
