import type { Http } from './http.ts';
import type { Json } from './json.ts';

/** Structured log. Messages are fixed texts; what varies goes into `fields`. */
export interface Logger {
  debug(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
}

/** Time as the host sees it. Use it for waiting, never for watermarks: those come from the server. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`; rejects with a `cancelled` error when the signal aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The secrets of this source. Every value read here is redacted from logs and errors. */
export interface Secrets {
  /**
   * Gives the value behind a secret field of the config, e.g. `get('auth.token')`, or `undefined`
   * when the field is absent. Throws `auth` when the field names a variable or file that is missing.
   */
  get(field: string): Promise<string | undefined>;
}

/** A small key-value store that outlives the run. It may be emptied at any time. */
export interface Cache {
  get(key: string): Promise<Json | undefined>;
  /** `ttlMs` limits how long the value is given back. */
  set(key: string, value: Json, ttlMs?: number): Promise<void>;
}

/** What the host gives a connector when it is made. */
export interface ConnectorContext {
  /** The contract the host speaks; newer minors add, never change. */
  readonly contract: { readonly major: number; readonly minor: number };
  /** The user's name for this source. */
  readonly source: string;
  readonly logger: Logger;
  readonly http: Http;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly cache: Cache;
}

/** What comes with each call: pass the signal to everything that waits. */
export interface CallContext {
  readonly signal: AbortSignal;
  readonly logger: Logger;
}
