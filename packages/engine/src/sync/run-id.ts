import { randomBytes } from 'node:crypto';

import type { Database } from '../state/database.ts';

/** e.g. `20261123T140000Z-3fa9`: sorts by time, and two runs in one second differ. */
export function newRunId(database: Database, now: number): string {
  const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  for (;;) {
    const id = `${time}-${randomBytes(2).toString('hex')}`;
    if (database.get('SELECT 1 AS one FROM runs WHERE id = ?', id) === undefined) return id;
  }
}
