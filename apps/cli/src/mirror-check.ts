import { randomUUID } from 'node:crypto';
import { access, constants, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { formatBytes } from '@context-sync/engine/text';

const LOW_SPACE_BYTES = 500_000_000;

/** Whether a folder can hold the mirror. It is not created by asking. */
export interface MirrorCheck {
  readonly status: 'passed' | 'failed' | 'warning';
  readonly message: string;
  readonly fix?: string;
}

/** Checks that the mirror's folder, or the one it will be made in, can be written and has room. */
export async function checkMirror(root: string): Promise<MirrorCheck> {
  const folder = await nearestFolder(root);
  const fault = await writeFault(folder, folder === root);
  if (fault !== undefined) {
    return {
      status: 'failed',
      message: `The mirror ${root} cannot be written: ${fault}.`,
      fix: `give yourself the right to write in ${folder}, or choose another folder with --root`,
    };
  }
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const message = `The mirror ${root} can be written; ${formatBytes(free)} free.`;
  if (free >= LOW_SPACE_BYTES) return { status: 'passed', message };
  return {
    status: 'warning',
    message,
    fix: 'make room on this disk, or choose another folder with --root',
  };
}

async function nearestFolder(path: string): Promise<string> {
  const exists = await stat(path).then(
    () => true,
    () => false,
  );
  const parent = dirname(path);
  return exists || parent === path ? path : nearestFolder(parent);
}

// Rights alone do not tell of a read-only file system, so an existing mirror is really written to.
async function writeFault(folder: string, isMirror: boolean): Promise<string | undefined> {
  try {
    if (!(await stat(folder)).isDirectory()) return `${folder} is not a folder`;
    if (!isMirror) {
      await access(folder, constants.W_OK | constants.X_OK);
      return undefined;
    }
    const probe = join(folder, `.context-sync-probe-${randomUUID()}`);
    await writeFile(probe, '', { flag: 'wx', mode: 0o600 });
    await rm(probe);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
