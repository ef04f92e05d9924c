/** Time that passes only when the site changes, so that every run gives the same answers. */
export class LogicalClock {
  #now: number;

  constructor(startsAt: string) {
    this.#now = Date.parse(startsAt);
  }

  /** The time as Confluence writes it, e.g. `2026-01-05T09:00:00.000Z`. */
  now(): string {
    return new Date(this.#now).toISOString();
  }

  /** Lets a change take place: gives its time, a little later than the one before. */
  tick(): string {
    this.advance(61_007);
    return this.now();
  }

  /** Lets time pass without a change. */
  advance(ms: number): void {
    this.#now += ms;
  }
}
