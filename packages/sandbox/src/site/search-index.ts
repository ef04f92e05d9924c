import type { Attachment } from './attachment.ts';
import type { Comment } from './comment.ts';
import type { Content } from './content.ts';
import type { LogicalClock } from './logical-clock.ts';

/** What CQL can find. */
export type Searchable = Content | Comment | Attachment;

interface Change<Item> {
  readonly at: number;
  readonly id: string;
  /** `undefined` when it is gone. */
  readonly item: Item | undefined;
}

/**
 * What a search sees of a site: its items as they were `lagMs` ago by the site's clock. The lists of v2
 * do not use it; they are right at once.
 */
export class SearchIndex<Item = Searchable> {
  /** Change it at any time. */
  lagMs: number;
  readonly #clock: LogicalClock;
  readonly #known = new Map<string, Item>();
  #pending: Change<Item>[] = [];

  constructor(clock: LogicalClock, lagMs: number) {
    this.#clock = clock;
    this.lagMs = lagMs;
  }

  record(id: string, item: Item | undefined): void {
    this.#pending.push({ at: this.#now(), id, item });
  }

  all(): readonly Item[] {
    this.#takeUntil(this.#now() - this.lagMs);
    return [...this.#known.values()];
  }

  find(id: string): Item | undefined {
    this.#takeUntil(this.#now() - this.lagMs);
    return this.#known.get(id);
  }

  /** Takes in all changes, however new. */
  catchUp(): void {
    this.#takeUntil(Infinity);
  }

  #now(): number {
    return Date.parse(this.#clock.now());
  }

  #takeUntil(time: number): void {
    const later = this.#pending.findIndex(({ at }) => at > time);
    const count = later === -1 ? this.#pending.length : later;
    for (const { id, item } of this.#pending.slice(0, count)) {
      if (item === undefined) this.#known.delete(id);
      else this.#known.set(id, item);
    }
    if (count > 0) this.#pending = this.#pending.slice(count);
  }
}
