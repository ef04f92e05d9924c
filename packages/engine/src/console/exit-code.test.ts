import { readFileSync } from 'node:fs';

import type { ErrorCode, ErrorShape } from '@context-sync/core';
import { describe, expect, it } from 'vitest';

import type { ScopeSummary, SourceSummary, SyncSummary } from '../api.ts';
import { ExitCode, exitCodeOfFailure, exitCodeOfRun } from './exit-code.ts';

const counts = {
  created: 0,
  updated: 0,
  moved: 0,
  deleted: 0,
  unchanged: 5,
  failed: 0,
  attachments: 0,
  requests: 3,
  retries: 0,
  waitedMs: 0,
  bytes: 9,
};

function error(code: ErrorCode): ErrorShape {
  return { code, message: `It is ${code}.` };
}

function scope(changes: Partial<ScopeSummary> = {}): ScopeSummary {
  const names = { source: 'wiki', scope: 'ENG', title: 'Engineering' };
  return {
    ...counts,
    ...names,
    outcome: 'ok',
    durationMs: 1,
    withheld: 0,
    failures: [],
    ...changes,
  };
}

function source(changes: Partial<SourceSummary> = {}): SourceSummary {
  const names = { source: 'wiki', connector: 'confluence', outcome: 'ok', durationMs: 1 } as const;
  return {
    ...counts,
    ...names,
    scopes: [scope()],
    withheld: 0,
    unavailable: [],
    warnings: [],
    ...changes,
  };
}

function run(sources: readonly SourceSummary[], changes: Partial<SyncSummary> = {}): SyncSummary {
  const facts = {
    run: 'r1',
    root: '/m',
    dryRun: false,
    startedAt: '2026-11-23T14:00:00Z',
    durationMs: 1,
  };
  return { ...counts, ...facts, outcome: 'ok', sources, localEdits: [], ...changes };
}

describe('exitCodeOfRun', () => {
  const healthy = source({ source: 'other' });
  const unavailable = (code: ErrorCode) =>
    source({ unavailable: [{ scope: 'X', error: error(code) }] });

  it.each([
    ['all is well', [source()], 0],
    ['no source', [], 0],
    ['credentials refused for a source', [source({ outcome: 'failed', error: error('auth') })], 4],
    ['a source that may read nothing', [source({ error: error('permission') })], 4],
    [
      'a scope that may not be read',
      [source({ scopes: [scope({ error: error('permission') })] })],
      3,
    ],
    ['an unknown space key', [unavailable('config')], 6],
    ['a scope that is gone', [unavailable('scope_gone')], 3],
    ['a rate limit', [source({ scopes: [scope({ error: error('rate_limited') })] })], 5],
    ['a network fault', [source({ error: error('transient') })], 5],
    ['a failed document', [source({ failed: 1, outcome: 'partial' })], 3],
    ['withheld deletions', [source({ scopes: [scope({ withheld: 12, outcome: 'withheld' })] })], 8],
    ['a fault in a scope', [source({ scopes: [scope({ error: error('bug') })] })], 1],
    ['a broken plugin alone', [source({ error: error('bug') })], 1],
    ['a broken plugin beside working sources', [source({ error: error('bug') }), healthy], 3],
    ['auth before config', [unavailable('config'), source({ error: error('auth') })], 4],
    ['config before withheld', [source({ outcome: 'withheld' }), unavailable('config')], 6],
    [
      'withheld before temporary',
      [source({ error: error('transient') }), source({ outcome: 'withheld' })],
      8,
    ],
    ['temporary before partial', [source({ failed: 2 }), source({ error: error('transient') })], 5],
    ['failed without a known cause', [source({ outcome: 'failed' })], 3],
  ])('%s', (_name, sources, expected) => {
    expect(exitCodeOfRun(run(sources))).toBe(expected);
  });

  it('tells that a run was stopped, whatever else happened', () => {
    expect(exitCodeOfRun(run([source({ error: error('auth') })], { outcome: 'cancelled' }))).toBe(
      130,
    );
  });

  it('tells of changes only when asked, and only when nothing failed', () => {
    expect(exitCodeOfRun(run([source()], { moved: 1 }))).toBe(0);
    expect(exitCodeOfRun(run([source()], { moved: 1 }), { errorOnChange: true })).toBe(9);
    expect(exitCodeOfRun(run([source()]), { errorOnChange: true })).toBe(0);
    expect(exitCodeOfRun(run([source({ failed: 1 })], { moved: 1 }), { errorOnChange: true })).toBe(
      3,
    );
  });
});

describe('exitCodeOfFailure', () => {
  it.each([
    ['usage', 'usage', 2],
    ['config', 'config', 6],
    ['engine', 'locked', 7],
    ['engine', 'root_unusable', 6],
    ['engine', 'state_damaged', 8],
    ['engine', 'state_newer', 6],
    ['engine', 'disk_full', 8],
    ['engine', 'usage', 2],
    ['service', 'auth', 4],
    ['service', 'permission', 4],
    ['service', 'transient', 5],
    ['service', 'cancelled', 130],
    ['service', 'toString', 1],
    ['bug', 'bug', 1],
  ])('%s %s', (kind, code, expected) => {
    expect(exitCodeOfFailure({ kind, code })).toBe(expected);
  });
});

it('every exit code is documented', () => {
  const page = readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8');
  const table = page.slice(page.indexOf('## Exit codes'));

  for (const code of Object.values(ExitCode)) {
    expect(table).toMatch(new RegExp(`^\\|(?: \\d+,)* ${code}[ ,]`, 'm'));
  }
});
