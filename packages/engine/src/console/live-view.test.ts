import { expect, it } from 'vitest';

import type { RunEvent } from '../api.ts';
import { liveLines } from './live-view.ts';
import { plainLine, progressFields } from './plain-lines.ts';
import { RunProgress } from './progress.ts';
import { createStyle } from './style.ts';
import { widthOf } from './terminal-text.ts';

const frame = { columns: 80, rows: 24, now: 10_000, style: createStyle(false) };

function progressAfter(events: readonly RunEvent[], at = 0): RunProgress {
  const progress = new RunProgress();
  for (const event of events) progress.apply(event, at);
  return progress;
}

const begun: readonly RunEvent[] = [
  { type: 'source', source: 'wiki', scopes: ['ENG', 'OPS'] },
  { type: 'scope-start', source: 'wiki', scope: 'ENG' },
];

function advance(progress: RunProgress, done: number, now: number, current: string): void {
  progress.apply(
    { type: 'progress', source: 'wiki', scope: 'ENG', done, total: 3980, current },
    now,
  );
}

it('shows count, rate, time left and title of a scope, and how many wait', () => {
  const progress = progressAfter(begun);

  advance(progress, 120, 10_000, 'Rollback guide');

  expect(liveLines(progress, frame)).toEqual([
    '  ⠋ wiki:ENG  120/3,980      12/s      ETA 5m 22s   Rollback guide',
    '    1 more waiting',
  ]);
});

it('cuts a line to the terminal and lets no title act on it', () => {
  const progress = progressAfter(begun);

  advance(progress, 120, 10_000, `\u001b[2J\u001b]0;owned\u0007${'概要'.repeat(40)}\nsecond`);

  const lines = liveLines(progress, frame);
  expect(lines).toHaveLength(2);
  expect(lines[0]).not.toMatch(/\p{Cc}|owned/u);
  expect(widthOf(lines[0] ?? '')).toBeLessThan(80);
});

it('never draws more lines than the terminal has', () => {
  const scopes = Array.from({ length: 50 }, (_, index) => `S${index}`);
  const starts = scopes.map((scope): RunEvent => ({ type: 'scope-start', source: 'wiki', scope }));
  const progress = progressAfter([{ type: 'source', source: 'wiki', scopes }, ...starts]);

  const lines = liveLines(progress, { ...frame, rows: 10 });

  expect(lines).toHaveLength(8);
  expect(lines.at(-1)).toContain('43 more waiting');
});

it('tells of a pause until it is over', () => {
  const pause: RunEvent = {
    type: 'message',
    level: 'info',
    source: 'wiki',
    message: 'Waiting.',
    fields: { status: 429, waitMs: 41_000 },
  };
  const progress = progressAfter([...begun, pause]);

  expect(liveLines(progress, frame)[0]).toContain('⏸ wiki:ENG  rate limited, goes on in 31s');
  expect(liveLines(progress, { ...frame, now: 50_000 })[0]).not.toContain('⏸');
});

it('shows the writing of files when no scope is under way', () => {
  const progress = progressAfter([{ type: 'writing', done: 1200, total: 3980 }]);

  expect(liveLines(progress, frame)).toEqual(['  ⠋ writing files  1,200/3,980']);
});

it('writes progress as one plain line', () => {
  const progress = progressAfter(begun);
  advance(progress, 360, 30_000, 'x');
  const scope = progress.running.get('wiki:ENG');
  const at = Date.parse('2026-11-23T14:00:30Z');

  const line = scope && plainLine(at, 'info', 'progress', progressFields(scope, 30_000));

  expect(line).toBe(
    '2026-11-23T14:00:30Z INFO progress source=wiki scope=ENG done=360 total=3980 rate=12.0/s eta=302s',
  );
});

it('quotes plain values that hold spaces and strips what a terminal acts on', () => {
  expect(plainLine(0, 'warn', 'a\u001b[2J', { title: 'two words', odd: 'x=\n"' })).toBe(
    String.raw`1970-01-01T00:00:00Z WARN a title="two words" odd="x= \""`,
  );
});
