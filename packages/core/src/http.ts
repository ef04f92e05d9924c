import type { CallContext } from './context.ts';
import type { ErrorCode } from './errors.ts';
import type { Json } from './json.ts';

/** The host's HTTP mechanism. A connector makes one client per service it talks to. */
export interface Http {
  client(options: HttpClientOptions): HttpClient;
}

/** The policy of one service: how to sign, how fast to go, how it announces a limit. */
export interface HttpClientOptions {
  /** Paths are appended to it, e.g. `https://acme.atlassian.net/wiki`. Its path is always kept. */
  readonly baseUrl: string;
  /**
   * Gives the headers that sign a request. Called for each attempt; the result is sent only to the
   * origin of `baseUrl`, never to a host that a redirect or an answer names.
   */
  authenticate?(): Promise<Readonly<Record<string, string>>>;
  readonly limits?: HttpLimits;
  /** Reads the service's own rate-limit headers. `Retry-After` is always read by the host. */
  rateLimit?(response: { status: number; headers: HttpHeaders }): RateLimitSignal | undefined;
  /** Explains a refused request in the service's own terms; `undefined` keeps the host's error. */
  explain?(response: {
    status: number;
    headers: HttpHeaders;
    body: unknown;
    /** Path of the request below `baseUrl`. */
    path: string;
  }): HttpExplanation | undefined;
}

/** Politeness limits. The user may override each one per source with `limits` in the config. */
export interface HttpLimits {
  /** Requests started per second. @default 10 */
  readonly requestsPerSecond?: number;
  /** Requests under way at once. @default 4 */
  readonly concurrency?: number;
  /** Time for one attempt, from start to the last byte, in milliseconds. @default 60000 */
  readonly timeoutMs?: number;
  /** Time for one request with all its attempts and waits, in milliseconds. @default 300000 */
  readonly deadlineMs?: number;
  /** Attempts after the first one. @default 4 */
  readonly retries?: number;
  /** Largest JSON answer accepted, in bytes after decompression. @default 67108864 */
  readonly maxResponseBytes?: number;
}

/** What a service says about its limit. */
export interface RateLimitSignal {
  /** Wait this long before the next request, in milliseconds. */
  readonly retryAfterMs?: number;
  /** The limit is near: halve the concurrency until answers stop saying so. */
  readonly nearLimit?: boolean;
}

/** A refused request in the service's own terms. */
export interface HttpExplanation {
  readonly code?: ErrorCode;
  readonly message?: string;
  readonly hint?: string;
}

/** Header names in lower case. */
export type HttpHeaders = Readonly<Record<string, string>>;

export interface HttpRequest {
  /** @default 'GET' */
  readonly method?: 'GET' | 'POST';
  /** Appended to `baseUrl`; starts with `/` and holds no query. */
  readonly path: string;
  /** An array repeats the parameter; `undefined` leaves it out. */
  readonly query?: Readonly<
    Record<string, string | number | boolean | readonly string[] | undefined>
  >;
  /** Sent as JSON. */
  readonly body?: Json;
  /** A POST is retried only if it says that repeating it is harmless. @default true for GET */
  readonly idempotent?: boolean;
  readonly headers?: HttpHeaders;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: HttpHeaders;
  /** Parsed JSON, not yet checked: read it with a schema. */
  readonly body: unknown;
}

export interface HttpStream {
  readonly status: number;
  readonly headers: HttpHeaders;
  /** Read it to the end or abort the call. */
  readonly body: ReadableStream<Uint8Array>;
}

/**
 * Sends requests under the limits, retries what is safe to retry, follows redirects without
 * credentials, and turns every failure into a `ConnectorError`: 401 `auth`, 403 `permission`,
 * 404 `not_found`, 410 `cursor_invalid`, 413 `too_large`, 429 `rate_limited`, network faults,
 * time-outs and 5xx `transient`, another 4xx `permanent`, an HTML page with status 200 `auth`.
 */
export interface HttpClient {
  /** Sends a request and reads a JSON answer. */
  json(request: HttpRequest, call: CallContext): Promise<HttpResponse>;
  /** Sends a request and streams the answer's bytes, whatever their type. */
  stream(request: HttpRequest, call: CallContext): Promise<HttpStream>;
}
