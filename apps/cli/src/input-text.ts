import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';

import { UsageError } from '@context-sync/engine/console';
import { cleanLine } from '@context-sync/engine/text';

/** Where text comes from. */
export interface InputSource {
  /** `undefined` and `-` mean standard input. */
  readonly file: string | undefined;
  readonly cwd: string;
  readonly stdin: NodeJS.ReadStream;
  /** What to type instead when there is nothing to read. */
  readonly example: string;
}

/** Reads a file or standard input as text. Throws `UsageError` when that is not possible. */
export async function readInput({ cwd, example, file, stdin }: InputSource): Promise<string> {
  if (file !== undefined && file !== '-') {
    const bytes = await readFile(resolve(cwd, file)).catch((error: unknown) => {
      throw unreadable(error, file, example);
    });
    return toText(bytes, `The file ${cleanLine(file)}`);
  }
  if (stdin.isTTY) {
    throw new UsageError(
      'There is nothing to read: no file is named and nothing is piped.',
      example,
    );
  }
  return toText(await buffer(stdin), 'Standard input');
}

function unreadable(error: unknown, file: string, example: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = reasons[code];
  if (reason === undefined) return error;
  return new UsageError(`The file ${cleanLine(file)} ${reason}.`, example);
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'may not be read',
  EISDIR: 'is a folder',
  ENAMETOOLONG: 'cannot exist, its name is too long',
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EPERM: 'may not be read',
  ERR_FS_FILE_TOO_LARGE: 'is too large',
};

/** A byte that is zero shows that it is no text, also where it would be valid. */
function toText(bytes: Buffer, name: string): string {
  const fix = 'convert it to UTF-8 first, e.g. iconv -f latin1 -t utf-8';
  if (bytes.includes(0)) throw new UsageError(`${name} is not text but binary, or UTF-16.`, fix);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // All that the decoder can say is that it is not UTF-8.
    throw new UsageError(`${name} is not UTF-8.`, fix);
  }
}
