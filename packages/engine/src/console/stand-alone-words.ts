import { parseArgs } from 'node:util';

import { closest } from '../config/closest.ts';
import { UsageError } from './failure.ts';
import { quoteCommand } from './quote-command.ts';
import type { StandAloneFlag } from './stand-alone-flags.ts';

/** The flags that were given: `true`, or the value of one that takes a value. */
export type GivenFlags = ReadonlyMap<string, string | true>;

/** Reads the words of a connector's own command. Throws `UsageError` with what was probably meant. */
export function parseFlags(
  program: string,
  argv: readonly string[],
  flags: readonly StandAloneFlag[],
): GivenFlags {
  const options = Object.fromEntries(flags.map((flag) => [flag.name, toOption(flag)]));
  const { tokens } = parseArgs({
    args: [...argv],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, string | true>();
  for (const token of tokens) {
    if (token.kind === 'positional') {
      throw new UsageError(`"${token.value}" is not expected here.`, `${program} --help`);
    }
    if (token.kind !== 'option') continue;
    const flag = flags.find(({ name }) => name === token.name);
    if (flag === undefined) throw unknownFlag(program, argv, token.rawName, flags);
    given.set(flag.name, valueOf(program, flag, token));
  }
  return given;
}

function toOption({ short, value }: StandAloneFlag): {
  type: 'string' | 'boolean';
  short?: string;
} {
  const type = value === undefined ? 'boolean' : 'string';
  return short === undefined ? { type } : { type, short };
}

function valueOf(
  program: string,
  { name, value }: StandAloneFlag,
  token: { readonly value?: string | undefined; readonly inlineValue?: boolean | undefined },
): string | true {
  if (value === undefined) {
    if (token.value === undefined) return true;
    throw new UsageError(`--${name} takes no value.`, `${program} --help`);
  }
  const text = token.value?.trim() ?? '';
  // `--output-dir --json` forgot the value; `--output-dir=--json` means it.
  const isFlag = token.inlineValue !== true && text.startsWith('-');
  if (text !== '' && !isFlag) return text;
  throw new UsageError(`--${name} needs a value.`, `${program} --${name} <${value}>`);
}

function unknownFlag(
  program: string,
  argv: readonly string[],
  word: string,
  flags: readonly StandAloneFlag[],
): UsageError {
  const meant = closest(
    word,
    flags.map(({ name }) => `--${name}`),
  );
  if (meant === undefined)
    return new UsageError(`There is no option ${word}.`, `${program} --help`);
  const words = argv.map((each) =>
    each === word || each.startsWith(`${word}=`) ? each.replace(word, meant) : each,
  );
  return new UsageError(
    `There is no option ${word}.`,
    `did you mean ${meant}? Type: ${quoteCommand([program, ...words])}`,
  );
}
