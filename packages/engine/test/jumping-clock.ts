import { setImmediate as turn } from 'node:timers/promises';

import { earlyRequests, type RecordedRequest } from '@context-sync/sandbox';

import { systemClock } from '../src/project/system-clock.ts';
import type { EngineClock } from '../src/sync/runnable-source.ts';

/** Waits of at least this long are time-outs, which must not run out early; in milliseconds. */
const shortestTimeout = 30_000;

/** The machine's clock, but a wait between tries takes no time: the clock jumps to its end. */
export class JumpingClock implements EngineClock {
  #aheadMs = 0;
  readonly #jumps: { readonly atMs: number; readonly aheadMs: number }[] = [];

  readonly now = (): number => systemClock.now() + this.#aheadMs;

  readonly sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
    if (ms >= shortestTimeout) return systemClock.sleep(ms, signal);
    // Whole milliseconds: a real timer does not fire in the last one either.
    const until = this.now() + ms + 1;
    await turn();
    if (signal?.aborted === true) return systemClock.sleep(0, signal);
    const leftMs = until - this.now();
    if (leftMs <= 0) return;
    this.#aheadMs += leftMs;
    this.#jumps.push({ atMs: performance.now(), aheadMs: this.#aheadMs });
  };

  /** The requests that came too early by this clock. */
  early(requests: readonly RecordedRequest[]): readonly RecordedRequest[] {
    return earlyRequests(requests.map((request) => this.#toOwnTime(request)));
  }

  #toOwnTime({ wait, arrivedAtMs, ...request }: RecordedRequest): RecordedRequest {
    if (wait === undefined) return { ...request, wait, arrivedAtMs: this.#at(arrivedAtMs) };
    const fromMs = this.#at(wait.fromMs);
    const untilMs = fromMs + wait.untilMs - wait.fromMs;
    return { ...request, arrivedAtMs: this.#at(arrivedAtMs), wait: { fromMs, untilMs } };
  }

  #at(realMs: number): number {
    return realMs + (this.#jumps.findLast(({ atMs }) => atMs <= realMs)?.aheadMs ?? 0);
  }
}
