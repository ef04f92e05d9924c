import { ConnectorError } from '@context-sync/core';

import type { BrokenStream } from './memory-world.ts';

/** The bytes in small pieces, so that a stream has a middle. */
export function bodyStream(bytes: Buffer, how: BrokenStream | undefined): ReadableStream {
  let at = 0;
  return new ReadableStream<Uint8Array>({
    pull: (controller) => {
      if (how === 'hangs') return new Promise(() => undefined);
      const piece = bytes.subarray(at, at + 4);
      at += 4;
      if (piece.length > 0 && !(how === 'fails' && at > 4)) controller.enqueue(piece);
      else if (how === 'endless') controller.enqueue(Buffer.from('more'));
      else if (how === 'fails') controller.error(new ConnectorError('transient', 'It broke off.'));
      else controller.close();
      return undefined;
    },
  });
}
