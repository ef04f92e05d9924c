import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { RestoreReport } from '../api.ts';
import { EngineError } from '../engine-error.ts';
import { stateFolder } from '../state/state-files.ts';

/**
 * Copies what a run removed to `.context-sync/restored/<run>/`, never into the tree. Without a run: the
 * last one that removed something.
 *
 * @throws EngineError `usage` when there is nothing to restore
 */
export async function restore(
  root: string,
  { run }: { run?: string } = {},
): Promise<RestoreReport> {
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
  mkdirSync(join(root, directory), { recursive: true, mode: 0o700 });
  cpSync(join(root, stateFolder, 'trash', chosen), join(root, directory), {
    recursive: true,
    preserveTimestamps: true,
  });
  const files = readdirSync(join(root, directory), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  return { run: chosen, directory, files: files.toSorted() };
}

/** Runs whose trash is still there, oldest first. */
function listRuns(root: string): string[] {
  const trash = join(root, stateFolder, 'trash');
  return existsSync(trash) ? readdirSync(trash).toSorted() : [];
}
