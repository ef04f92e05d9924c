import type { Database } from '../state/database.ts';
import type { ItemRow, StoredHeader } from '../state/items.ts';
import { compareBytes, compareIds } from './byte-order.ts';

/** A section or attachment below a document. */
interface PartRow extends Pick<
  ItemRow,
  'id' | 'source' | 'doc_id' | 'kind' | 'placement' | 'title' | 'url' | 'header' | 'parent'
> {
  readonly markdown: string | null;
  /** Where an attachment is downloaded to. */
  readonly download: string | null;
}

export interface Part extends PartRow {
  readonly stored: StoredHeader;
  /** How many sections or attachments it lies below. */
  readonly depth: number;
}

/** What shows in the file of a document: replies follow what they answer. */
export function collectParts(
  database: Database,
  { source, doc_id }: Pick<ItemRow, 'source' | 'doc_id'>,
): Part[] {
  const found: Part[] = [];
  const open = partsOf(database, source, doc_id, 0).toReversed();
  const seen = new Set<number>();
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (seen.has(part.id)) continue;
    seen.add(part.id);
    found.push(part);
    open.push(...partsOf(database, source, part.doc_id, part.depth + 1).toReversed());
  }
  return found;
}

function partsOf(database: Database, source: number, parent: string, depth: number): Part[] {
  return database
    .all<PartRow>(
      `SELECT i.id, i.source, i.doc_id, i.kind, i.placement, i.title, i.url, i.header, i.parent,
         b.markdown, d.path AS download
       FROM items i LEFT JOIN bodies b ON b.item = i.id LEFT JOIN blobs d ON d.item = i.id
       WHERE i.source = ? AND i.parent = ? AND i.placement <> 'file'`,
      source,
      parent,
    )
    .map((row) => ({ ...row, stored: JSON.parse(row.header) as StoredHeader, depth }))
    .toSorted(
      (a, b) =>
        compareBytes(a.stored.createdAt ?? '', b.stored.createdAt ?? '') ||
        compareIds(a.doc_id, b.doc_id),
    );
}
