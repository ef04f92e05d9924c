import { damaged, openDatabase, toEngineError } from './open-database.ts';
import { hasState } from './state-files.ts';

/**
 * Looks through the whole state database of a root: `absent` when nothing was synced there yet.
 *
 * @throws EngineError when it is damaged, of another program or of another version
 */
export async function checkState(root: string): Promise<'absent' | 'good'> {
  if (!hasState(root)) return 'absent';
  const database = openDatabase(root);
  try {
    const row = database.get<{ quick_check: string }>('PRAGMA quick_check(1)');
    if (row?.quick_check !== 'ok') throw damaged(root, 'parts of it are damaged');
    return 'good';
  } catch (error) {
    throw toEngineError(error, root);
  } finally {
    database.close();
  }
}
