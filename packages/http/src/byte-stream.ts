import { ConnectorError } from '@context-sync/core';

import type { Exchange } from './exchange.ts';
import { AttemptFailure } from './failure.ts';

/** Far below any line in use; a body that drips more slowly would hold its slot for ever. */
const LEAST_BYTES_PER_SECOND = 1_024;

/**
 * Gives the body of an answer as a web stream. It ends with a `ConnectorError` when the call is
 * cancelled, the connection breaks, or next to nothing was read for `idleMs`; it is not retried from
 * the middle.
 */
export function toByteStream(exchange: Exchange, idleMs: number): ReadableStream<Uint8Array> {
  const chunks = exchange.chunks();
  const leastBytes = (idleMs / 1_000) * LEAST_BYTES_PER_SECOND;
  let bytes = 0;
  const note = (size: number): void => {
    bytes += size;
    if (bytes < leastBytes) return;
    bytes = 0;
    exchange.moved(idleMs);
  };
  exchange.moved(idleMs);
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const abort = (): void => {
          exchange.finish();
          controller.error(toPublicError(exchange.toFailure(undefined)));
        };
        if (exchange.signal.aborted) abort();
        else exchange.signal.addEventListener('abort', abort, { once: true });
      },
      async pull(controller) {
        try {
          const next = await chunks.next();
          if (next.done !== true) {
            note(next.value.byteLength);
            return controller.enqueue(next.value);
          }
          exchange.finish();
          return controller.close();
        } catch (error) {
          exchange.finish();
          return controller.error(toPublicError(error));
        }
      },
      cancel() {
        exchange.finish();
      },
    },
    // Nothing is read ahead: a reader that stops reading stops the sender.
    { highWaterMark: 0 },
  );
}

function toPublicError(error: unknown): ConnectorError {
  if (error instanceof AttemptFailure) return error.error;
  if (ConnectorError.is(error)) return error;
  return new ConnectorError('bug', 'The answer could not be streamed.');
}
