const MOST_TYPOS = 3;

/** The known word that is most like `word`, if one is near enough to be what was meant. */
export function closest(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({
      candidate,
      typos: editDistance(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .filter(
      ({ candidate, typos }) => typos <= Math.min(MOST_TYPOS, Math.ceil(candidate.length / 2)),
    )
    .sort((one, other) => one.typos - other.typos);
  return ranked[0]?.candidate;
}

// Levenshtein; the words are short.
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const cost = from[i - 1] === to[j - 1] ? 0 : 1;
      next[j] = Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + cost);
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
