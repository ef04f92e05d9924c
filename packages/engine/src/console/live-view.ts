import type { RunEvent } from '../api.ts';
import type { Host } from './host.ts';
import { type Pause, RunProgress, type ScopeProgress } from './progress.ts';
import { formatCount, formatTimeLeft } from './quantities.ts';
import type { RunObserver } from './run-observer.ts';
import { scopeEndLine } from './scope-line.ts';
import type { Style } from './style.ts';
import { cleanLine, cutTo, padTo, widthOf } from './terminal-text.ts';

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const REDRAW_MS = 100;

/** What {@link liveLines} draws for. */
export interface Frame {
  readonly columns: number;
  readonly rows: number;
  readonly now: number;
  readonly style: Style;
}

/** The part of the view that is redrawn: a line for each scope under way, cut to the terminal. */
export function liveLines(progress: RunProgress, frame: Frame): string[] {
  const scopes = [...progress.running.values()];
  // Two lines stay free: the summary line below and the cursor's own.
  const shown = scopes.slice(0, Math.max(1, frame.rows - 3));
  const nameWidth = Math.max(0, ...shown.map((scope) => widthOf(cleanLine(nameOf(scope)))));
  const lines = shown.map((scope) =>
    scopeLine(scope, progress.pauses.get(scope.source), nameWidth, frame),
  );
  const waiting = progress.waiting + scopes.length - shown.length;
  if (waiting > 0) lines.push(frame.style('dim', `    ${formatCount(waiting)} more waiting`));
  if (scopes.length === 0 && progress.writing !== undefined) {
    const { done, total } = progress.writing;
    lines.push(`  ${spinnerAt(frame)} writing files  ${formatCount(done)}/${formatCount(total)}`);
  }
  return lines;
}

function scopeLine(
  scope: ScopeProgress,
  pause: Pause | undefined,
  nameWidth: number,
  frame: Frame,
): string {
  const isPaused = pause !== undefined && pause.until > frame.now;
  const icon = isPaused ? frame.style('yellow', '⏸') : frame.style('cyan', spinnerAt(frame));
  const state = isPaused
    ? `${pause.reason}, goes on in ${formatTimeLeft((pause.until - frame.now) / 1000)}`
    : runningText(scope, frame.now);
  const text = `${padTo(cleanLine(nameOf(scope)), nameWidth)}  ${state}`;
  return `  ${icon} ${cutTo(text, frame.columns - 5)}`;
}

function runningText(scope: ScopeProgress, now: number): string {
  const count =
    formatCount(scope.done) + (scope.total === undefined ? '' : `/${formatCount(scope.total)}`);
  const perSecond = scope.rate.perSecond(now);
  const secondsLeft = scope.rate.secondsLeft(now, scope.total);
  const rate =
    perSecond === undefined
      ? ''
      : `${perSecond < 10 ? perSecond.toFixed(1) : formatCount(perSecond)}/s`;
  const eta = secondsLeft === undefined ? '' : `ETA ${formatTimeLeft(secondsLeft)}`;
  const columns = [
    padTo(count, 13),
    padTo(rate, 8),
    padTo(eta, 11),
    cleanLine(scope.current ?? ''),
  ];
  return columns.join('  ').trimEnd();
}

function nameOf({ source, scope }: ScopeProgress): string {
  return `${source}:${scope}`;
}

function spinnerAt({ now }: Frame): string {
  return SPINNER[Math.floor(now / REDRAW_MS) % SPINNER.length] ?? '';
}

/** Redraws the scopes under way in place; what is finished scrolls up above them. */
export class LiveView implements RunObserver {
  readonly #stream: NodeJS.WriteStream;
  readonly #process: Host['process'];
  readonly #style: Style;
  readonly #verbose: boolean;
  readonly #progress = new RunProgress();
  readonly #timer: NodeJS.Timeout;
  readonly #showCursor = (): void => void this.#stream.write('\u001b[?25h');
  #drawn = 0;

  constructor(host: Pick<Host, 'stderr' | 'process'>, options: { style: Style; verbose: boolean }) {
    this.#stream = host.stderr;
    this.#process = host.process;
    this.#style = options.style;
    this.#verbose = options.verbose;
    this.#stream.write('\u001b[?25l');
    // The second Ctrl-C ends the process at once; the cursor must be back even then.
    this.#process.once('exit', this.#showCursor);
    this.#timer = setInterval(() => this.#redraw(), REDRAW_MS).unref();
  }

  observe(event: RunEvent): void {
    this.#progress.apply(event, Date.now());
    if (event.type === 'scope-end') this.print(`  ${scopeEndLine(event.summary, this.#style)}`);
    if (
      event.type === 'message' &&
      (this.#verbose || event.level === 'warn' || event.level === 'error')
    ) {
      this.print(`  ${this.#style('yellow', '!')} ${cleanLine(event.message)}`);
    }
  }

  print(line: string): void {
    this.#stream.write(`${this.#erasure()}${line}\n`);
    this.#drawn = 0;
    this.#redraw();
  }

  end(): void {
    // The summary on stdout says it.
  }

  close(): void {
    clearInterval(this.#timer);
    this.#process.off('exit', this.#showCursor);
    this.#stream.write(this.#erasure());
    this.#showCursor();
  }

  #redraw(): void {
    // Some terminals give 0 for a size they do not know.
    const columns = this.#stream.columns || 80;
    const rows = this.#stream.rows || 24;
    const lines = liveLines(this.#progress, { columns, rows, now: Date.now(), style: this.#style });
    this.#stream.write(this.#erasure() + lines.map((line) => `${line}\n`).join(''));
    this.#drawn = lines.length;
  }

  /** Moves to the first drawn line and clears from there down. */
  #erasure(): string {
    return this.#drawn === 0 ? '' : `\u001b[${this.#drawn}A\u001b[0J`;
  }
}
