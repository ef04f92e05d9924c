import { setMaxListeners } from 'node:events';

import { toCancelled } from './failure.ts';

/** A signal that aborts with the first of several, until `dispose` is called. */
export interface LinkedSignal {
  readonly signal: AbortSignal;
  dispose(): void;
}

// AbortSignal.any() leaks on Node 20 when a parent lives as long as the run.
export function linkSignals(parents: readonly AbortSignal[]): LinkedSignal {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  for (const parent of parents) {
    // A call's signal is shared by all its requests; Node warns about a leak from the 11th on.
    setMaxListeners(0, parent);
    if (parent.aborted) abort();
    parent.addEventListener('abort', abort);
  }
  return {
    signal: controller.signal,
    dispose() {
      for (const parent of parents) parent.removeEventListener('abort', abort);
    },
  };
}

/** Gives what the promise gives, or throws `cancelled` as soon as the signal aborts. */
export async function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(toCancelled());
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
