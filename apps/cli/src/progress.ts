import type { RunEvent } from '@context-sync/engine';

import { Rate } from './rate.ts';

/** How far one scope is. */
export interface ScopeProgress {
  readonly source: string;
  readonly scope: string;
  readonly rate: Rate;
  done: number;
  total?: number;
  current?: string;
}

/** How far a run is, kept up to date from its events. */
export class RunProgress {
  /** Scopes under way, in the order they started. */
  readonly running = new Map<string, ScopeProgress>();
  /** When each source under a rate limit goes on, in ms since the epoch. */
  readonly pausedUntil = new Map<string, number>();
  writing: { readonly done: number; readonly total: number } | undefined;
  #announced = 0;
  #started = 0;

  /** Scopes that have not begun. */
  get waiting(): number {
    return Math.max(0, this.#announced - this.#started);
  }

  apply(event: RunEvent, now: number): void {
    switch (event.type) {
      case 'source':
        this.#announced += event.scopes.length;
        break;
      case 'scope-start':
        this.#started += 1;
        this.running.set(keyOf(event), startOf(event, now));
        break;
      case 'progress':
        this.#advance(event, now);
        break;
      case 'scope-end':
        this.running.delete(keyOf(event.summary));
        break;
      case 'writing':
        this.writing = event;
        break;
      case 'message':
        this.#notePause(event, now);
        break;
      case 'start':
      case 'change':
        break;
    }
  }

  #advance(event: RunEvent & { type: 'progress' }, now: number): void {
    const scope = this.running.get(keyOf(event)) ?? startOf(event, now);
    this.running.set(keyOf(event), scope);
    this.pausedUntil.delete(event.source);
    scope.done = event.done;
    if (event.total !== undefined) scope.total = event.total;
    if (event.current !== undefined) scope.current = event.current;
    scope.rate.add(now, event.done);
  }

  #notePause(event: RunEvent & { type: 'message' }, now: number): void {
    const { fields } = event;
    if (event.source === undefined || fields === undefined || !('pauseMs' in fields)) return;
    if (typeof fields.pauseMs === 'number')
      this.pausedUntil.set(event.source, now + fields.pauseMs);
  }
}

function keyOf({ source, scope }: { source: string; scope: string }): string {
  return `${source}:${scope}`;
}

function startOf({ source, scope }: { source: string; scope: string }, now: number): ScopeProgress {
  return { source, scope, done: 0, rate: new Rate(now) };
}
