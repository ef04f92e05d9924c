import { hash as digest } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  futimesSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

import { EngineError } from '../engine-error.ts';
import { stateFolder } from '../state/state-files.ts';
import { hashFile } from './file-hash.ts';

/**
 * A file under way, beside its place. One at a time, and only where a path is reserved, so that
 * recovery knows where to look.
 */
const temporaryName = '.context-sync.tmp';

/** Folders that runs move things into and clear when their time is over. */
const ownFolders = ['trash', 'local-edits', 'restored', 'logs', 'incoming'].map(
  (name) => `${stateFolder}/${name}`,
);

/** The content hash by which the engine knows its own files. */
export function hashBytes(content: string | Uint8Array): string {
  return digest('sha256', content, 'base64');
}

/** What the file operations tell. */
export interface TreeHooks {
  /** A copy of somebody's file was kept, at this path. */
  onLocalEdit(path: string): void;
  /** Called before each effect on disk, see `RunInput.step`. */
  step?(): void;
  /** Files reach the disk before the database says that they are there. @default false */
  readonly isDurable?: boolean;
}

/**
 * The file operations of one root. Every path is relative to the root and uses `/`. Nothing follows a
 * symbolic link inside the root: behind a link there is nothing to find or to remove, and whatever
 * stands in the way of a write is moved to the local edits first.
 */
export class TreeFiles {
  readonly #root: string;
  readonly #run: string;
  /** Folders that were seen to be real ones, all the way up to the root. */
  readonly #folders = new Set<string>();
  readonly hooks: TreeHooks;

  /** @throws EngineError `root_unusable` when something else stands where the engine's folders belong */
  constructor(root: string, run: string, hooks: TreeHooks) {
    refuseForeignFolders(root);
    this.#root = root;
    this.#run = run;
    this.hooks = hooks;
  }

  /** What stands at a path, or `undefined`, also when a link or a file stands above it. */
  stat(path: string): Stats | undefined {
    return this.#isFolder(dirname(path)) ? lstat(this.#root, path) : undefined;
  }

