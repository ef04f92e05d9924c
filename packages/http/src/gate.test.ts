import { ConnectorError } from '@context-sync/core';
import { describe, expect, it, onTestFinished } from 'vitest';

import { VirtualClock } from './__fixtures__/virtual-clock.ts';
import { Budget } from './budget.ts';
import { AttemptFailure } from './failure.ts';
import { Gate, type Slot } from './gate.ts';

function open(pace = { requestsPerSecond: 1_000, concurrency: 8 }): {
  gate: Gate;
  clock: VirtualClock;
  enter: (signal?: AbortSignal) => Promise<Slot>;
} {
  const clock = new VirtualClock();
  const gate = new Gate('https://a.example', pace, clock);
  onTestFinished(() => gate.stop());
  return {
    gate,
    clock,
    enter: (signal = new AbortController().signal) =>
      gate.enter({ signal, urgent: false, budget: new Budget(clock, 300_000) }),
  };
}

/** How many of 20 requests get in before any is done. */
async function countInside(enter: () => Promise<Slot>, atLeast: number): Promise<number> {
  const slots: Slot[] = [];
  const entries = Array.from({ length: 20 }, () => enter().then((slot) => slots.push(slot)));
  await expect.poll(() => slots.length, { interval: 5 }).toBeGreaterThanOrEqual(atLeast);
  await new Promise((resolve) => setTimeout(resolve, 30));
  const inside = slots.length;
  for (let done = 0; done < entries.length; done += 1) {
    await entries[done];
    slots[done]?.release();
  }
  return inside;
}

describe('concurrency', () => {
  it('is never more than allowed', async () => {
    const { enter } = open({ requestsPerSecond: 1_000, concurrency: 3 });

    expect(await countInside(enter, 3)).toBe(3);
  });

  it('halves once for all answers that left before, and grows back by one a calm round', async () => {
    const { gate, enter } = open();
    const before = [await enter(), await enter(), await enter()];
    for (const slot of before) {
      gate.adapt(slot, true);
      slot.release();
    }

    const halved = await countInside(enter, 4);
    for (let answers = 0; answers < 4; answers += 1) {
      const slot = await enter();
      gate.adapt(slot, false);
      slot.release();
    }

    expect([halved, await countInside(enter, 5)]).toEqual([4, 5]);
  });

  it('never falls below one nor grows above the limit', async () => {
    const { gate, enter } = open({ requestsPerSecond: 1_000, concurrency: 2 });
    for (let answers = 0; answers < 5; answers += 1) {
      const slot = await enter();
      gate.adapt(slot, true);
      slot.release();
    }
    expect(await countInside(enter, 1)).toBe(1);

    for (let answers = 0; answers < 20; answers += 1) {
      const slot = await enter();
      gate.adapt(slot, false);
      slot.release();
    }

    expect(await countInside(enter, 2)).toBe(2);
  });

  it('takes the stricter pace of two clients', async () => {
    const { gate, enter } = open();
    gate.tighten({ requestsPerSecond: 2_000, concurrency: 2 });

    expect(await countInside(enter, 2)).toBe(2);
  });
});

describe('pause', () => {
  it('holds every request until its end', async () => {
    const { gate, clock, enter } = open();
    const endsAt = clock.now() + 20_000;
    gate.pause(20_000);
    gate.pause(5_000);

    const slots = await Promise.all([enter(), enter(), enter()]);

    expect(clock.now()).toBeGreaterThanOrEqual(endsAt);
    expect(slots.map((slot) => slot.pausedMs)).toEqual([20_000, 20_000, 20_000]);
  });

  it('holds a request that was queued before the pause', async () => {
    const { gate, clock, enter } = open({ requestsPerSecond: 1_000, concurrency: 1 });
    const first = await enter();
    const second = enter();
    const endsAt = clock.now() + 9_000;
    gate.pause(9_000);
    first.release();

    await second;

    expect(clock.now()).toBeGreaterThanOrEqual(endsAt);
  });

  it('that outlasts the deadline ends the request at once', async () => {
    const { gate, clock, enter } = open();
    gate.pause(300_000);

    const error = await enter().catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(AttemptFailure);
    expect((error as AttemptFailure).error).toMatchObject({
      code: 'rate_limited',
      retryAfterMs: 300_000,
    });
    expect(clock.waits).toEqual([]);
  });
});

it('one pause after another is no more than the deadline', async () => {
  const { gate, clock, enter } = open({ requestsPerSecond: 1_000, concurrency: 1 });
  const first = await enter();
  const startedAt = clock.now();
  const sleep = clock.sleep.bind(clock);
  // Each time a pause ends, the service has asked for another one.
  clock.sleep = async (ms, signal) => {
    await sleep(ms, signal);
    gate.pause(100_000);
  };
  gate.pause(100_000);
  first.release();

  const error = await enter().catch((reason: unknown) => reason);

  expect((error as AttemptFailure).error.code).toBe('rate_limited');
  expect(clock.now() - startedAt).toBeLessThanOrEqual(300_000);
});

it('stop ends what is queued', async () => {
  const { gate, enter } = open({ requestsPerSecond: 1_000, concurrency: 1 });
  await enter();
  const queued = enter();

  gate.stop();

  await expect(queued).rejects.toMatchObject({ code: 'cancelled' });
});

describe('abort', () => {
  it('ends a queued request at once and gives its turn to the next', async () => {
    const { enter } = open({ requestsPerSecond: 1_000, concurrency: 1 });
    const first = await enter();
    const controller = new AbortController();
    const second = enter(controller.signal);
    const third = enter();
    controller.abort();

    const error = await second.catch((reason: unknown) => reason);
    first.release();

    expect(ConnectorError.is(error) && error.code).toBe('cancelled');
    await expect(third).resolves.toBeDefined();
  });

  it('before the call is a rejection, not a wait', async () => {
    const { enter } = open();

    await expect(enter(AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });
});
