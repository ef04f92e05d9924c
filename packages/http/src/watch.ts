import type { Clock } from '@context-sync/core';

/** What ended the work that a {@link Watch} guards. */
export type WatchVerdict = 'running' | 'cancelled' | 'timed-out';

/** Ends one piece of work when a caller aborts or when nothing moved for `timeoutMs`. */
export class Watch {
  verdict: WatchVerdict = 'running';
  readonly timeoutMs: number;
  /** How long it may stand still, once it moves. */
  stallMs: number | undefined;
  readonly #clock: Clock;
  readonly #work = new AbortController();
  readonly #timer = new AbortController();
  readonly #parents: readonly AbortSignal[];
  #idleMs: number;
  #touchedAt: number;

  constructor(clock: Clock, parents: readonly AbortSignal[], timeoutMs: number) {
    this.#clock = clock;
    this.#parents = parents;
    this.timeoutMs = timeoutMs;
    this.#idleMs = timeoutMs;
    this.#touchedAt = clock.now();
    for (const parent of parents) {
      if (parent.aborted) this.#cancel();
      parent.addEventListener('abort', this.#cancel);
    }
    void this.#guard();
  }

  /** Aborts when the work must end. */
  get signal(): AbortSignal {
    return this.#work.signal;
  }

  /** Starts the time over: from here on only standing still for `idleMs` is too long. */
  touch(idleMs: number): void {
    this.stallMs = idleMs;
    this.#idleMs = idleMs;
    this.#touchedAt = this.#clock.now();
  }

  /** The work is done: no timer and no listener stays behind. */
  stop(): void {
    for (const parent of this.#parents) parent.removeEventListener('abort', this.#cancel);
    this.#timer.abort();
  }

  // Not AbortSignal.any(): on Node 20 it keeps every child of a signal that lives as long as the run.
  readonly #cancel = (): void => this.#end('cancelled');

  #end(verdict: WatchVerdict): void {
    if (this.verdict !== 'running') return;
    this.verdict = verdict;
    this.stop();
    this.#work.abort();
  }

  async #guard(): Promise<void> {
    try {
      for (let left = this.#idleMs; left > 0; left = this.#leftMs()) {
        await this.#clock.sleep(left, this.#timer.signal);
      }
      this.#end('timed-out');
    } catch {
      // The sleep was ended by stop(); there is nothing left to guard.
    }
  }

  #leftMs(): number {
    return this.#touchedAt + this.#idleMs - this.#clock.now();
  }
}
