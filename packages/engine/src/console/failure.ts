import type { ConfigProblem } from '../config/config-error.ts';

/** Whatever was thrown, as a command reports it. */
export interface Failure {
  /** Who is to act: `usage` the caller's words, `config` the config, `service` the other side. */
  readonly kind: 'usage' | 'config' | 'engine' | 'service' | 'bug';
  readonly code: string;
  readonly message: string;
  readonly cause?: string;
  readonly fix?: string;
  /** Every fault of the config, when that is what failed. */
  readonly problems?: readonly ConfigProblem[];
  readonly stack?: string;
}

/** The command line asks for something that is not there. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly fix: string;

  constructor(message: string, fix: string) {
    super(message);
    this.fix = fix;
  }
}

/** What was asked for could not be written to stdout, e.g. into a file on a full disk. */
export class OutputError extends Error {
  readonly '~contextSync' = 'engine-error';
  override readonly name = 'OutputError';
  readonly code = 'disk_full';
  readonly hint = 'make room there, then run the same command again';

  constructor(cause: Error) {
    super(`The output could not be written: ${cause.message}.`);
  }
}

/** Reads whatever was thrown. Recognised by brand, since two copies of a package are normal. */
export function toFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { kind: 'bug', code: 'bug', message: String(error) };
  const details = {
    message: error.message,
    ...(error.cause instanceof Error && !error.message.includes(error.cause.message)
      ? { cause: error.cause.message }
      : {}),
    ...(error.stack === undefined ? {} : { stack: error.stack }),
  };
  if (error instanceof UsageError)
    return { kind: 'usage', code: 'usage', ...details, fix: error.fix };
  const facts: BrandedError = error;
  const code = facts.code ?? 'bug';
  const fix = facts.hint === undefined ? {} : { fix: facts.hint };
  switch (facts['~contextSync']) {
    case 'config-error':
      return { kind: 'config', code: 'config', ...details, ...fix, problems: facts.problems ?? [] };
    case 'engine-error':
      return { kind: 'engine', code, ...details, ...fix };
    case 'error':
      return { kind: 'service', code, ...details, ...fix };
    case undefined:
    default:
      return { kind: 'bug', code: 'bug', ...details };
  }
}

/** The failure as `--json` prints it. */
export function toFailureJson({ code, message, cause, fix, problems }: Failure): object {
  return { error: { code, message, cause, fix, problems } };
}

interface BrandedError extends Error {
  readonly '~contextSync'?: string;
  readonly code?: string;
  readonly hint?: string;
  readonly problems?: readonly ConfigProblem[];
}