  /** The hash of a regular file, or `undefined` when there is none. */
  hash(path: string): string | undefined {
    return this.stat(path)?.isFile() === true ? hashFile(join(this.#root, path)) : undefined;
  }

  /** The text of a regular file, or `undefined` when there is none. */
  text(path: string): string | undefined {
    return this.stat(path)?.isFile() === true
      ? readFileSync(join(this.#root, path), 'utf8')
      : undefined;
  }

  /** Looks at every folder again: much time may pass until the next operation. */
  forgetFolders(): void {
    this.#folders.clear();
  }

  /** Puts a file in its place at once or not at all, readable by its owner only. */
  write(path: string, content: Buffer, mtimeSeconds: number): void {
    this.makeFolder(dirname(path));
    this.hooks.step?.();
    const temporary = join(this.#root, dirname(path), temporaryName);
    const file = createFile(temporary);
    try {
      writeAll(file, content);
      futimesSync(file, mtimeSeconds, mtimeSeconds);
      if (this.hooks.isDurable === true) fsyncSync(file);
    } finally {
      closeSync(file);
    }
    this.hooks.step?.();
    renameSync(temporary, join(this.#root, path));
    if (this.hooks.isDurable === true) syncFolder(join(this.#root, dirname(path)));
    this.hooks.step?.();
  }

  /** Removes what a write into this folder left when it was cut off. */
  removeTemporary(folder: string): void {
    if (this.#isFolder(folder)) rmSync(join(this.#root, folder, temporaryName), { force: true });
  }

  remove(path: string): void {
    this.hooks.step?.();
    const stat = this.stat(path);
    if (stat?.isDirectory() === true) return;
    if (stat !== undefined) rmSync(join(this.#root, path), { force: true });
    this.removeEmptyFolders(dirname(path));
  }

  /** Moves a file to the trash of this run. */
  trash(path: string): void {
    this.#moveAside(path, 'trash');
    this.removeEmptyFolders(dirname(path));
  }

  /** Keeps what somebody else wrote or put at a path; gives where, relative to the root. */
  keepLocalEdit(path: string): string {
    const kept = this.#moveAside(path, 'local-edits');
    if (kept !== undefined) this.hooks.onLocalEdit(kept);
    return kept ?? path;
  }

  #moveAside(path: string, folder: 'trash' | 'local-edits'): string | undefined {
    const stat = this.stat(path);
    if (stat === undefined) return undefined;
    this.hooks.step?.();
    const target = this.#freePlace(`${stateFolder}/${folder}/${this.#run}`, path);
    mkdirSync(join(this.#root, dirname(target)), { recursive: true, mode: 0o700 });
    renameSync(join(this.#root, path), join(this.#root, target));
    if (stat.isDirectory()) this.#folders.clear();
    return target;
  }

  /** Where a path can go below a folder; what was moved there before, even a link, is not entered. */
  #freePlace(folder: string, path: string): string {
    const names = path.split('/');
    return names.reduce((above, name, index) => {
      const wanted = `${above}/${name}`;
      const isLast = index === names.length - 1;
      const isTaken = (place: string): boolean => {
        const stat = this.stat(place);
        return stat !== undefined && (isLast || !stat.isDirectory());
      };
      let place = wanted;
      for (let copy = 2; isTaken(place); copy += 1) place = `${wanted}.${copy}`;
      return place;
    }, folder);
  }

  /** Whether a real folder stands at a path, with nothing but real folders above it. */
  #isFolder(folder: string): boolean {
    if (folder === '.' || this.#folders.has(folder)) return true;
    if (this.stat(folder)?.isDirectory() !== true) return false;
    this.#folders.add(folder);
    return true;
  }

  /** Makes a folder, and those above it; what stands in the way is kept as a local edit. */
  makeFolder(folder: string): void {
    if (this.#isFolder(folder)) return;
    this.makeFolder(dirname(folder));
    this.keepLocalEdit(folder);
    mkdirSync(join(this.#root, folder), { mode: 0o700 });
    // mkdir's mode is cut by the umask, never widened; a stricter umask would lock us out.
    chmodSync(join(this.#root, folder), 0o700);
    this.#folders.add(folder);
  }

  removeEmptyFolders(folder: string): void {
    if (!this.#isFolder(folder)) return;
    let at = folder;
    while (at !== '.' && at !== '/') {
      try {
        rmdirSync(join(this.#root, at));
      } catch {
        // Not empty, or gone: both mean that there is nothing more to remove.
        return;
      }
      this.#folders.delete(at);
      at = dirname(at);
    }
  }

  /** Removes a file for good, with no copy left. */
  purge(path: string): void {
    this.hooks.step?.();
    if (this.stat(path)?.isFile() === true) unlinkSync(join(this.#root, path));
    this.removeEmptyFolders(dirname(path));
  }
}

function lstat(root: string, path: string): Stats | undefined {
  return lstatSync(join(root, path), { throwIfNoEntry: false });
}

/** @throws EngineError `root_unusable` when something else stands where the engine's folders belong */
export function refuseForeignFolders(root: string): void {
  for (const folder of [stateFolder, ...ownFolders]) refuseForeign(root, folder);
}

function refuseForeign(root: string, folder: string): void {
  if (lstat(root, folder)?.isDirectory() !== false) return;
  throw new EngineError(
    'root_unusable',
    `In ${root}, ${folder} is a link or a file, and context-sync keeps its own files only in real folders.`,
    { hint: `Move ${folder} out of the way and run the same command again.` },
  );
}

/** Never opens what is there: a link with this name could lead out of the root. */
function createFile(path: string): number {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    rmSync(path, { recursive: true, force: true });
    return openSync(path, 'wx', 0o600);
  }
}

/** Makes a rename in a folder survive a power cut. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function writeAll(file: number, bytes: Buffer): void {
  for (let offset = 0; offset < bytes.length;) offset += writeSync(file, bytes, offset);
}
