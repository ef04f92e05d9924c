import type { RunEvent } from '../api.ts';
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

/** Why a source waits, and until when in ms since the epoch. */
export interface Pause {
  readonly reason: 'rate limited' | 'no good answer';
  readonly until: number;
}

// A shorter pause is over before it is read.
const LEAST_PAUSE_MS = 1000;
const TOO_MANY_REQUESTS = 429;

/** How far a run is, kept up to date from its events. */
export class RunProgress {
  /** Scopes under way, in the order they started. */
  readonly running = new Map<string, ScopeProgress>();
  /** Sources that wait before they ask their service again. */
  readonly pauses = new Map<string, Pause>();
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
      case 'local-edit':
        break;
    }
  }

  #advance(event: RunEvent & { type: 'progress' }, now: number): void {
    const scope = this.running.get(keyOf(event)) ?? startOf(event, now);
    this.running.set(keyOf(event), scope);
    this.pauses.delete(event.source);
    scope.done = event.done;
    if (event.total !== undefined) scope.total = event.total;
    if (event.current !== undefined) scope.current = event.current;
    scope.rate.add(now, event.done);
  }

  /** The HTTP client tells of each wait with its length, and with the status it answers. */
  #notePause(event: RunEvent & { type: 'message' }, now: number): void {
    const { source, fields } = event;
    if (source === undefined || fields === undefined || !('waitMs' in fields)) return;
    const { waitMs } = fields;
    if (typeof waitMs !== 'number' || waitMs < LEAST_PAUSE_MS) return;
    const isLimit = 'status' in fields && fields.status === TOO_MANY_REQUESTS;
    this.pauses.set(source, {
      reason: isLimit ? 'rate limited' : 'no good answer',
      until: now + waitMs,
    });
  }
}

function keyOf({ source, scope }: { source: string; scope: string }): string {
  return `${source}:${scope}`;
}

function startOf({ source, scope }: { source: string; scope: string }, now: number): ScopeProgress {
  return { source, scope, done: 0, rate: new Rate(now) };
}
