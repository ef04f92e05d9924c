import type { SyncEvent } from '@context-sync/core';

/**
 * Where the next run of a space goes on. Empty: each run lists everything, because Confluence tells
 * neither moves nor removals, and what is known already is known by its revision.
 */
export type ConfluenceCursor = Readonly<Record<string, never>>;

/** What the sync of a space yields. */
export type SpaceEvent = SyncEvent<ConfluenceCursor>;
