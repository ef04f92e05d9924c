import type { Tampering } from '../faults/tampering.ts';
import { compareIds } from '../site/content.ts';
import { ApiError } from './api-error.ts';
import { limitParameter } from './query.ts';
import type { ApiAnswer, ApiRequest } from './route.ts';

/** Where a row stands in a list: the value it is sorted by, then its id. */
type RowKey = readonly [value: string | number, id: string];

export interface Order<Row> {
  readonly keyOf: (row: Row) => RowKey;
  readonly isDescending: boolean;
}

/** One page of a list and where the next one starts. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  /** `undefined` at the end of the list. */
  readonly cursor: string | undefined;
}

function compareKeys(left: RowKey, right: RowKey): number {
  if (left[0] === right[0]) return compareIds(left[1], right[1]);
  return left[0] < right[0] ? -1 : 1;
}

/** All rows in their order. */
export function sortRows<Row>(rows: readonly Row[], { keyOf, isDescending }: Order<Row>): Row[] {
  const sign = isDescending ? -1 : 1;
  return rows.toSorted((left, right) => sign * compareKeys(keyOf(left), keyOf(right)));
}

/** `null` stands for the start of the list: a page may be empty and still not be the last. */
function writeCursor(after: RowKey | null): string {
  return Buffer.from(JSON.stringify({ after })).toString('base64url');
}

function isRowKey(value: unknown): value is RowKey {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    ['string', 'number'].includes(typeof value[0]) &&
    typeof value[1] === 'string'
  );
}

function readCursor(cursor: string): RowKey | null {
  const invalid = new ApiError(400, 'INVALID_REQUEST_PARAMETER', 'The cursor is not valid.');
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw invalid; // Not JSON: no cursor of ours.
  }
  const key =
    typeof value === 'object' && value !== null && 'after' in value ? value.after : undefined;
  if (key !== null && !isRowKey(key)) throw invalid;
  return key;
}

/**
 * Cuts one page out of a list. A cursor names the last row given, not an offset, so that changes
 * between two pages neither repeat nor skip a row that stays where it is.
 */
export function cutPage<Row>(
  all: readonly Row[],
  order: Order<Row>,
  request: { cursor: string | null; limit: number; tampering: Tampering },
): Page<Row> {
  const { cursor, limit, tampering } = request;
  const after = cursor === null ? null : readCursor(cursor);
  const sign = order.isDescending ? -1 : 1;
  const ahead = all
    .map((row) => ({ row, key: order.keyOf(row) }))
    .filter(({ key }) => after === null || sign * compareKeys(key, after) > 0)
    .sort((left, right) => sign * compareKeys(left.key, right.key));
  const given = ahead.slice(0, Math.min(limit, tampering.rows ?? limit));
  const last = given.at(-1)?.key ?? after;
  const isEnd = given.length === ahead.length;
  const kept = given.filter(({ key }) => !tampering.missingIds?.includes(key[1]));
  const rows = [...kept, ...(tampering.duplicateRow ? kept.slice(0, 1) : [])].map(({ row }) => row);
  if (tampering.repeatedCursor) return { rows, cursor: writeCursor(after) };
  return { rows, cursor: isEnd ? undefined : writeCursor(last) };
}

/** Answers a v2 list: `next` is site-relative and keeps the parameters of the request. */
export function answerList<Row>(
  request: ApiRequest,
  all: readonly Row[],
  order: Order<Row>,
  toJson: (row: Row) => object,
  defaultLimit?: number,
): ApiAnswer {
  const { query, path, baseUrl, tampering } = request;
  const limit = limitParameter(query, defaultLimit);
  const page = cutPage(all, order, { cursor: query.get('cursor'), limit, tampering });
  const results = page.rows.map(toJson);
  const base = `<${baseUrl}>; rel="base"`;
  if (page.cursor === undefined) {
    return { body: { results, _links: { base: baseUrl } }, headers: { link: base } };
  }
  const nextQuery = new URLSearchParams(query);
  nextQuery.set('cursor', page.cursor);
  const next = `${path}?${nextQuery.toString()}`;
  return {
    body: { results, _links: { next, base: baseUrl } },
    headers: { link: `<${next}>; rel="next", ${base}` },
  };
}
