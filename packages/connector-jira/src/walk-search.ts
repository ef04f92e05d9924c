import { ConnectorError } from '@context-sync/core';

/** A part of a search that is walked by `startAt`. */
export interface SearchPart {
  readonly ids: readonly string[];
  /** Of all that the search finds. */
  readonly total: number;
}

/**
 * Walks a search by rows received, and gives each id once. When less is found than before, rows that
 * were passed may have gone, and others taken their places: then as many are read again.
 *
 * @throws ConnectorError `transient` when rows that must be there do not come
 */
export async function* walkSearch(
  read: (startAt: number) => Promise<SearchPart>,
): AsyncGenerator<readonly string[]> {
  const seen = new Set<string>();
  let startAt = 0;
  let known: number | undefined;
  for (;;) {
    const { ids, total } = await read(startAt);
    const fresh = [...new Set(ids)].filter((id) => !seen.has(id));
    for (const id of fresh) seen.add(id);
    yield fresh;
    const gone = Math.max(0, (known ?? total) - total);
    known = total;
    startAt = gone > 0 ? Math.max(0, startAt - gone) : startAt + ids.length;
    if (gone > 0) continue;
    if (startAt >= total) return;
    if (ids.length === 0) {
      throw new ConnectorError(
        'transient',
        `Jira gave ${seen.size} of ${total} rows of a search, and then none.`,
        { hint: 'Run the same command again. Nothing was removed.' },
      );
    }
  }
}
