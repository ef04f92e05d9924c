import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { CleanupReport } from '../api.ts';
import type { Session } from '../state/session.ts';
import { stateFolder } from '../state/state-files.ts';

const day = 86_400_000;
const keptRunsDays = 90;

/** What runs leave in the state folder, and how many days it is kept. */
const traces = [
  { folder: 'trash', kind: 'trash', days: 7 },
  { folder: 'restored', kind: 'trash', days: 7 },
  { folder: 'local-edits', kind: 'local-edit', days: 90 },
  { folder: 'logs', kind: 'log', days: 30 },
] as const;

/** Trash, logs and the like that are older than their time. */
export function findExpired({ root, now }: Pick<Session, 'root' | 'now'>): CleanupReport['items'] {
  return traces.flatMap(({ folder, kind, days }) =>
    listNames(join(root, stateFolder, folder))
      .map((name) => `${stateFolder}/${folder}/${name}`)
      .filter((path) => now() - changedAt(join(root, path)) > days * day)
      .map((path) => ({ kind, path, reason: `It is older than ${days} days.` })),
  );
}

/** Removes the traces of earlier runs that are older than their time. */
export function expireTraces(session: Session): void {
  const { root, now, database, lock } = session;
  for (const { path } of findExpired(session))
    rmSync(join(root, path), { recursive: true, force: true });
  lock.transaction(() =>
    database.run('DELETE FROM runs WHERE started < ?', now() - keptRunsDays * day),
  );
}

/** In milliseconds. Of a link itself: what it leads to may be gone. What is gone itself never expires. */
function changedAt(path: string): number {
  return lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
}

function listNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Not there yet.
    return [];
  }
}
