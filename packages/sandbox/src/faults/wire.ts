import { Transform } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { createBrotliCompress, createDeflate, createGzip } from 'node:zlib';

import type { ByteStream } from '../http/reply.ts';
import type { FaultKind } from './fault.ts';

/** A body on its way to the client. */
export interface Wire {
  readonly headers: Readonly<Record<string, string>>;
  /** What `content-length` says; `undefined` sends the body in chunks. */
  readonly length: number | undefined;
  readonly source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  readonly encoders: readonly Transform[];
  /** The connection ends behind the body. */
  readonly breaks: boolean;
}

const padding = Buffer.alloc(65_536, ' ');

function* firstBytes(source: Iterable<Uint8Array>, count: number): Generator<Uint8Array> {
  let left = count;
  for (const chunk of source) {
    if (left <= 0) return;
    yield chunk.subarray(0, left);
    left -= chunk.length;
  }
}

/** So many bytes of white space, in pieces. */
function* spaces(count: number): Generator<Uint8Array> {
  for (let left = count; left > 0; left -= padding.length) {
    yield left < padding.length ? padding.subarray(0, left) : padding;
  }
}

function* padded(source: Iterable<Uint8Array>, count: number): Generator<Uint8Array> {
  yield* source;
  yield* spaces(count);
}

async function* drip(
  source: Wire['source'],
  { bytes, everyMs }: { readonly bytes: number; readonly everyMs: number },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; at += bytes) {
      await delay(everyMs);
      yield chunk.subarray(at, at + bytes);
    }
  }
}

const encoders = { gzip: createGzip, br: createBrotliCompress, deflate: createDeflate } as const;

/** Turns every bit over, so that nobody can decode it. */
function corrupt(): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(
        null,
        chunk.map((byte) => ~byte & 255),
      );
    },
  });
}

/** What a fault does to a body; most do nothing. */
function change(wire: Wire, body: ByteStream, fault: FaultKind): Wire {
  const half = Math.floor(body.length / 2);
  switch (fault.kind) {
    case 'near-limit':
      return { ...wire, headers: { ...wire.headers, 'x-ratelimit-nearlimit': 'true' } };
    case 'truncated-body':
      return { ...wire, source: firstBytes(body.read(), half), breaks: true };
    case 'cut-body':
      return { ...wire, source: firstBytes(body.read(), half), length: half };
    case 'empty-body':
      return { ...wire, source: [], length: 0 };
    case 'oversized-body': {
      const source = padded(body.read(), fault.bytes - body.length);
      return { ...wire, source, length: Math.max(fault.bytes, body.length) };
    }
    case 'endless-body':
      return { ...wire, source: padded(body.read(), Infinity), length: undefined };
    case 'drip':
      return { ...wire, source: drip(wire.source, fault) };
    case 'encoding': {
      const { encoding, isBroken = false } = fault;
      const added = [encoders[encoding](), ...(isBroken ? [corrupt()] : [])];
      const headers = { ...wire.headers, 'content-encoding': encoding };
      return { ...wire, headers, length: undefined, encoders: [...wire.encoders, ...added] };
    }
    case 'wrong-length':
      return { ...wire, length: (wire.length ?? 0) + fault.difference, breaks: true };
    default:
      return wire;
  }
}

/** The body as the faults let it go out; those that replace it come before those that slow it. */
export function toWire(body: ByteStream, faults: readonly FaultKind[]): Wire {
  const start: Wire = {
    headers: {},
    length: body.length,
    source: body.read(),
    encoders: [],
    breaks: false,
  };
  const isLast = ({ kind }: FaultKind): boolean => kind === 'drip' || kind === 'wrong-length';
  const ordered = [...faults].sort((left, right) => Number(isLast(left)) - Number(isLast(right)));
  return ordered.reduce((wire, fault) => change(wire, body, fault), start);
}
