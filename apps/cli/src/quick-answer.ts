import { quickHelp, quickStatus } from './quick-parse.ts';

/**
 * Answers what must start as fast as Node does, loading only what that takes: the plainest forms of
 * help and status. Gives whether it did; the whole program takes up everything else, and whatever goes
 * wrong here, so that a failure is told in one place.
 */
export async function answerQuickly(
  argv: readonly string[],
  process: NodeJS.Process,
): Promise<boolean> {
  try {
    const text = await answerTo(argv.length === 0 ? ['--help'] : argv, process);
    return text !== undefined && (await print(text, process.stdout));
  } catch {
    // The whole program meets the same and tells it.
    return false;
  }
}

async function answerTo(
  argv: readonly string[],
  process: NodeJS.Process,
): Promise<string | undefined> {
  const words = quickHelp(argv);
  if (words !== undefined) {
    const { stdout } = process;
    const { helpText } = await import('./help-text.ts');
    return helpText(words, stdout.isTTY ? stdout.columns : undefined);
  }
  const status = quickStatus(argv);
  // Whether a source is known the command itself looks into.
  if (status === undefined || status.args.length > 0) return undefined;
  return (await import('./quick-status.ts')).quickStatusText(status.options, process);
}

/** Whether all of it was written; a reader that had enough (`| head`) has it all. */
async function print(text: string, stdout: NodeJS.WriteStream): Promise<boolean> {
  stdout.on('error', () => {});
  const error = await new Promise<Error | null | undefined>((resolve) => {
    stdout.write(text, resolve);
  });
  return !error || ('code' in error && error.code === 'EPIPE');
}
