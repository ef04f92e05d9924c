import type { PartsEvent } from '@context-sync/core';

import type { Database } from './database.ts';
import type { ItemRow } from './items.ts';
import { removeItem } from './members.ts';

/** Removes the sections and attachments below a document that are not among those that it has. */
export function removeOtherParts(
  database: Database,
  source: number,
  { of, ids }: PartsEvent,
): void {
  const gone = database.all<ItemRow>(
    `WITH RECURSIVE below(id, doc_id) AS (
       SELECT id, doc_id FROM items WHERE source = ?1 AND parent = ?2 AND placement <> 'file'
       UNION SELECT s.id, s.doc_id FROM below b
         JOIN items s ON s.source = ?1 AND s.parent = b.doc_id AND s.placement <> 'file')
     SELECT i.* FROM below JOIN items i ON i.id = below.id
     WHERE below.doc_id NOT IN (SELECT value FROM json_each(?3))`,
    source,
    of,
    JSON.stringify(ids),
  );
  for (const item of gone) removeItem(database, item, 'trash');
}
