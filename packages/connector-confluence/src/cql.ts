/** Writes a text as a string of CQL. */
export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** A clause that holds for each of the values. */
export function isOneOf(field: string, values: readonly string[]): string {
  return `${field} in (${values.map(quote).join(', ')})`;
}
