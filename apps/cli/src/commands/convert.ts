import { stdin } from 'node:process';

import { ExitCode, UsageError } from '@context-sync/engine/console';
import { cleanLine } from '@context-sync/engine/text';
import type { ConvertedBody } from '@context-sync/markdown';

import { closest } from '../closest.ts';
import type { CommandResult, Invocation } from '../command.ts';
import { type Convert, CONVERSION_FORMATS } from '../conversion-formats.ts';
import { readInput } from '../input-text.ts';
import { plainReferences } from '../plain-references.ts';

/** Prints a file or standard input as Markdown. */
export async function convert(invocation: Invocation): Promise<CommandResult> {
  const { args, host, options } = invocation;
  const [file] = args;
  const load = formatOf(options.from, args);
  const example = `name a file: context-sync convert --from ${options.from} FILE`;
  const text = await readInput({ file, cwd: host.cwd, stdin, example });
  const converted = (await load())(text, plainReferences);
  if (options.lossy === true) host.stderr.write(lossText(converted));
  return { exitCode: ExitCode.ok, data: converted, text: converted.markdown.trimEnd() };
}

function formatOf(from: string | undefined, args: readonly string[]): () => Promise<Convert> {
  const known = Object.keys(CONVERSION_FORMATS);
  const rest = args.map((word) => ` ${word}`).join('');
  if (from === undefined) {
    throw new UsageError(
      `The format is missing; it is one of: ${known.join(', ')}.`,
      `context-sync convert --from ${known[0]}${rest}`,
    );
  }
  const load = Object.hasOwn(CONVERSION_FORMATS, from) ? CONVERSION_FORMATS[from] : undefined;
  if (load !== undefined) return load;
  const meant = closest(from, known);
  const fix = `context-sync convert --from ${meant ?? known[0]}${rest}`;
  throw new UsageError(
    `There is no format named "${cleanLine(from)}"; it is one of: ${known.join(', ')}.`,
    meant === undefined ? fix : `did you mean ${meant}? Type: ${fix}`,
  );
}

function lossText({ lossy }: ConvertedBody): string {
  if (lossy.length === 0) return 'Nothing was lost.\n';
  const lines = lossy.map(({ construct, count }) => `  ${count} x ${cleanLine(construct)}\n`);
  return `What Markdown could not say:\n${lines.join('')}`;
}
