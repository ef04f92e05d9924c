import { ExitCode, exitCodeOfFailure } from './exit-code.ts';
import { failureText } from './failure-text.ts';
import { type Failure, OutputError, toFailure, toFailureJson } from './failure.ts';
import type { Host } from './host.ts';
import { Interrupt } from './interrupt.ts';
import type { Command, CommandResult, Invocation, OutputOptions } from './invocation.ts';
import { redactorOf } from './redaction.ts';
import type { RunLog } from './run-log.ts';
import { createStyle, wantsColor } from './style.ts';
import { toSafeJson } from './terminal-text.ts';
import { withCommands } from './with-commands.ts';

/** A program for the command line: what its words mean. */
export interface Program<Options extends OutputOptions> {
  readonly argv: readonly string[];
  /** Reads the words and does what they say. Throws `UsageError` when they cannot be understood. */
  readonly parse: (actions: ProgramActions<Options>) => Promise<void>;
  /** Makes the commands to type next, see {@link Invocation}. */
  readonly nextCommandOf: (options: Partial<Options>) => Invocation['nextCommand'];
  /** What to type when the configuration was corrected. */
  readonly afterCorrection: (options: Partial<Options>) => string;
}

/** What a program may do with its words. */
export interface ProgramActions<Options extends OutputOptions> {
  readonly execute: (
    command: Command<Options>,
    args: readonly string[],
    options: Options,
  ) => Promise<void>;
  /** Prints help and version. */
  readonly print: (text: string) => void;
}

/** Runs a program and ends the process with its exit code, when all output is out. */
export async function runProgram<Options extends OutputOptions>(
  program: Program<Options>,
  host: Host,
): Promise<void> {
  const commandLine = new CommandLine(program, host);
  let crashCode: number | undefined;
  const end = async (code: number): Promise<void> => {
    await Promise.all([drain(host.stdout), drain(host.stderr)]);
    // Draining tells whether all could be written.
    host.process.exit(crashCode ?? code);
  };
  const crash = (error: unknown): void => {
    // Telling of a failure may fail in the same way.
    if (crashCode !== undefined) return;
    crashCode = ExitCode.bug;
    crashCode = commandLine.fail(toFailure(error));
    void end(crashCode);
  };
  host.stderr.on('error', () => {});
  host.stdout.on('error', (error) => {
    // A reader that had enough (`| head`) is no failure; what is under way goes on.
    if (!('code' in error) || error.code !== 'EPIPE') crash(new OutputError(error));
  });
  host.process.on('uncaughtException', crash);
  host.process.on('unhandledRejection', crash);
  await end(await commandLine.run());
}

/** One command line from its words to its exit code. */
class CommandLine<Options extends OutputOptions> {
  readonly #program: Program<Options>;
  readonly #host: Host;
  readonly #interrupt: Interrupt;
  #options: Options | undefined;
  #exitCode: number = ExitCode.ok;
  #log: RunLog | undefined;

  constructor(program: Program<Options>, host: Host) {
    this.#program = program;
    this.#host = host;
    this.#interrupt = new Interrupt(host.process);
  }

  async run(): Promise<number> {
    try {
      await this.#program.parse({
        execute: (command, args, options) => this.#execute(command, args, options),
        print: (text) => void this.#host.stdout.write(text),
      });
      return this.#exitCode;
    } catch (error) {
      return this.fail(toFailure(error));
    }
  }

  /** Reports a failure and gives its exit code. */
  fail(thrown: Failure): number {
    const options = this.#options ?? {};
    const failure = withCommands(thrown, this.#program.nextCommandOf(options));
    const exitCode = this.#interrupt.exitCode(exitCodeOfFailure(failure));
    // The stack goes to the log, so that the terminal need not show it.
    this.#log?.write('error', failure);
    const { json, verbose } = this.#output;
    const text = failureText(failure, {
      style: createStyle(this.#wantsColor('stderr')),
      verbose: verbose === true,
      log: this.#log?.file,
      afterCorrection: this.#program.afterCorrection(options),
    });
    const redact = redactorOf(this.#host.env);
    this.#host.stderr.write(redact(`${text}\n`));
    const document = toSafeJson({ ...toFailureJson(failure), exitCode }, 2);
    if (json === true) this.#host.stdout.write(redact(`${document}\n`));
    return exitCode;
  }

  /** How to print. Known before the parser is done, since it may fail. */
  get #output(): Partial<OutputOptions> {
    const { argv } = this.#program;
    return this.#options ?? { json: argv.includes('--json'), verbose: argv.includes('-v') };
  }

  async #execute(
    command: Command<Options>,
    args: readonly string[],
    options: Options,
  ): Promise<void> {
    this.#options = options;
    const result = await command(this.#invocation(args, options));
    this.#exitCode = this.#interrupt.exitCode(result.exitCode);
    this.#print(result);
  }

  #invocation(args: readonly string[], options: Options): Invocation<Options> {
    return {
      host: this.#host,
      args,
      options,
      style: createStyle(this.#wantsColor('stdout')),
      errorStyle: createStyle(this.#wantsColor('stderr')),
      interrupt: this.#interrupt,
      nextCommand: this.#program.nextCommandOf(options),
      setLog: (log) => {
        this.#log = log;
      },
    };
  }

  #print({ data, text }: CommandResult): void {
    const isJson = this.#output.json === true;
    const output = isJson ? toSafeJson({ ...data, exitCode: this.#exitCode }, 2) : text;
    if (output !== '') this.#host.stdout.write(`${output}\n`);
  }

  #wantsColor(stream: 'stdout' | 'stderr'): boolean {
    const mode = this.#output.color ?? 'auto';
    return wantsColor(mode, this.#host.env, this.#host[stream].isTTY === true);
  }
}

function drain(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}
