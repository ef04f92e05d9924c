import { countDocuments } from '../state/members.ts';
import type { Session } from '../state/session.ts';
import type { ScopeRow } from '../state/sources.ts';
import type { Removed } from './prune.ts';

/** A scope the service no longer lists is removed after this many listings … */
const listingsUntilGone = 3;
/** … and this long, in milliseconds: access is lost and regained. */
const msUntilGone = 72 * 3_600_000;

/** What the summary of a run tells of a scope that is missing. */
export interface ScopeWarning {
  readonly code: string;
  readonly message: string;
}

/** Whether a scope has been missing for so long that it will not come back. */
export function isLongGone(scope: ScopeRow, now: number): boolean {
  return (
    scope.missing_runs >= listingsUntilGone &&
    scope.missing_since !== null &&
    now - scope.missing_since >= msUntilGone
  );
}

/** Tells what happens to the files of a scope that is kept. `isCertain`: the config names only known ones. */
export function missingWarning(
  { database, now }: Session,
  scope: ScopeRow,
  isCertain: boolean,
): ScopeWarning {
  const count = countDocuments(database, scope.id);
  const stay = `${countOf(count)} ${count === 1 ? 'stays' : 'stay'} in the mirror`;
  return {
    code: 'scope_missing',
    message: isCertain
      ? `${scope.slug} is not listed by the service any more. Its ${stay}, and go to the trash when it is still missing after ${goneAt(scope, now())}.`
      : `${scope.slug} was not found in this run. Its ${stay} as long as the config names something that cannot be read, since that may be a misspelt name. They go to the trash when the rest of the config is right and ${scope.slug} is not in it.`,
  };
}

/** Tells that the files of a scope went, and how to get them back. */
export function goneWarning(
  { scope, removed }: { scope: ScopeRow; removed: readonly Removed[] },
  run: string,
): ScopeWarning {
  return {
    code: 'scope_gone',
    message: `${scope.slug} has been missing for more than ${msUntilGone / 3_600_000} hours, so its ${countOf(removed.length)} went to the trash. To copy them back: \`context-sync restore ${run}\``,
  };
}

function goneAt({ missing_since }: ScopeRow, now: number): string {
  const time = new Date((missing_since ?? now) + msUntilGone).toISOString();
  return `${time.slice(0, 16).replace('T', ' ')} UTC`;
}

function countOf(documents: number): string {
  return documents === 1 ? '1 document' : `${documents} documents`;
}
