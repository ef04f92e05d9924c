import type { HttpResponse } from '@context-sync/core';
import { z } from 'zod';

import { type ListPage, toUnreadable } from './paging.ts';

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

/** Where a page begins, and how many before it were empty. */
export interface Offset {
  readonly start: number;
  readonly empty: number;
}

export function readOffset(cursor: string | undefined): Offset {
  const [start = 0, empty = 0] = (cursor ?? '0 0').split(' ').map(Number);
  return { start, empty };
}

/**
 * Reads one page of a list of Data Center. The server gives fewer rows than asked for as it likes, and
 * leaves out hidden ones after it cut the page: only its own limit tells where the next one begins.
 */
export function readOffsetPage({ body }: HttpResponse, name: string, at: Offset): ListPage {
  const list = OffsetList.safeParse(body);
  if (!list.success) throw toUnreadable(name);
  const { results: rows, limit, _links } = list.data;
  const empty = rows.length === 0 ? at.empty + 1 : 0;
  if (!_links?.next || empty >= mostEmptyPages) return { rows, cursor: undefined };
  const next = new URLSearchParams(_links.next.slice(_links.next.indexOf('?') + 1)).get('start');
  const given = limit ?? rows.length;
  const start = Math.min(Number(next ?? Infinity), at.start + given);
  if (!Number.isInteger(start) || start <= at.start) throw toUnreadable(name);
  return { rows, cursor: `${start} ${empty}` };
}
