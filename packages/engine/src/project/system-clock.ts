import { setTimeout as wait } from 'node:timers/promises';

import { ConnectorError } from '@context-sync/core';

import type { EngineClock } from '../sync/runnable-source.ts';

/** The machine's clock. */
export const systemClock: EngineClock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    try {
      await wait(ms, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      throw new ConnectorError('cancelled', 'The wait was cut off.', { cause: error });
    }
  },
};
