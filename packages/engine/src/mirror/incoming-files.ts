import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { dirname } from 'node:path/posix';

import { type Bytes, type CallContext, ConnectorError } from '@context-sync/core';

import type { Blob } from '../state/blobs.ts';
import { toEngineError } from '../state/open-database.ts';
import type { Session } from '../state/session.ts';
import { stateFolder } from '../state/state-files.ts';
import { syncFolder, type TreeFiles } from './tree-files.ts';

/** What became of a download; what the connector did wrong is told, what the disk did is thrown. */
export type Received = { readonly blob: Blob } | { readonly failure: unknown };

const folder = `${stateFolder}/incoming`;

/** Files on their way into the tree, in a folder of their own: downloads, and what is being moved. */
export class IncomingFiles {
  readonly #session: Session;
  readonly #files: TreeFiles;
  #count = 0;

  constructor(session: Session, files: TreeFiles) {
    this.#session = session;
    this.#files = files;
  }

  /** A name that no other file has here, in this run or another. */
  newName(): string {
    this.#count += 1;
    return `${this.#session.run}-${this.#count}`;
  }

  /** Streams bytes into a file, to their end or as far as they are what was announced. */
  async receive(bytes: Bytes, call: CallContext): Promise<Received> {
    const opened = await attempt(() => bytes.open(call));
    if ('failure' in opened) return opened;
    const staged = this.newName();
    this.#files.hooks.step?.();
    const reader = opened.value.getReader();
    try {
      const file = await this.#create(staged);
      try {
        const received = await this.#copy(reader, file, bytes.size, call.signal);
        if (this.#files.hooks.isDurable === true) await file.sync();
        if ('failure' in received) this.discard(staged);
        else this.#files.hooks.step?.();
        return 'failure' in received ? received : { blob: { ...received.value, staged } };
      } finally {
        await file.close();
      }
    } catch (error) {
      throw toEngineError(error, this.#session.root);
    } finally {
      // It may hang, and what it says no longer matters.
      reader.cancel().catch(() => undefined);
    }
  }

  has(name: string): boolean {
    return lstatSync(this.#path(name), { throwIfNoEntry: false })?.isFile() === true;
  }

  /** Takes a file of ours out of the tree. */
  lift(path: string, name: string): void {
    this.#makeFolder();
    this.#files.hooks.step?.();
    renameSync(join(this.#session.root, path), this.#path(name));
    this.#files.removeEmptyFolders(dirname(path));
    this.#files.hooks.step?.();
  }

  /** Puts a file into its place at once. */
  place(name: string, path: string, mtimeMs: number): void {
    this.#files.makeFolder(dirname(path));
    this.#files.hooks.step?.();
    utimesSync(this.#path(name), mtimeMs / 1000, mtimeMs / 1000);
    const target = join(this.#session.root, path);
    renameSync(this.#path(name), target);
    if (this.#files.hooks.isDurable === true) syncFolder(dirname(target));
    this.#files.hooks.step?.();
  }

  discard(name: string): void {
    rmSync(this.#path(name), { force: true, recursive: true });
  }

  /** Removes what nobody waits for. */
  keepOnly(names: ReadonlySet<string>): void {
    for (const name of listNames(join(this.#session.root, folder)))
      if (!names.has(name)) this.discard(name);
  }

  async #create(name: string): Promise<FileHandle> {
    this.#makeFolder();
    return open(this.#path(name), 'wx', 0o600);
  }

  async #copy(
    reader: ReadableStreamDefaultReader<Uint8Array>,
    file: FileHandle,
    expected: number | undefined,
    signal: AbortSignal,
  ): Promise<{ value: Omit<Blob, 'staged'> } | { failure: unknown }> {
    const hash = createHash('sha256');
    let size = 0;
    for (;;) {
      const next = await attempt(() => readOrAbort(reader, signal));
      if ('failure' in next) return next;
      const chunk = next.value;
      if (chunk === undefined) break;
      size += chunk.length;
      if (expected !== undefined && size > expected) return { failure: wrongSize(size, expected) };
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    if (expected !== undefined && size < expected) return { failure: wrongSize(size, expected) };
    return { value: { hash: hash.digest('base64'), size } };
  }

  #makeFolder(): void {
    mkdirSync(join(this.#session.root, folder), { recursive: true, mode: 0o700 });
  }

  #path(name: string): string {
    return join(this.#session.root, folder, name);
  }
}

/** What a call of the connector gives; its failures are data here. */
async function attempt<Value>(
  call: () => Promise<Value>,
): Promise<{ value: Value } | { failure: unknown }> {
  try {
    return { value: await call() };
  } catch (failure) {
    return { failure };
  }
}

/** The next chunk, or `undefined` at the end. A stream that hangs must not hold up an abort. */
async function readOrAbort(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  signal.throwIfAborted();
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    const { done, value } = await Promise.race([reader.read(), aborted]);
    return done ? undefined : value;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function wrongSize(size: number, expected: number): ConnectorError {
  const what = size > expected ? `more than the ${expected}` : `${size} instead of the ${expected}`;
  return new ConnectorError(
    'transient',
    `The service sent ${what} bytes that it had announced, so the download was thrown away.`,
    { hint: 'It is tried again in an hour; what was there before stays.' },
  );
}

function listNames(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    // Nothing was ever received.
    return [];
  }
}
