import { ConnectorError } from '@context-sync/core';

/** Rows of a list from some place on. */
export interface OffsetRows<Row> {
  readonly rows: readonly Row[];
  /** Of all rows; `undefined`: the service did not tell. */
  readonly total?: number | undefined;
  readonly isLast?: boolean;
}

/**
 * Reads a list to its end. What was received is counted, since the service may give fewer rows than it
 * was asked for.
 *
 * @throws ConnectorError `transient` when rows that must be there do not come
 */
export async function walkOffsets<Row>(
  name: string,
  read: (startAt: number) => Promise<OffsetRows<Row>>,
): Promise<Row[]> {
  const all: Row[] = [];
  for (;;) {
    const { rows, total, isLast = false } = await read(all.length);
    all.push(...rows);
    if (isLast || (total !== undefined && all.length >= total)) return all;
    if (rows.length > 0) continue;
    if (total === undefined) return all;
    throw new ConnectorError(
      'transient',
      `Jira gave ${all.length} of ${total} rows of ${name}, and then none.`,
      { hint: 'Run the same command again. Nothing was removed.' },
    );
  }
}
