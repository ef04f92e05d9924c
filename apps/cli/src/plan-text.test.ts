import { hostOf, Interrupt, type RunView } from '@context-sync/engine/console';
import { createStyle } from '@context-sync/engine/text';
import { expect, it } from 'vitest';

import { nextCommandOf } from './next-command.ts';
import { planText } from './plan-text.ts';

const view: RunView = {
  exitCode: 0,
  log: undefined,
  summary: {
    created: 1,
    updated: 0,
    moved: 1,
    deleted: 0,
    unchanged: 2900,
    failed: 0,
    attachments: 0,
    requests: 212,
    retries: 0,
    waitedMs: 0,
    bytes: 14_200_000,
    run: 'r1',
    root: '/m',
    dryRun: true,
    outcome: 'ok',
    startedAt: '2026-11-23T14:00:00Z',
    durationMs: 302_000,
    sources: [],
    localEdits: [],
  },
  invocation: {
    host: hostOf(process, '.'),
    args: ['wiki:ENG'],
    options: {},
    style: createStyle(false),
    errorStyle: createStyle(false),
    interrupt: new Interrupt(process),
    nextCommand: nextCommandOf({ root: '/m' }),
    setLog: () => {},
  },
  request: { dryRun: true },
};

it('plans changes by scope with the command that applies them', () => {
  const at = { source: 'wiki', scope: 'ENG', id: '1', title: 'A page' };
  const plan = planText(
    [
      { ...at, action: 'create', path: 'wiki/ENG/a.md' },
      { ...at, action: 'move', path: 'wiki/ENG/new.md', from: 'wiki/ENG/old.md' },
    ],
    view,
  );

  expect(plan).toBe(
    [
      'Plan for wiki:ENG',
      '  + create  wiki/ENG/a.md                      "A page"',
      '  > move    wiki/ENG/old.md → wiki/ENG/new.md',
      '2 changes (212 requests made, nothing written). Apply: context-sync sync wiki:ENG --root /m',
    ].join('\n'),
  );
  const request = { dryRun: true, full: true, only: ['7'], withDescendants: true };
  const change = { ...at, action: 'update', path: 'wiki/ENG/a.md' } as const;
  expect(planText([change], { ...view, request })).toContain(
    'Apply: context-sync sync wiki:ENG --full --with-descendants --only 7 --root /m',
  );
  expect(planText([], view)).toMatch(/^Nothing to change \(212 requests made/);
});
