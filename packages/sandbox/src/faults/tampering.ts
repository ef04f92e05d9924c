/** What a fault does to a list before it is answered. An empty object does nothing. */
export interface Tampering {
  /** At most this many rows; the others follow on the next page. Zero is allowed by the API. */
  readonly rows?: number;
  /** The first row comes once more at the end. */
  readonly duplicateRow?: boolean;
  /** These ids are left out, as if the index had not caught up. */
  readonly missingIds?: readonly string[];
  /** `next` leads to this very page again. */
  readonly repeatedCursor?: boolean;
  /** Data Center: `next` goes on behind the last row (CONFSERVER-95396). */
  readonly nextPastEnd?: boolean;
  /** One row that was not asked for: of another space, page or query. */
  readonly foreignRow?: boolean;
}

/** The rows of a list, with one of the others among them when a fault says so. */
export function withForeignRow<Row>(
  { foreignRow = false }: Tampering,
  rows: readonly Row[],
  readAll: () => readonly Row[],
): readonly Row[] {
  if (!foreignRow) return rows;
  const asked = new Set(rows);
  return [
    ...rows,
    ...readAll()
      .filter((row) => !asked.has(row))
      .slice(0, 1),
  ];
}
