/** Strings of a query, which may hold anything. */
const strings = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;

/** The query without an order at its end: what it finds is the same, and the walk has its own. */
export function withoutOrder(jql: string): string {
  const blank = jql.replaceAll(strings, (text) => '_'.repeat(text.length));
  const at = blank.search(/\border\s+by\b/i);
  return (at === -1 ? jql : jql.slice(0, at)).trim();
}

/** Both conditions; an empty one is none. */
export function both(...conditions: readonly string[]): string {
  const given = conditions.filter((condition) => condition !== '');
  return given.length === 1
    ? (given[0] ?? '')
    : given.map((condition) => `(${condition})`).join(' AND ');
}

/**
 * Unquoted, a number is milliseconds of the epoch; a quoted date would be read in the account's time
 * zone, to the minute: https://github.com/airbytehq/airbyte/issues/48395
 */
export function updatedSince(timeMs: number): string {
  return `updated >= ${timeMs}`;
}

/** See {@link updatedSince}. */
export function updatedUntil(timeMs: number): string {
  return `updated <= ${timeMs}`;
}

/** By key, which no edit changes, so that nothing changes its place in between. */
export function inKeyOrder(condition: string): string {
  return `${condition} ORDER BY key ASC`;
}
