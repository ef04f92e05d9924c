import type { CliOptions, Command, CommandResult, Invocation } from './command.ts';
import { ExitCode, exitCodeOfFailure } from './exit-code.ts';
import { failureText } from './failure-text.ts';
import { type Failure, OutputError, toFailure, toFailureJson } from './failure.ts';
import type { Host } from './host.ts';
import { Interrupt } from './interrupt.ts';
import { nextCommandOf, withCommands } from './next-command.ts';
import { quickHelp, quickStatus } from './quick-parse.ts';
import { redactorOf } from './redaction.ts';
import type { RunLog } from './run-log.ts';
import { createStyle, wantsColor } from './style.ts';
import { toSafeJson } from './terminal-text.ts';

/** Runs the command line and ends the process with its exit code, when all output is out. */
export async function runProcess(argv: readonly string[], host: Host): Promise<void> {
  const commandLine = new CommandLine(argv, host);
  let crashCode: number | undefined;
  const end = async (code: number): Promise<void> => {
    await Promise.all([drain(host.stdout), drain(host.stderr)]);
    // Draining tells whether all could be written.
    process.exit(crashCode ?? code);
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
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  await end(await commandLine.run());
}

/** One command line from its words to its exit code. */
class CommandLine {
  readonly #argv: readonly string[];
  readonly #host: Host;
  readonly #interrupt = new Interrupt();
  #options: Partial<CliOptions> = {};
  #exitCode: number = ExitCode.ok;
  #log: RunLog | undefined;

  constructor(argv: readonly string[], host: Host) {
    this.#argv = argv.length === 0 ? ['--help'] : argv;
    this.#host = host;
    // Known before the parser is done, since it may fail.
    this.#options = { json: argv.includes('--json'), verbose: argv.includes('-v') };
  }

  async run(): Promise<number> {
    try {
      await this.#parse();
      return this.#exitCode;
    } catch (error) {
      return this.fail(toFailure(error));
    }
  }

  async #parse(): Promise<void> {
    const quick = quickStatus(this.#argv);
    if (quick !== undefined) {
      const { status } = await import('./commands/status.ts');
      return this.#execute(status, quick.args, quick.options);
    }
    const { stdout } = this.#host;
    const helpWidth = stdout.isTTY ? stdout.columns : undefined;
    const print = (text: string): void => void stdout.write(text);
    const help = await quickHelpText(this.#argv, helpWidth);
    if (help !== undefined) return print(help);
    const { parseCommandLine } = await import('./program.ts');
    return parseCommandLine(this.#argv, {
      execute: (command, args, options) => this.#execute(command, args, options),
      print,
      helpWidth,
    });
  }

  /** Reports a failure and gives its exit code. */
  fail(thrown: Failure): number {
    const nextCommand = nextCommandOf(this.#options);
    const failure = withCommands(thrown, nextCommand);
    const exitCode = this.#interrupt.exitCode(exitCodeOfFailure(failure));
    // The stack goes to the log, so that the terminal need not show it.
    this.#log?.write('error', failure);
    const style = createStyle(this.#wantsColor('stderr'));
    const text = failureText(failure, {
      style,
      verbose: this.#options.verbose === true,
      log: this.#log?.file,
      nextCommand,
    });
    const redact = redactorOf(this.#host.env);
    this.#host.stderr.write(redact(`${text}\n`));
    const document = toSafeJson({ ...toFailureJson(failure), exitCode }, 2);
    if (this.#options.json === true) this.#host.stdout.write(redact(`${document}\n`));
    return exitCode;
  }

  async #execute(command: Command, args: readonly string[], options: CliOptions): Promise<void> {
    this.#options = options;
    const result = await command(this.#invocation(args, options));
    this.#exitCode = this.#interrupt.exitCode(result.exitCode);
    this.#print(result);
  }

  #invocation(args: readonly string[], options: CliOptions): Invocation {
    return {
      host: this.#host,
      args,
      options,
      style: createStyle(this.#wantsColor('stdout')),
      errorStyle: createStyle(this.#wantsColor('stderr')),
      interrupt: this.#interrupt,
      nextCommand: nextCommandOf(options),
      setLog: (log) => {
        this.#log = log;
      },
    };
  }

  #print({ data, text }: CommandResult): void {
    const isJson = this.#options.json === true;
    const output = isJson ? toSafeJson({ ...data, exitCode: this.#exitCode }, 2) : text;
    if (output !== '') this.#host.stdout.write(`${output}\n`);
  }

  #wantsColor(stream: 'stdout' | 'stderr'): boolean {
    return wantsColor(
      this.#options.color ?? 'auto',
      this.#host.env,
      this.#host[stream].isTTY === true,
    );
  }
}

async function quickHelpText(
  argv: readonly string[],
  width: number | undefined,
): Promise<string | undefined> {
  const words = quickHelp(argv);
  return words === undefined ? undefined : (await import('./help-text.ts')).helpText(words, width);
}

function drain(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}
