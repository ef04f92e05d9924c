/** Maps items in order, several at once. A failure shows when its turn comes. */
export async function* mapAhead<Item, Result>(
  items: readonly Item[],
  parallel: number,
  map: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = [];
  for (const item of items) {
    const result = map(item);
    // Awaited below; until then a failure must not count as unhandled.
    result.catch(() => undefined);
    running.push(result);
    const first = running.length < parallel ? undefined : running.shift();
    if (first !== undefined) yield await first;
  }
  for (const result of running) yield await result;
}

/** Cuts a list into parts of at most `size`. */
export function toBatches<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
