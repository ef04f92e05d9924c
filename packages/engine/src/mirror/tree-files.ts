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

import { stateFolder } from '../state/open-database.ts';

/**
 * A file under way, beside its place. One at a time, and only where a path is reserved, so that
 * recovery knows where to look.
 */
const temporaryName = '.context-sync.tmp';

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
 * symbolic link inside the root: whatever stands in the way is moved to the local edits first.
 */
export class TreeFiles {
  readonly #root: string;
  readonly #run: string;
  /** Folders of this run that are known to be real folders. */
  readonly #folders = new Set<string>();
  readonly #hooks: TreeHooks;

  constructor(root: string, run: string, hooks: TreeHooks) {
    this.#root = root;
    this.#run = run;
    this.#hooks = hooks;
  }

  /** What stands at a path, or `undefined`. Never follows a link. */
  stat(path: string): Stats | undefined {
    return lstatSync(join(this.#root, path), { throwIfNoEntry: false });
  }

  /** The hash of a regular file, or `undefined` when there is none. */
  hash(path: string): string | undefined {
    return this.stat(path)?.isFile() === true
      ? hashBytes(readFileSync(join(this.#root, path)))
      : undefined;
  }

  read(path: string): string {
    return readFileSync(join(this.#root, path), 'utf8');
  }

  /** Puts a file in its place at once or not at all, readable by its owner only. */
  write(path: string, content: Buffer, mtimeSeconds: number): void {
    this.#makeFolder(dirname(path));
    this.#hooks.step?.();
    const temporary = join(this.#root, dirname(path), temporaryName);
    const file = createFile(temporary);
    try {
      writeAll(file, content);
      futimesSync(file, mtimeSeconds, mtimeSeconds);
      if (this.#hooks.isDurable === true) fsyncSync(file);
    } finally {
      closeSync(file);
    }
    this.#hooks.step?.();
    renameSync(temporary, join(this.#root, path));
    if (this.#hooks.isDurable === true) syncFolder(join(this.#root, dirname(path)));
    this.#hooks.step?.();
  }

  /** Removes what a write into this folder left when it was cut off. */
  removeTemporary(folder: string): void {
    rmSync(join(this.#root, folder, temporaryName), { force: true });
  }

  remove(path: string): void {
    this.#hooks.step?.();
    const file = join(this.#root, path);
    if (lstatSync(file, { throwIfNoEntry: false })?.isDirectory() === true) return;
    rmSync(file, { force: true });
    this.#removeEmptyFolders(dirname(path));
  }

  /** Moves a file to the trash of this run. */
  trash(path: string): void {
    this.#moveAside(path, 'trash');
    this.#removeEmptyFolders(dirname(path));
  }

  /** Keeps what somebody else wrote or put at a path; gives where, relative to the root. */
  keepLocalEdit(path: string): string {
    const kept = this.#moveAside(path, 'local-edits');
    this.#folders.clear();
    if (kept !== undefined) this.#hooks.onLocalEdit(kept);
    return kept ?? path;
  }

  #moveAside(path: string, folder: 'trash' | 'local-edits'): string | undefined {
    if (this.stat(path) === undefined) return undefined;
    this.#hooks.step?.();
    let target = `${stateFolder}/${folder}/${this.#run}/${path}`;
    mkdirSync(join(this.#root, dirname(target)), { recursive: true, mode: 0o700 });
    for (let copy = 2; this.stat(target) !== undefined; copy += 1) {
      target = `${stateFolder}/${folder}/${this.#run}/${path}.${copy}`;
    }
    renameSync(join(this.#root, path), join(this.#root, target));
    return target;
  }

  #makeFolder(folder: string): void {
    if (folder === '.' || this.#folders.has(folder)) return;
    this.#makeFolder(dirname(folder));
    const stat = this.stat(folder);
    if (stat !== undefined && !stat.isDirectory()) this.keepLocalEdit(folder);
    if (stat === undefined || !stat.isDirectory()) {
      mkdirSync(join(this.#root, folder), { mode: 0o700 });
      // mkdir's mode is cut by the umask, never widened; a stricter umask would lock us out.
      chmodSync(join(this.#root, folder), 0o700);
    }
    this.#folders.add(folder);
  }

  #removeEmptyFolders(folder: string): void {
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
    this.#hooks.step?.();
    if (this.stat(path)?.isFile() === true) unlinkSync(join(this.#root, path));
    this.#removeEmptyFolders(dirname(path));
  }
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
function syncFolder(folder: string): void {
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
