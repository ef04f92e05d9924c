import type { Readable } from 'node:stream';

import type { ConnectorError, HttpHeaders } from '@context-sync/core';

import { type AttemptFailure, toCancelled, toTimeoutFailure } from './failure.ts';
import type { Slot } from './gate.ts';
import { type Target, toNetworkFailure } from './network-failure.ts';
import type { Watch } from './watch.ts';

/** One request on the wire and its answer, for counting. Each retry and each redirect is one. */
export interface HttpExchange {
  readonly method: 'GET' | 'POST';
  /** Without user name, password and query secrets. */
  readonly url: string;
  /** `undefined` when no answer came. */
  readonly status?: number;
  /** Body bytes received, after decompression. */
  readonly bytes: number;
  /** From sending to the last byte read, in milliseconds. */
  readonly durationMs: number;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Begins an attempt after the first; what a redirect sends after it does not. */
  readonly isRetry: boolean;
  /**
   * How long a rate limit or a backoff held it back before it was sent, in milliseconds. Requests
   * that wait at once wait each for itself.
   */
  readonly waitedMs?: number;
}

export interface ExchangeParts {
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly stream: Readable;
  readonly watch: Watch;
  readonly slot: Slot;
  readonly target: Target;
  readonly url: URL;
  /** The answer comes from another origin than the service's. */
  readonly foreign: boolean;
  report(bytes: number): void;
}

/** An answer whose body is still on the wire. It holds its slot until {@link Exchange.finish}. */
export class Exchange {
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly url: URL;
  readonly foreign: boolean;
  readonly slot: Slot;
  readonly #parts: ExchangeParts;
  #bytes = 0;
  #finished = false;

  constructor(parts: ExchangeParts) {
    this.status = parts.status;
    this.headers = parts.headers;
    this.url = parts.url;
    this.foreign = parts.foreign;
    this.slot = parts.slot;
    this.#parts = parts;
    // An answer that breaks after it was finished concerns nobody; unheard, it would end the process.
    parts.stream.on('error', () => undefined);
  }

  /** Method and redacted URL. */
  get request(): string {
    return this.#parts.target.request;
  }

  /** Aborts when the call is cancelled or the time is up. */
  get signal(): AbortSignal {
    return this.#parts.watch.signal;
  }

  /** The body, decompressed; throws an {@link AttemptFailure} or a `cancelled` error. */
  async *chunks(): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined> {
    try {
      for await (const chunk of this.#parts.stream as AsyncIterable<Uint8Array<ArrayBuffer>>) {
        this.#bytes += chunk.byteLength;
        yield chunk;
      }
    } catch (error) {
      throw this.toFailure(error);
    }
    // A stream that is destroyed without an error just ends.
    if (this.signal.aborted) throw this.toFailure(undefined);
  }

  /** From here on the body may take any time as long as it moves. */
  moved(idleMs: number): void {
    this.#parts.watch.touch(idleMs);
  }

  toFailure(error: unknown): AttemptFailure | ConnectorError {
    return toFailure(error, this.#parts.watch, this.#parts.target);
  }

  /** Frees slot and timer, counts the exchange, and drops what is left of the body. */
  finish(): void {
    if (this.#finished) return;
    this.#finished = true;
    this.#parts.watch.stop();
    this.#parts.stream.destroy();
    this.#parts.slot.release();
    this.#parts.report(this.#bytes);
  }
}

/** Why an exchange ended: the caller, the clock, or the network. */
export function toFailure(
  error: unknown,
  watch: Watch,
  target: Target,
): AttemptFailure | ConnectorError {
  if (watch.verdict === 'cancelled') return toCancelled();
  if (watch.verdict === 'timed-out') return toTimeoutFailure(target.request, watch);
  return toNetworkFailure(error, target);
}
