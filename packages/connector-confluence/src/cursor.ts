import type { SyncEvent } from '@context-sync/core';

/**
 * Where the next run of a space goes on. Pages and posts are listed in each run, because Confluence
 * tells neither moves nor removals; what is known already is known by its revision. Comments and
 * attachments are searched for by the time of their last change.
 */
export type ConfluenceCursor = Readonly<{
  /** By the service's clock, when the last run that read everything began. */
  since?: string;
  /** The options by which comments and attachments were read; others want all of them again. */
  parts?: string;
  /** By which `include` and `exclude` the space was last read, when the search answered `include`. */
  selection?: string;
  /** The last run was cut off: which labels, comments and attachments it missed is not known. */
  isCut?: true;
  /** Something came back that the search may not have known yet: the next run asks for all again. */
  askAgain?: true;
}>;

/** What the sync of a space yields. */
export type SpaceEvent = SyncEvent<ConfluenceCursor>;
