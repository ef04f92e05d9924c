import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { FireGround } from './under-fire.ts';

/**
 * Of all cases, which are some six thousand, each run takes every 397th: other kinds at other requests
 * than its neighbours, since no count of requests is a multiple of it. `.ci/run` takes every 53rd,
 * `FIRE=1` takes all.
 */
const stride = Number(process.env['FIRE'] ?? 397);

describe('every kind of fault at every request', { timeout: 7_200_000 }, () => {
  let ground: FireGround;

  beforeAll(async () => {
    ground = await FireGround.make();
  });
  afterAll(() => ground.close());

  it.each([
    ['a first run', { isFirst: true, options: {} }],
    ['a run after changes', { isFirst: false, options: {} }],
    ['a run after changes that lists everything', { isFirst: false, options: { reconcile: true } }],
  ])('leaves %s nothing lost, honest, patient, and mended by the next one', async (_, scenario) => {
    expect(await ground.complaints(scenario, stride)).toEqual([]);
  });
});
