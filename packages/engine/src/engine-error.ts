/**
 * Failures of the mirror itself, apart from those of a service.
 *
 * - `locked`: another run holds the root.
 * - `root_unusable`: the root cannot be created, read or written.
 * - `state_damaged`: the state database cannot be read; `rebuild` repairs it.
 * - `state_newer`: the database was written by a newer version.
 * - `disk_full`: no space left; nothing that was there is lost.
 * - `usage`: the call asks for something that is not there, e.g. an unknown source.
 */
export type EngineErrorCode =
  | 'locked'
  | 'root_unusable'
  | 'state_damaged'
  | 'state_newer'
  | 'disk_full'
  | 'usage';

/** An {@link EngineErrorCode} with what happened and what to do next. */
export class EngineError extends Error {
  readonly '~contextSync' = 'engine-error';
  override readonly name = 'EngineError';
  readonly code: EngineErrorCode;
  declare readonly hint?: string;

  constructor(
    code: EngineErrorCode,
    message: string,
    options: { hint?: string; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    if (options.hint !== undefined) this.hint = options.hint;
  }
}
