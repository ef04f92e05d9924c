import { type Clock, ConnectorError } from '@context-sync/core';

/**
 * Time-out of an attempt in tests. The fraction marks it: no backoff or pause is ever this long. It
 * is short, so that what a deadline leaves is never less.
 */
export const WATCHDOG_MS = 500.25;

interface Sleeper {
  readonly wakeAt: number;
  wake(): void;
}

/**
 * A clock on which waiting takes no time, in the right order. Time-outs of attempts (sleeps of
 * `WATCHDOG_MS`) do not end by themselves, because loopback answers take no virtual time; a test
 * ends them with `expire`.
 */
export class VirtualClock implements Clock {
  /** Every wait that was asked for, time-outs of attempts aside. */
  readonly waits: number[] = [];
  #now: number;
  readonly #waiting = new Set<Sleeper>();
  readonly #watchdogs = new Set<Sleeper>();

  constructor(now = Date.parse('2026-01-01T00:00:00Z')) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  advance(ms: number): void {
    this.#now += ms;
  }

  /** Lets every attempt that is under way run out of time. */
  expire(): void {
    for (const sleeper of this.#watchdogs) {
      this.#now = Math.max(this.#now, sleeper.wakeAt);
      sleeper.wake();
    }
    this.#watchdogs.clear();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const group = ms === WATCHDOG_MS ? this.#watchdogs : this.#waiting;
    if (group === this.#waiting) this.waits.push(ms);
    return new Promise((resolve, reject) => {
      const cancel = (): void => {
        group.delete(sleeper);
        reject(new ConnectorError('cancelled', 'The wait was cancelled.'));
      };
      const wake = (): void => {
        signal?.removeEventListener('abort', cancel);
        resolve();
      };
      const sleeper = { wakeAt: this.#now + ms, wake };
      if (signal?.aborted === true) return cancel();
      signal?.addEventListener('abort', cancel);
      group.add(sleeper);
      if (group === this.#waiting) setImmediate(() => this.#wakeNext());
    });
  }

  #wakeNext(): void {
    const next = [...this.#waiting].toSorted((a, b) => a.wakeAt - b.wakeAt)[0];
    if (next === undefined) return;
    this.#waiting.delete(next);
    this.#now = Math.max(this.#now, next.wakeAt);
    next.wake();
  }
}
