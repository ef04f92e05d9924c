import { ExitCode } from './exit-code.ts';
import type { Host } from './host.ts';

type StopSignal = 'SIGINT' | 'SIGTERM';

/** Lets a command end well when it is asked to stop. */
export class Interrupt {
  readonly #process: Host['process'];
  readonly #controller = new AbortController();
  #received: StopSignal | undefined;

  constructor(process: Host['process']) {
    this.#process = process;
  }

  /** The exit code with the signal in it, if being stopped is what it tells. */
  exitCode(exitCode: number): number {
    return exitCode === ExitCode.interrupted ? exitCodeOf(this.#received) : exitCode;
  }

  /** From now on the first SIGINT or SIGTERM aborts the signal; the second ends the process. */
  watch(): AbortSignal {
    this.#process.on('SIGINT', this.#listener);
    this.#process.on('SIGTERM', this.#listener);
    return this.#controller.signal;
  }

  readonly #listener = (name: StopSignal): void => {
    if (this.#received !== undefined) this.#process.exit(exitCodeOf(name));
    this.#received = name;
    this.#controller.abort(new Error(`Stopped by ${name}.`));
  };
}

function exitCodeOf(name: StopSignal | undefined): number {
  return name === 'SIGTERM' ? ExitCode.terminated : ExitCode.interrupted;
}
