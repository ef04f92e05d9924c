import type { Database } from './database.ts';
import type { ItemRow } from './items.ts';
import { linkKey } from './link-keys.ts';
import { touchKeys } from './references.ts';

interface Labelled {
  readonly item: number;
  readonly labels: readonly string[];
}

/** Stores the labels of documents that are new. */
export function storeLabels(
  database: Database,
  source: number,
  documents: readonly Labelled[],
): void {
  database.insert(
    'INSERT OR IGNORE INTO labels(item, label, source)',
    documents.flatMap(({ item, labels }) => labels.map((label) => [item, label, source])),
  );
}

/** Gives a document its new labels, and marks what lists those with one that it had. */
export function replaceLabels(
  database: Database,
  source: number,
  { item, labels }: Labelled,
): void {
  const before = database.all<{ label: string }>('SELECT label FROM labels WHERE item = ?', item);
  const lost = before.map(({ label }) => label).filter((label) => !labels.includes(label));
  if (lost.length === 0 && before.length === new Set(labels).size) return;
  touchKeys(
    database,
    lost.map((label) => linkKey.label(source, label)),
  );
  database.run('DELETE FROM labels WHERE item = ?', item);
  storeLabels(database, source, [{ item, labels }]);
}

/** Marks what lists the documents with a label of one that goes. */
export function touchListers(
  database: Database,
  { id, source }: Pick<ItemRow, 'id' | 'source'>,
): void {
  const rows = database.all<{ label: string }>('SELECT label FROM labels WHERE item = ?', id);
  if (rows.length === 0) return;
  touchKeys(
    database,
    rows.map(({ label }) => linkKey.label(source, label)),
  );
}

/** A document that lists those with a label changes with each of them. */
export function markListers(database: Database): void {
  const anyLister = `SELECT 1 AS one FROM links WHERE today >= 'l:' AND today < 'l;' LIMIT 1`;
  if (database.get(anyLister) === undefined) return;
  database.run(
    `UPDATE items SET dirty = 1 WHERE dirty = 0 AND id IN (
       SELECT l.item FROM items b JOIN labels t ON t.item = b.id
         JOIN links l ON l.today = 'l:' || t.source || ':' || t.label WHERE b.dirty = 1)`,
  );
}
