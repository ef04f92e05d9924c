import type { HttpResponse } from '@context-sync/core';
import { z } from 'zod';

import { type ListPage, toUnreadable } from './paging.ts';
import { RowId } from './schema.ts';

const OffsetList = z.object({
  results: z.array(z.unknown()),
  limit: z.number().nullish(),
  _links: z.object({ next: z.string().nullish() }).nullish(),
});

/**
 * So many empty pages in a row are the end, whatever their links say. Some versions go on behind the
 * last row without end (CONFSERVER-95396); a few empty pages may be of rows that are hidden.
 */
const mostEmptyPages = 10;

/** Where a page begins. */
export interface Offset {
  readonly start: number;
  /** How many pages before it were empty. */
  readonly empty: number;
  /** Id of the last row before it, behind a short page. */
  readonly last?: string | undefined;
  /** Short pages are known to be so because rows are hidden. */
  readonly hides: boolean;
}

export function readOffset(cursor: string | undefined): Offset {
  return cursor === undefined
    ? { start: 0, empty: 0, hides: false }
    : (JSON.parse(cursor) as Offset);
}

/**
 * Reads one page of a list of Data Center. The server gives fewer rows than asked for as it likes.
 * Some versions do not say so, and go on by the limit that was asked for
 * (https://github.com/onyx-dot-app/onyx/pull/4129); others leave hidden rows out after they cut the
 * page. So behind a short page the list goes on by the rows that came. When that gives a row again,
 * rows are hidden, and from then on the limit in the answers tells where the next page begins.
 */
export function readOffsetPage({ body }: HttpResponse, name: string, at: Offset): ListPage {
  const list = OffsetList.safeParse(body);
  if (!list.success) throw toUnreadable(name);
  const { results, limit, _links } = list.data;
  const ids = results.map((row) => RowId.safeParse(row).data?.id);
  const again = at.last === undefined ? -1 : ids.lastIndexOf(at.last);
  const rows = results.slice(again + 1);
  const hides = at.hides || again >= 0;
  const empty = results.length === 0 ? at.empty + 1 : 0;
  const link = _links?.next ?? undefined;
  if (link === undefined || empty >= mostEmptyPages) return { rows, cursor: undefined };
  const next = new URLSearchParams(link.slice(link.indexOf('?') + 1)).get('start');
  const most = limit ?? results.length;
  const given = hides || results.length === 0 ? most : results.length;
  const start = Math.min(Number(next ?? Infinity), at.start + given);
  // Of a list that does not move on nobody knows what it holds.
  if (!Number.isInteger(start) || start <= at.start) throw toUnreadable(name);
  const last = !hides && results.length < most ? ids.at(-1) : undefined;
  const cursor: Offset = { start, empty, last, hides };
  return { rows, cursor: JSON.stringify(cursor) };
}
