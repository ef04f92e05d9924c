import { ConnectorError } from '@context-sync/core';

import type { ListPage } from './paging.ts';

/** How one page of a list is read, and what to do when even a single row is too heavy. */
export interface HeavyList {
  /** Most rows asked for at once. */
  readonly most: number;
  readonly read: (limit: number, cursor: string | undefined) => Promise<ListPage>;
  /** Reads a single row without what makes it heavy. */
  readonly readLight?: (cursor: string | undefined) => Promise<ListPage>;
}

/**
 * Reads the pages of a list. When an answer is too heavy, which shows as a server fault, the same page
 * is asked for with half the rows; what comes behind it with more again.
 */
export function makeShrinkingReader({
  most,
  read,
  readLight,
}: HeavyList): (cursor: string | undefined, atMost?: number) => Promise<ListPage> {
  const readOne = (cursor: string | undefined): Promise<ListPage> => read(1, cursor);
  let limit = most;
  return async (cursor, atMost = most) => {
    limit = Math.min(limit, atMost);
    let probe: Promise<unknown> | undefined;
    for (;;) {
      try {
        const page = await read(limit, cursor);
        limit = Math.min(limit * 2, most);
        return page;
      } catch (error) {
        if (!isTooHeavy(error)) throw error;
        if (limit === 1 && readLight !== undefined) return readLight(cursor);
        if (limit === 1) throw error;
        if (isTimeout(error)) probe ??= (readLight ?? readOne)(cursor);
        await probe;
        limit = Math.floor(limit / 2);
      }
    }
  };
}

/** 502 and 503 mean that the service is away; asking for less does not help then. */
export function isTooHeavy(error: unknown): boolean {
  if (!ConnectorError.is(error)) return false;
  return error.code === 'too_large' || error.status === 500 || error.status === 504;
}

/**
 * Each time-out of a gateway costs all the tries and waits of a request. One light question tells
 * whether the answer is too heavy, or the service away and everything lighter would be asked in vain.
 */
export function isTimeout(error: unknown): boolean {
  return ConnectorError.is(error) && error.status === 504;
}
