/**
 * What went wrong, as a fixed word that the engine acts on:
 *
 * - `config`: the configuration is wrong; the source stops. Also an unknown space or project.
 * - `auth`: the credentials are missing or refused; the source stops, nothing is pruned.
 * - `permission`: the credentials are good but may not read this; the scope stops, others go on.
 * - `not_found`: the document is not there (or is hidden; most services do not tell them apart).
 * - `scope_gone`: the scope is not there; it is marked unavailable, its documents stay.
 * - `rate_limited`: the service asked to wait longer than the client was willing to.
 * - `transient`: network, time-out or server fault after the client's retries.
 * - `cursor_invalid`: the stored cursor is refused; the engine starts this scope from the beginning.
 * - `too_large`: an answer or a document is over the size limit.
 * - `unsupported`: the service cannot do what was asked.
 * - `permanent`: this document cannot be read and a retry will not help soon.
 * - `cancelled`: the caller aborted.
 * - `bug`: a fault of this program or of the connector.
 */
export type ErrorCode =
  | 'config'
  | 'auth'
  | 'permission'
  | 'not_found'
  | 'scope_gone'
  | 'rate_limited'
  | 'transient'
  | 'cursor_invalid'
  | 'too_large'
  | 'unsupported'
  | 'permanent'
  | 'cancelled'
  | 'bug';

/** An error as data: the only form that crosses a package border. Messages never hold secrets. */
export interface ErrorShape {
  readonly code: ErrorCode;
  /** What happened, and why, in full sentences. */
  readonly message: string;
  /** What the user can do next, as a sentence or a command. */
  readonly hint?: string;
  /** How long the service asked to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** The HTTP status, when an answer caused this. */
  readonly status?: number;
}

/** Details of a {@link ConnectorError} besides its code and message. */
export interface ConnectorErrorOptions {
  readonly hint?: string;
  readonly retryAfterMs?: number;
  readonly status?: number;
  readonly cause?: unknown;
}

/**
 * The error that connectors and the engine throw at each other.
 *
 * Recognise it with {@link ConnectorError.is}, never with `instanceof`: two copies of this package
 * in one process are normal, and the string brand is the same in both.
 */
export class ConnectorError extends Error implements ErrorShape {
  readonly '~contextSync' = 'error';
  override readonly name = 'ConnectorError';
  readonly code: ErrorCode;
  // `declare`: without it every error would own these three as `undefined`.
  declare readonly hint?: string;
  declare readonly retryAfterMs?: number;
  declare readonly status?: number;

  constructor(code: ErrorCode, message: string, options: ConnectorErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    if (options.hint !== undefined) this.hint = options.hint;
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
    if (options.status !== undefined) this.status = options.status;
  }

  /** Tells whether a caught value is a `ConnectorError`, of this copy of the package or another. */
  static is(value: unknown): value is ConnectorError {
    return (
      typeof value === 'object' &&
      value !== null &&
      '~contextSync' in value &&
      value['~contextSync'] === 'error'
    );
  }
}
