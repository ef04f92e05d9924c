const surrogate = /[\uD800-\uDFFF]/;

/** Orders by UTF-8 bytes, the same on every machine and in every locale. */
export function compareBytes(a: string, b: string): number {
  if (a === b) return 0;
  // UTF-16 and UTF-8 order differ only where surrogates are involved.
  if (!surrogate.test(a) && !surrogate.test(b)) return a < b ? -1 : 1;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Orders ids: the shorter first, then by bytes, so that `9` comes before `10`. */
export function compareIds(a: string, b: string): number {
  return Buffer.byteLength(a) - Buffer.byteLength(b) || compareBytes(a, b);
}
