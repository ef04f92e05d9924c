import type { ErrorCode } from '@context-sync/core';

import type { SourceSummary, SyncSummary } from '../api.ts';
import type { EngineErrorCode } from '../engine-error.ts';

/** What the process tells its caller; listed in the README. New codes may be added. */
export const ExitCode = {
  ok: 0,
  bug: 1,
  usage: 2,
  partial: 3,
  credentials: 4,
  temporary: 5,
  config: 6,
  locked: 7,
  safety: 8,
  changed: 9,
  checkFailed: 10,
  interrupted: 130,
  terminated: 143,
} as const;

/** Of several causes the first in this order is told. */
const PRECEDENCE = [
  ExitCode.bug,
  ExitCode.credentials,
  ExitCode.config,
  ExitCode.safety,
  ExitCode.temporary,
  ExitCode.partial,
];

const SERVICE_ERRORS: Readonly<Record<ErrorCode, number>> = {
  config: ExitCode.config,
  auth: ExitCode.credentials,
  permission: ExitCode.partial,
  not_found: ExitCode.partial,
  scope_gone: ExitCode.partial,
  rate_limited: ExitCode.temporary,
  transient: ExitCode.temporary,
  cursor_invalid: ExitCode.partial,
  too_large: ExitCode.partial,
  unsupported: ExitCode.partial,
  permanent: ExitCode.partial,
  cancelled: ExitCode.interrupted,
  bug: ExitCode.bug,
};

const ENGINE_ERRORS: Readonly<Record<EngineErrorCode, number>> = {
  locked: ExitCode.locked,
  root_unusable: ExitCode.config,
  state_damaged: ExitCode.safety,
  state_newer: ExitCode.config,
  disk_full: ExitCode.safety,
  usage: ExitCode.usage,
};

/** The exit code of a failure that stopped a whole command. */
export function exitCodeOfFailure(failure: { kind: string; code: string }): number {
  if (failure.kind === 'usage') return ExitCode.usage;
  if (failure.kind === 'config') return ExitCode.config;
  if (failure.kind === 'engine' && isKey(ENGINE_ERRORS, failure.code))
    return ENGINE_ERRORS[failure.code];
  if (failure.kind === 'service' && isKey(SERVICE_ERRORS, failure.code))
    return sourceErrorCode(failure.code);
  return ExitCode.bug;
}

/** The exit code of a run that came to its end, whatever happened in it. */
export function exitCodeOfRun(
  summary: SyncSummary,
  options: { errorOnChange?: boolean | undefined } = {},
): number {
  if (summary.outcome === 'cancelled') return ExitCode.interrupted;
  const causes = new Set(
    summary.sources.flatMap((source) =>
      causesOf(
        source,
        summary.sources.some((other) => other !== source && works(other)),
      ),
    ),
  );
  const first = PRECEDENCE.find((code) => causes.has(code));
  if (first !== undefined) return first;
  if (summary.outcome === 'failed') return ExitCode.partial;
  if (options.errorOnChange === true && changesOf(summary) > 0) return ExitCode.changed;
  return ExitCode.ok;
}

/** How many files a run changed, or would change in a dry run. */
export function changesOf(
  summary: Pick<SyncSummary, 'created' | 'updated' | 'moved' | 'deleted' | 'attachments'>,
): number {
  const { created, updated, moved, deleted, attachments } = summary;
  return created + updated + moved + deleted + attachments;
}

function works({ error, scopes }: SourceSummary): boolean {
  return error === undefined && scopes.every((scope) => scope.error === undefined);
}

function causesOf(source: SourceSummary, othersWork: boolean): number[] {
  const causes = [
    ...source.unavailable.map(({ error }) => SERVICE_ERRORS[error.code]),
    ...source.scopes.flatMap(({ error }) =>
      error === undefined ? [] : [unlessPlugin(error.code, othersWork, SERVICE_ERRORS[error.code])],
    ),
  ];
  if (source.error !== undefined) {
    const { code } = source.error;
    causes.push(unlessPlugin(code, othersWork, sourceErrorCode(code)));
  }
  const isHeldBack =
    source.withheld > 0 || source.scopes.some(({ outcome }) => outcome === 'withheld');
  if (isHeldBack || source.outcome === 'withheld') causes.push(ExitCode.safety);
  if (source.failed > 0 || source.outcome === 'partial' || source.outcome === 'failed') {
    causes.push(ExitCode.partial);
  }
  return causes;
}

// A plugin that is broken beside sources that work is no fault of this program.
function unlessPlugin(code: ErrorCode, othersWork: boolean, exitCode: number): number {
  return code === 'bug' && othersWork ? ExitCode.partial : exitCode;
}

// Credentials that may read nothing of a source are the wrong credentials.
function sourceErrorCode(code: ErrorCode): number {
  return code === 'permission' ? ExitCode.credentials : SERVICE_ERRORS[code];
}

function isKey<T extends object>(table: T, key: PropertyKey): key is keyof T {
  return Object.hasOwn(table, key);
}
