import { ApiError } from '../http/api-error.ts';
import type { ApiAnswer } from '../http/route.ts';
import { mostRows } from '../http/search-limits.ts';
import { expandOf } from '../resources/search.ts';
import type { DataCenterRequest } from './request.ts';

function numberOf({ query }: DataCenterRequest, name: string, fallback: number): number {
  const text = query.get(name) ?? String(fallback);
  if (!/^\d+$/.test(text)) throw new ApiError(400, 'BAD_REQUEST', `${name} is not a number`);
  return Number(text);
}

/** What is asked for, cut by what the server gives at most, less with bodies; and what it says of it. */
function limitOf(request: DataCenterRequest, fallback: number): { given: number; told: number } {
  const most = mostRows(request.searchLimits, expandOf(request));
  const asked = numberOf(request, 'limit', fallback);
  const given = Math.min(asked, most);
  return { given, told: request.server.echoesLimit ? asked : given };
}

interface WindowOptions<Row> {
  readonly toJson: (row: Row) => object;
  readonly sees?: (row: Row) => boolean;
  /** @default 25 */
  readonly limit?: number;
  /** What the answer has besides. */
  readonly extra?: object;
}

/**
 * Answers a list. The window is cut first and what may not be seen is left out of it then, so a page
 * may be short or empty with more to come; `limit` and `size` tell what was given, and `next` begins
 * below the context path.
 */
export function answerWindow<Row extends { readonly id: string }>(
  request: DataCenterRequest,
  all: readonly Row[],
  { toJson, sees = () => true, limit: fallback = 25, extra = {} }: WindowOptions<Row>,
): ApiAnswer {
  const { path, query, baseUrl, tampering, server } = request;
  const start = numberOf(request, 'start', 0);
  const { given: most, told: limit } = limitOf(request, fallback);
  const given = all.slice(start, start + Math.min(most, tampering.rows ?? most));
  const kept = given.filter((row) => sees(row) && !tampering.missingIds?.includes(row.id));
  const rows = [...kept, ...(tampering.duplicateRow ? kept.slice(0, 1) : [])];
  const { nextPastEnd = false, repeatedCursor = false } = tampering;
  const goesOn = start + given.length < all.length || nextPastEnd || repeatedCursor;
  const end = repeatedCursor ? start : start + (tampering.rows ?? limit);
  const links = {
    self: `${baseUrl}${path}?${query.toString()}`,
    ...(goesOn ? { next: `${path}?${at(query, end, limit)}` } : {}),
    ...(start > 0 ? { prev: `${path}?${at(query, Math.max(0, start - limit), limit)}` } : {}),
    base: baseUrl,
    context: server.contextPath,
  };
  const results = rows.map(toJson);
  return { body: { results, start, limit, size: rows.length, ...extra, _links: links } };
}

function at(query: URLSearchParams, start: number, limit: number): string {
  const moved = new URLSearchParams(query);
  moved.set('limit', String(limit));
  moved.set('start', String(start));
  return moved.toString();
}
