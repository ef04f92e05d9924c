import type { SyncEvent } from '@context-sync/core';

/** Where the next run of a project or query goes on. */
export type JiraCursor = Readonly<{
  /** By the service's clock: all changes until then are known, as far as its index told them. */
  since?: string;
  /** What the issues were selected by; another query wants all of them again. */
  jql?: string;
  /** The fields that were read, with their names; others want all issues again. */
  fields?: string;
  /** The scopes of the run: to an account that sees other projects, links look different. */
  scopes?: string;
  /** All issues are being read: those changed until `bound`, by their ids. */
  all?: { readonly bound: string; readonly after?: string };
}>;

/** What the sync of a scope yields. */
export type ScopeSyncEvent = SyncEvent<JiraCursor>;
