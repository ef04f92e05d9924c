import { ConnectorError } from '@context-sync/core';

import type { Exchange } from './exchange.ts';
import { AttemptFailure } from './failure.ts';

/**
 * Gives the body of an answer as a web stream. It ends with a `ConnectorError` when the call is
 * cancelled, the connection breaks, or nothing was read for `idleMs`; it is not retried from the
 * middle.
 */
export function toByteStream(exchange: Exchange, idleMs: number): ReadableStream<Uint8Array> {
  const chunks = exchange.chunks();
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
          exchange.moved(idleMs);
          if (next.done !== true) return controller.enqueue(next.value);
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
