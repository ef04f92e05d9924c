import type { Outcome } from '../api.ts';
import type { SourceResult } from './source-run.ts';

type ScopeEnd = SourceResult['scopes'][number];

/** How one scope ended. */
export function scopeOutcome(
  { result, pruned, pruneError }: ScopeEnd,
  cancelled: boolean,
): Outcome {
  if (result.outcome === 'cancelled') return 'cancelled';
  if (result.outcome === 'failed') return failedOr(cancelled);
  if (pruned.withheld > 0) return 'withheld';
  return result.failures.size > 0 || result.tainted || pruneError !== undefined ? 'partial' : 'ok';
}

/** What a failure is called; of a run that was cancelled it says nothing. */
export function failedOr(cancelled: boolean): Outcome {
  return cancelled ? 'cancelled' : 'failed';
}

/** The outcome of a whole from those of its parts. */
export function joint(parts: readonly Outcome[]): Outcome {
  if (parts.every((outcome) => outcome === 'ok')) return 'ok';
  if (parts.includes('cancelled')) return 'cancelled';
  if (parts.every((outcome) => outcome === 'failed')) return 'failed';
  return parts.includes('withheld') &&
    parts.every((outcome) => outcome === 'ok' || outcome === 'withheld')
    ? 'withheld'
    : 'partial';
}
