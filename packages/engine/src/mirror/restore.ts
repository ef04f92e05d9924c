import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { RestoreReport } from '../api.ts';
import { EngineError } from '../engine-error.ts';
import { stateFolder } from '../state/state-files.ts';
import { refuseForeignFolders } from './tree-files.ts';

/**
 * Copies what a run removed to `.context-sync/restored/<run>/`, never into the tree. Without a run: the
 * last one that removed something. Links are neither followed nor copied.
 *
 * @throws EngineError `usage` when there is nothing to restore, `root_unusable` for links in the way
 */
export async function restore(
  root: string,
  { run }: { run?: string } = {},
): Promise<RestoreReport> {
  refuseForeignFolders(root);
  const runs = listRuns(root);
  const chosen = run ?? runs.at(-1);
  if (chosen === undefined || !runs.includes(chosen)) {
    const what =
      run === undefined
        ? 'No run has removed anything in the last 7 days.'
        : `The trash holds nothing of a run ${run}.`;
    throw new EngineError(
      'usage',
      what,
      runs.length === 0 ? {} : { hint: `It holds: ${runs.join(', ')}` },
    );
  }
  const directory = `${stateFolder}/restored/${chosen}`;
  mkdirSync(join(root, stateFolder, 'restored'), { recursive: true, mode: 0o700 });
  copyTree(join(root, stateFolder, 'trash', chosen), join(root, directory));
  const files = readdirSync(join(root, directory), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  return { run: chosen, directory, files: files.toSorted() };
}

function copyTree(from: string, to: string): void {
  cpSync(from, to, {
    recursive: true,
    preserveTimestamps: true,
    filter: (source, target) => {
      refuseLink(target);
      return !isLink(source);
    },
  });
}

function refuseLink(path: string): void {
  if (!isLink(path)) return;
  throw new EngineError('root_unusable', `${path} is a link, and nothing is written through it.`, {
    hint: 'Move it out of the way and run the same command again.',
  });
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

/** Runs whose trash is still there, oldest first. */
function listRuns(root: string): string[] {
  const trash = join(root, stateFolder, 'trash');
  if (!existsSync(trash)) return [];
  return readdirSync(trash, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}
