const WINDOW_MS = 30_000;

/** How fast a count grows, over the last half minute. */
export class Rate {
  readonly #samples: { at: number; done: number }[];

  constructor(at: number, done = 0) {
    this.#samples = [{ at, done }];
  }

  /** Notes the count at a moment. */
  add(at: number, done: number): void {
    const last = this.#samples.at(-1);
    // One sample a second is enough, and keeps this small however often it is told.
    if (last !== undefined && this.#samples.length > 1 && at - last.at < 1000) this.#samples.pop();
    this.#samples.push({ at, done });
    while (this.#samples.length > 2 && (this.#samples[1]?.at ?? at) <= at - WINDOW_MS) {
      this.#samples.shift();
    }
  }

  /** Counts a second, or `undefined` before anything was done. */
  perSecond(at: number): number | undefined {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.done <= first.done) return undefined;
    return ((last.done - first.done) / Math.max(1, at - first.at)) * 1000;
  }

  /** Seconds until `total` is reached, or `undefined` while that cannot be told. */
  secondsLeft(at: number, total: number | undefined): number | undefined {
    const perSecond = this.perSecond(at);
    const done = this.#samples.at(-1)?.done ?? 0;
    if (perSecond === undefined || total === undefined || total < done) return undefined;
    return Math.ceil((total - done) / perSecond);
  }
}
