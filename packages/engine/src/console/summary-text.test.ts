import { expect, it } from 'vitest';

import type { ScopeSummary, SyncSummary } from '../api.ts';
import { hostOf } from './host.ts';
import { Interrupt } from './interrupt.ts';
import type { Invocation } from './invocation.ts';
import { quoteCommand } from './quote-command.ts';
import { createStyle } from './style.ts';
import { type RunView, summaryProblems, summaryText } from './summary-text.ts';

const counts = {
  created: 1200,
  updated: 16,
  moved: 3,
  deleted: 2,
  unchanged: 2900,
  failed: 0,
  attachments: 0,
  requests: 212,
  retries: 0,
  waitedMs: 0,
  bytes: 14_200_000,
};

const invocation: Invocation = {
  host: hostOf(process, '.'),
  args: ['wiki:ENG'],
  options: { color: 'never' },
  style: createStyle(false),
  errorStyle: createStyle(false),
  interrupt: new Interrupt(process),
  nextCommand: (...words) => quoteCommand(['context-sync', ...words, '--root', '/m']),
  setLog: () => {},
};

function viewOf(
  exitCode: number,
  changes: Partial<SyncSummary> = {},
  scope: Partial<ScopeSummary> = {},
): RunView {
  const names = { source: 'wiki', scope: 'ENG', title: 'Engineering' };
  const scopes: ScopeSummary[] = [
    { ...counts, ...names, outcome: 'ok', durationMs: 1, withheld: 0, failures: [], ...scope },
  ];
  const source = {
    ...counts,
    source: 'wiki',
    connector: 'confluence',
    outcome: 'ok',
    durationMs: 1,
    withheld: scope.withheld ?? 0,
  } as const;
  const summary: SyncSummary = {
    ...counts,
    run: 'r1',
    root: '/m',
    dryRun: false,
    outcome: 'ok',
    startedAt: '2026-11-23T14:00:00Z',
    durationMs: 302_000,
    sources: [{ ...source, scopes, unavailable: [], warnings: [] }],
    localEdits: [],
    ...changes,
  };
  return { summary, exitCode, log: '.context-sync/logs/r1.log', invocation, request: {} };
}

it('tells the numbers of a run and that all is well', () => {
  expect(summaryText(viewOf(0))).toBe(
    [
      'Synced 1,216 · unchanged 2,900 · moved 3 · deleted 2 · failed 0 · 14.2 MB · 212 requests · 5m 02s',
      'The mirror in /m is up to date.',
    ].join('\n'),
  );
});

it('claims no more than what was asked for', () => {
  const asked = (...only: string[]): string => summaryText({ ...viewOf(0), request: { only } });

  expect(asked('7')).toContain('The document asked for is up to date in /m.');
  expect(asked('7', '8')).toContain('The 2 documents asked for are up to date in /m.');
});

it('tells how often requests were repeated and how long they waited', () => {
  expect(summaryText(viewOf(0, { retries: 3, waitedMs: 41_000 }))).toContain(
    '212 requests (3 repeated, waited 41.0 s in all) ·',
  );
  expect(summaryText(viewOf(0, { waitedMs: 90_000 }))).toContain(
    '212 requests (0 repeated, waited 1m 30s in all) ·',
  );
});

it('tells what is safe when the run was stopped', () => {
  const none = { created: 0, updated: 0, moved: 0, unchanged: 0 };

  expect(summaryText(viewOf(130, { outcome: 'cancelled' }))).toContain(
    'Stopped early. 4,119 documents are saved; run the same command to go on.',
  );
  expect(summaryText(viewOf(130, { outcome: 'cancelled', ...none }))).toContain(
    'Nothing is saved yet;',
  );
});

it('tells what failed and where the details are', () => {
  const view = viewOf(8, { failed: 1 }, { withheld: 12 });

  expect(summaryText(view)).toContain(
    '1 document failed, 12 deletions withheld (exit 8). Details: /m/.context-sync/logs/r1.log',
  );
});

it('gives each problem its fix, safe for a terminal', () => {
  const error = { code: 'permanent', message: 'Bad\u001b[2J body.', hint: 'mend it' } as const;
  const view = viewOf(8, {}, { withheld: 12, failures: [{ id: '7', title: 'A\nB', error }] });

  expect(summaryProblems(view)).toBe(
    [
      'error[permanent]: wiki:ENG 7 "A B": Bad body.',
      '  fix:   mend it',
      'error[withheld]: wiki:ENG: 12 deletions held back, since so many at once may be a mistake. The files stay.',
      '  fix:   if it is right: context-sync sync wiki:ENG --allow-deletes 12 --root /m',
    ].join('\n'),
  );
  expect(summaryProblems(viewOf(0))).toBe('');
});

it('tells what ended several scopes alike once, and what ended one of them by its name', () => {
  const view = viewOf(6);
  const [source] = view.summary.sources;
  const [scope] = source?.scopes ?? [];
  if (source === undefined || scope === undefined) return expect.fail('There is no scope.');
  const bad = { code: 'config', message: 'Bad filter.' } as const;
  const other = { code: 'permission', message: 'Hidden.', hint: 'ask' } as const;
  const stopped = { code: 'cancelled', message: 'Stopped.' } as const;
  const scopes = [
    { ...scope, scope: 'HR', error: other },
    ...['A', 'B', 'C', 'D', 'E', 'F'].map((name) => ({ ...scope, scope: name, error: bad })),
    { ...scope, scope: 'G', error: stopped },
  ];
  const summary = { ...view.summary, sources: [{ ...source, scopes }] };

  expect(summaryProblems({ ...view, summary })).toBe(
    [
      'error[permission]: wiki:HR: Hidden.',
      '  fix:   ask',
      'error[config]: wiki (6 scopes: A, B, C, D, E, …): Bad filter.',
    ].join('\n'),
  );
});
