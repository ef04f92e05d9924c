import type { ScopeSummary } from '../api.ts';
import { changesOf } from './exit-code.ts';
import { countOf, formatCount, formatDuration } from './quantities.ts';
import type { Style } from './style.ts';
import { cleanLine, padTo } from './terminal-text.ts';

const MARKS = {
  ok: ['green', '✔'],
  partial: ['yellow', '!'],
  withheld: ['yellow', '!'],
  cancelled: ['yellow', '■'],
  failed: ['red', '✖'],
} as const;

/** How a scope ended, e.g. `✔ confluence:ENG  412 documents   9 changed   3.1 s`. */
export function scopeEndLine(summary: ScopeSummary, style: Style): string {
  const [color, mark] = MARKS[summary.outcome];
  const name = padTo(cleanLine(`${summary.source}:${summary.scope}`), 20);
  if (summary.error !== undefined && summary.outcome === 'failed') {
    return `${style(color, mark)} ${name} ${cleanLine(summary.error.message)}`;
  }
  const changes = changesOf(summary);
  const documents = summary.created + summary.updated + summary.moved + summary.unchanged;
  const parts = [
    padTo(countOf(documents, 'document'), 16),
    padTo(`${formatCount(changes)} changed`, 14),
    ...(summary.failed > 0 ? [`${formatCount(summary.failed)} failed`] : []),
    ...(summary.withheld > 0 ? [`${countOf(summary.withheld, 'deletion')} withheld`] : []),
    formatDuration(summary.durationMs),
  ];
  return `${style(color, mark)} ${name} ${parts.join('  ')}`;
}
