import type { Lossy } from '@context-sync/core';

/** Counts what Markdown cannot say. */
export class LossCounter {
  readonly #counts = new Map<string, number>();

  add(construct: string, count = 1): void {
    if (count > 0) this.#counts.set(construct, (this.#counts.get(construct) ?? 0) + count);
  }

  /** Ordered by name, so that equal bodies give equal lists. */
  list(): Lossy[] {
    const names = [...this.#counts.keys()].toSorted();
    return names.map((construct) => ({ construct, count: this.#counts.get(construct) ?? 0 }));
  }
}
