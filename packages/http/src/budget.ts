import type { Clock } from '@context-sync/core';

/** The time of one request with all its attempts and waits. */
export class Budget {
  readonly #clock: Clock;
  readonly #deadlineMs: number;
  #endsAt: number | undefined;
  #pausedMs = 0;

  constructor(clock: Clock, deadlineMs: number) {
    this.#clock = clock;
    this.#deadlineMs = deadlineMs;
  }

  /**
   * Starts the time, once. It starts with the first attempt: standing in a long queue of our own
   * making is no fault of the service.
   */
  start(): void {
    this.#endsAt ??= this.#clock.now() + this.leftMs();
  }

  /** Takes a wait that the service asked for off the time before the first attempt, too. */
  readonly pause = (ms: number): void => {
    this.#pausedMs += ms;
  };

  /** Milliseconds left. */
  readonly leftMs = (): number =>
    this.#endsAt === undefined
      ? this.#deadlineMs - this.#pausedMs
      : this.#endsAt - this.#clock.now();
}
