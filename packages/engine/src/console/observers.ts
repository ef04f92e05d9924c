import type { Invocation } from './invocation.ts';
import { LiveView } from './live-view.ts';
import { PlainLines } from './plain-lines.ts';
import type { RunObserver } from './run-observer.ts';

const DEFAULT_INTERVAL_SECONDS = 30;

/** Shows a run on stderr: redrawn in place on a terminal, as plain lines elsewhere, or not at all. */
export function createRunObserver({ host, options, errorStyle }: Invocation): RunObserver {
  const verbose = options.verbose === true;
  if (options.quiet === true) return silent;
  const isLive =
    host.stderr.isTTY === true && !isSet(host.env['CI']) && host.env['TERM'] !== 'dumb';
  if (isLive) return new LiveView(host, { style: errorStyle, verbose });
  const intervalMs = (options.statsInterval ?? DEFAULT_INTERVAL_SECONDS) * 1000;
  return new PlainLines((line) => void host.stderr.write(`${line}\n`), { intervalMs, verbose });
}

const silent: RunObserver = {
  observe: () => {},
  print: () => {},
  end: () => {},
  close: () => {},
};

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false' && value !== '0';
}
