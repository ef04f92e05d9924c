import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { FaultKind } from '../faults.ts';
import type { ByteStream, Reply } from './reply.ts';

function toStream(body: Reply['body']): ByteStream {
  if (typeof body !== 'string') return body;
  const bytes = Buffer.from(body);
  return { length: bytes.length, read: () => [bytes] };
}

function* firstHalf({ length, read }: ByteStream): Generator<Uint8Array> {
  let left = Math.floor(length / 2);
  for (const chunk of read()) {
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) return;
  }
}

/** Sends a reply, or what the faults leave of it. */
export async function deliver(
  outgoing: ServerResponse,
  reply: Reply,
  faults: readonly FaultKind[],
): Promise<void> {
  const body = toStream(reply.body);
  const isNearLimit = faults.some((fault) => fault.kind === 'near-limit');
  outgoing.writeHead(reply.status, {
    ...reply.headers,
    'content-length': String(body.length),
    ...(isNearLimit ? { 'x-ratelimit-nearlimit': 'true' } : {}),
  });
  if (faults.some((fault) => fault.kind === 'truncated-body')) {
    await pipeline(Readable.from(firstHalf(body)), outgoing, { end: false });
    outgoing.destroy();
    return;
  }
  await pipeline(Readable.from(body.read()), outgoing);
}
