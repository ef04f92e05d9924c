import type { Clock } from '@context-sync/core';
import Bottleneck from 'bottleneck';

import type { Budget } from './budget.ts';
import { AttemptFailure, toCancelled, toTooLongWait } from './failure.ts';
import type { Limits } from './limits.ts';

type Pace = Pick<Limits, 'requestsPerSecond' | 'concurrency'>;

/** The right to have one request under way. */
export interface Slot {
  /** Grows with each slot of a gate: tells which answers left before the gate slowed down. */
  readonly sequence: number;
  readonly pausedMs: number;
  release(): void;
}

export interface EnterOptions {
  readonly signal: AbortSignal;
  /** Retries and redirects go before requests that have not started. */
  readonly urgent: boolean;
  /** What the deadline of the request leaves, which the pauses of the origin use up. */
  readonly budget: Pick<Budget, 'leftMs' | 'pause'>;
}

const URGENT_PRIORITY = 2;
const NORMAL_PRIORITY = 5;

/** One origin's door: every request to it passes here, whichever client sends it. */
export class Gate {
  readonly #origin: string;
  readonly #clock: Clock;
  readonly #limiter: Bottleneck;
  #pace: Pace;
  #concurrency: number;
  #pausedUntil = 0;
  readonly #onPause = new Set<() => void>();
  #sequence = 0;
  #slowedAt = 0;
  #calmAnswers = 0;

  constructor(origin: string, pace: Pace, clock: Clock) {
    this.#origin = origin;
    this.#clock = clock;
    this.#pace = pace;
    this.#concurrency = pace.concurrency;
    this.#limiter = new Bottleneck(toSettings(pace, pace.concurrency));
  }

  /** A second client of this origin can only make it politer. */
  tighten(pace: Pace): void {
    this.#pace = {
      requestsPerSecond: Math.min(this.#pace.requestsPerSecond, pace.requestsPerSecond),
      concurrency: Math.min(this.#pace.concurrency, pace.concurrency),
    };
    this.#setConcurrency(Math.min(this.#concurrency, this.#pace.concurrency));
  }

  /** Waits for a turn; throws `cancelled`, or `rate_limited` when a pause outlasts the deadline. */
  async enter(options: EnterOptions): Promise<Slot> {
    let urgent = options.urgent;
    let pausedMs = 0;
    for (;;) {
      pausedMs += await this.#waitWhilePaused(options);
      const release = await this.#takeTurn(urgent, options.signal);
      if (this.#pauseLeftMs() === 0) {
        this.#sequence += 1;
        return { sequence: this.#sequence, pausedMs, release };
      }
      // Paused while it was queued: it waits outside, so that the pace holds when the pause ends.
      release();
      urgent = true;
    }
  }

  /** Lets nothing start for `ms` milliseconds. */
  pause(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock.now() + ms);
    if (this.#pauseLeftMs() === 0) return;
    for (const listener of this.#onPause) listener();
  }

  /** Tells of each pause, and of one that has begun; gives what ends that. */
  onPause(listener: () => void): () => void {
    this.#onPause.add(listener);
    if (this.#pauseLeftMs() > 0) listener();
    return () => this.#onPause.delete(listener);
  }

  /** Halves the concurrency when an answer says that the limit is near, else grows it back by one. */
  adapt(slot: Slot, nearLimit: boolean): void {
    // Requests that were under way while it slowed down say nothing new.
    if (slot.sequence <= this.#slowedAt) return;
    if (nearLimit) {
      this.#slowedAt = this.#sequence;
      this.#setConcurrency(Math.max(1, Math.floor(this.#concurrency / 2)));
      return;
    }
    this.#calmAnswers += 1;
    const roundIsCalm = this.#calmAnswers >= this.#concurrency;
    if (roundIsCalm && this.#concurrency < this.#pace.concurrency) {
      this.#setConcurrency(this.#concurrency + 1);
    }
  }

  /** Drops what is queued, so that no timer of it is left. */
  stop(): void {
    // It rejects on a second stop only.
    this.#limiter.stop({ dropWaitingJobs: true }).catch(() => undefined);
  }

  #setConcurrency(concurrency: number): void {
    this.#concurrency = concurrency;
    this.#calmAnswers = 0;
    void this.#limiter.updateSettings(toSettings(this.#pace, concurrency));
  }

  #pauseLeftMs(): number {
    return Math.max(0, this.#pausedUntil - this.#clock.now());
  }

  async #waitWhilePaused(options: EnterOptions): Promise<number> {
    let waitedMs = 0;
    for (let wait = this.#pauseLeftMs(); wait > 0; wait = this.#pauseLeftMs()) {
      if (wait >= options.budget.leftMs())
        throw new AttemptFailure(toTooLongWait(this.#origin, wait), 'never');
      await this.#clock.sleep(wait, options.signal);
      options.budget.pause(wait);
      waitedMs += wait;
    }
    return waitedMs;
  }

  // Bottleneck cannot drop a queued job: an aborted caller leaves at once, and its job, when its
  // turn comes, ends at once.
  #takeTurn(urgent: boolean, signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const abort = (): void => reject(toCancelled());
      if (signal.aborted) return abort();
      signal.addEventListener('abort', abort, { once: true });
      const job = (): Promise<void> =>
        new Promise((release) => {
          signal.removeEventListener('abort', abort);
          if (signal.aborted) release();
          else resolve(release);
        });
      const priority = urgent ? URGENT_PRIORITY : NORMAL_PRIORITY;
      this.#limiter.schedule({ priority }, job).catch(() => reject(toCancelled()));
    });
  }
}

function toSettings(pace: Pace, concurrency: number): Bottleneck.ConstructorOptions {
  return { maxConcurrent: concurrency, minTime: Math.ceil(1_000 / pace.requestsPerSecond) };
}
