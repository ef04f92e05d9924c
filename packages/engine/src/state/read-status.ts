import type { MirrorStatus, SourceMetadata } from '../mirror-status.ts';
import { hasState } from './state-files.ts';
import { readSnapshot } from './status-snapshot.ts';

/**
 * What is known of a mirror. Touches no network and loads no connector.
 *
 * @throws EngineError when the database cannot be read
 */
export async function readStatus(root: string): Promise<MirrorStatus> {
  if (!hasState(root)) return { root, exists: false, sources: [] };
  const resting = readSnapshot(root);
  if (resting !== undefined) return { root, ...resting };
  const { readDatabaseStatus } = await import('./database-status.ts');
  return { root, ...readDatabaseStatus(root) };
}

/** The same for one source; `undefined` when nothing of it was synced. */
export async function getSyncMetadata(
  root: string,
  source: string,
): Promise<SourceMetadata | undefined> {
  return (await readStatus(root)).sources.find((each) => each.source === source);
}
