import type { Clock } from '@context-sync/core';

import { Gate } from './gate.ts';
import type { Limits } from './limits.ts';

/**
 * The doors of all origins. Hosts that share one keep each other's waits: a service that refuses one
 * source of an account would refuse the next one too.
 */
export interface Origins {
  /** One more host; each gives its place back by `leave`. */
  join(): void;
  /** The last one to leave drops what is queued, so that no timer is left. */
  leave(): void;
  gate(origin: string, limits: Limits, clock: Clock): Gate;
}

export function createOrigins(): Origins {
  const gates = new Map<string, Gate>();
  let hosts = 0;
  return {
    join() {
      hosts += 1;
    },
    leave() {
      hosts -= 1;
      if (hosts > 0) return;
      for (const gate of gates.values()) gate.stop();
      gates.clear();
    },
    gate(origin, limits, clock) {
      const gate = gates.get(origin) ?? new Gate(origin, limits, clock);
      gates.set(origin, gate);
      return gate;
    },
  };
}
