import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { stateFolder } from '../state/open-database.ts';
import type { Session } from '../state/session.ts';

const day = 86_400_000;

/** How long the traces of a run are kept, by folder of the state folder, in days. */
export const keptDays: Readonly<Record<string, number>> = {
  trash: 7,
  restored: 7,
  'local-edits': 90,
  logs: 30,
};
const keptRunsDays = 90;

/** Removes trash, logs and the like that are older than their time. */
export function expireTraces({ root, now, database, lock }: Session): void {
  for (const [folder, days] of Object.entries(keptDays)) {
    const path = join(root, stateFolder, folder);
    for (const name of listNames(path)) {
      if (now() - statSync(join(path, name)).mtimeMs > days * day)
        rmSync(join(path, name), { recursive: true, force: true });
    }
  }
  lock.transaction(() =>
    database.run('DELETE FROM runs WHERE started < ?', now() - keptRunsDays * day),
  );
}

function listNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Not there yet.
    return [];
  }
}
