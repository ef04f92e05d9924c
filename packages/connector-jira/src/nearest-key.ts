/** The candidate that differs least from a word, or `undefined` when none is near. */
export function findNearest(word: string, candidates: readonly string[]): string | undefined {
  const farthest = Math.ceil(word.length / 2);
  return candidates
    .map((candidate) => ({
      candidate,
      distance: editDistance(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .filter(({ distance }) => distance <= farthest)
    .toSorted((left, right) => left.distance - right.distance)[0]?.candidate;
}

/** How many characters to insert, delete or replace (Levenshtein). */
function editDistance(left: string, right: string): number {
  const others = Array.from(right);
  let row = [0, ...others.keys()].map((_, index) => index);
  for (const [i, char] of Array.from(left).entries()) {
    const next = [i + 1];
    for (const [j, other] of others.entries()) {
      const replaced = (row[j] ?? 0) + (char === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
