import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { FaultKind } from '../faults/fault.ts';
import { toWire } from '../faults/wire.ts';
import type { ByteStream, Reply } from './reply.ts';

function toStream(body: Reply['body']): ByteStream {
  if (typeof body !== 'string') return body;
  const bytes = Buffer.from(body);
  return { length: bytes.length, read: () => [bytes] };
}

/** Sends a reply, or what the faults leave of it. A client that has enough may hang up. */
export async function deliver(
  outgoing: ServerResponse,
  reply: Reply,
  faults: readonly FaultKind[],
): Promise<void> {
  const { headers, length, source, encoders, breaks } = toWire(toStream(reply.body), faults);
  const measured = length === undefined ? {} : { 'content-length': String(length) };
  outgoing.writeHead(reply.status, { ...reply.headers, ...headers, ...measured });
  const streams = [Readable.from(source, { objectMode: false }), ...encoders, outgoing];
  try {
    await pipeline(streams, { end: !breaks });
  } catch (error) {
    if (!isHangUp(error)) throw error;
  }
  if (breaks) outgoing.destroy();
}

function isHangUp(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' || code === 'EPIPE';
}
