import type { RunEvent, ScopeSummary, SyncSummary } from '../api.ts';
import { RunProgress, type ScopeProgress } from './progress.ts';
import type { RunObserver } from './run-observer.ts';
import { cleanLine } from './terminal-text.ts';

type Fields = Readonly<Record<string, string | number | undefined>>;

/** One line of a log that people and tools read: time, level, message, `key=value` pairs. */
export function plainLine(at: number, level: string, message: string, fields: Fields = {}): string {
  const pairs = Object.entries(fields).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${plainValue(value)}`],
  );
  const time = `${new Date(at).toISOString().slice(0, 19)}Z`;
  return [time, level.toUpperCase(), cleanLine(message), ...pairs].join(' ');
}

/** The progress of a scope as fields: `done=360 total=3980 rate=12.0/s eta=301s`. */
export function progressFields(scope: ScopeProgress, now: number): Fields {
  const rate = scope.rate.perSecond(now);
  const eta = scope.rate.secondsLeft(now, scope.total);
  return {
    source: scope.source,
    scope: scope.scope,
    done: scope.done,
    total: scope.total,
    rate: rate === undefined ? undefined : `${rate.toFixed(1)}/s`,
    eta: eta === undefined ? undefined : `${eta}s`,
  };
}

function plainValue(value: string | number): string {
  const text = cleanLine(String(value));
  return /^[^\s"=]+$/.test(text) ? text : JSON.stringify(text);
}

/** Writes a line for each start and end, and one a scope every interval. Nothing is redrawn. */
export class PlainLines implements RunObserver {
  readonly #write: (line: string) => void;
  readonly #verbose: boolean;
  readonly #progress = new RunProgress();
  readonly #timer: NodeJS.Timeout;

  constructor(write: (line: string) => void, options: { intervalMs: number; verbose: boolean }) {
    this.#write = write;
    this.#verbose = options.verbose;
    this.#timer = setInterval(() => this.#tick(), options.intervalMs).unref();
  }

  observe(event: RunEvent): void {
    const now = Date.now();
    this.#progress.apply(event, now);
    const line = eventLine(event, now, this.#verbose);
    if (line !== undefined) this.#write(line);
  }

  print(line: string): void {
    this.#write(line);
  }

  end(summary: SyncSummary, exitCode: number): void {
    const { run, created, updated, moved, deleted, unchanged, failed } = summary;
    const counts = { created, updated, moved, deleted, unchanged, failed };
    const level = exitCode === 0 ? 'info' : 'warn';
    this.#write(plainLine(Date.now(), level, 'sync end', { run, ...counts, exit: exitCode }));
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const now = Date.now();
    for (const scope of this.#progress.running.values()) {
      this.#write(plainLine(now, 'info', 'progress', progressFields(scope, now)));
    }
    const { writing } = this.#progress;
    if (this.#progress.running.size === 0 && writing !== undefined) {
      this.#write(plainLine(now, 'info', 'writing', { done: writing.done, total: writing.total }));
    }
  }
}

function eventLine(event: RunEvent, now: number, verbose: boolean): string | undefined {
  switch (event.type) {
    case 'start':
      return plainLine(now, 'info', 'sync start', {
        run: event.run,
        root: event.root,
        recovered: event.recovered > 0 ? event.recovered : undefined,
      });
    case 'source':
      return plainLine(now, 'info', 'source start', {
        source: event.source,
        scopes: event.scopes.length,
      });
    case 'scope-start':
      return plainLine(now, 'info', 'scope start', { source: event.source, scope: event.scope });
    case 'scope-end':
      return plainLine(now, levelOf(event.summary), 'scope end', endFields(event.summary));
    case 'change': {
      const { action, source, scope, path } = event.change;
      return verbose ? plainLine(now, 'debug', action, { source, scope, path }) : undefined;
    }
    case 'local-edit':
      return plainLine(now, 'warn', 'changed file kept aside', { path: event.path });
    case 'message': {
      const { level, message, source, scope } = event;
      return level === 'debug' && !verbose
        ? undefined
        : plainLine(now, level, message, { source, scope });
    }
    case 'progress':
    case 'writing':
      return undefined;
  }
}

function levelOf({ outcome }: ScopeSummary): string {
  return outcome === 'ok' ? 'info' : 'warn';
}

function endFields(summary: ScopeSummary): Fields {
  const { source, scope, outcome, created, updated, moved, deleted, unchanged, failed, error } =
    summary;
  return {
    source,
    scope,
    outcome,
    created,
    updated,
    moved,
    deleted,
    unchanged,
    failed,
    requests: summary.requests,
    ...(summary.retries > 0 && { retries: summary.retries }),
    ...(summary.waitedMs > 0 && { waitedSeconds: (summary.waitedMs / 1000).toFixed(1) }),
    seconds: (summary.durationMs / 1000).toFixed(1),
    code: error?.code,
    error: error?.message,
  };
}
