import type { JsonObject, Permissions, Person, Placement } from '@context-sync/core';

import type { Database } from './database.ts';

/** A row of `items`. */
export interface ItemRow {
  readonly id: number;
  readonly source: number;
  readonly doc_id: string;
  readonly scope: number | null;
  readonly kind: string;
  readonly placement: Placement;
  readonly parent: string | null;
  readonly title: string;
  readonly slug: string | null;
  readonly position: number | null;
  readonly url: string | null;
  readonly updated_at: string | null;
  readonly header: string;
  readonly revision: string | null;
  readonly render: string;
  readonly summary: string;
  readonly base: string;
  readonly folder: string | null;
  readonly name: string | null;
  readonly live: string | null;
  readonly dirty: number;
}

/** The part of a header that only rendering reads, as stored in `items.header`. */
export interface StoredHeader {
  readonly aliases?: readonly string[];
  readonly createdAt?: string | null;
  readonly author?: Person | null;
  readonly labels?: readonly string[];
  readonly metadata?: JsonObject;
  readonly permissions?: Permissions | null;
}

export function findItem(database: Database, source: number, id: string): ItemRow | undefined {
  return database.get<ItemRow>('SELECT * FROM items WHERE source = ? AND doc_id = ?', source, id);
}

/** The documents of a source that are known, by id. */
export function findItems(
  database: Database,
  source: number,
  ids: readonly string[],
): Map<string, ItemRow> {
  const rows = database.all<ItemRow>(
    'SELECT * FROM items WHERE source = ? AND doc_id IN (SELECT value FROM json_each(?))',
    source,
    JSON.stringify(ids),
  );
  return new Map(rows.map((row) => [row.doc_id, row]));
}

/** The row ids of the documents that are known. */
export function findRowIds(database: Database, source: number, ids: readonly string[]): number[] {
  return database
    .all<{ id: number }>(
      'SELECT id FROM items WHERE source = ? AND doc_id IN (SELECT value FROM json_each(?))',
      source,
      JSON.stringify(ids),
    )
    .map(({ id }) => id);
}

/** The revisions, by id, of those documents whose stored content was made by this render version. */
export function findRevisions(
  database: Database,
  source: number,
  render: string,
  ids: readonly string[],
): Map<string, string | null> {
  const rows = database.all<{ doc_id: string; revision: string | null }>(
    `SELECT doc_id, revision FROM items
     WHERE source = ? AND doc_id IN (SELECT value FROM json_each(?)) AND render = ?`,
    source,
    JSON.stringify(ids),
    render,
  );
  return new Map(rows.map(({ doc_id, revision }) => [doc_id, revision]));
}

/** Marks the indexes that show a document: of the folder it lies in, and of its own. */
export function markFolders(
  database: Database,
  { folder, name }: Pick<ItemRow, 'folder' | 'name'>,
): void {
  if (folder === null || name === null) return;
  database.run(
    'INSERT OR IGNORE INTO stale_folders(folder) VALUES(?), (?)',
    folder,
    `${folder}/${name}`,
  );
}

/** A section or attachment shows in a file: marks the nearest document with a file of its own, from `parent` up. */
export function markContainer(database: Database, source: number, parent: string | null): void {
  let id = parent;
  for (let depth = 0; id !== null && depth < 100; depth += 1) {
    const row: Pick<ItemRow, 'id' | 'placement' | 'parent'> | undefined = database.get(
      'SELECT id, placement, parent FROM items WHERE source = ? AND doc_id = ?',
      source,
      id,
    );
    if (row === undefined) return;
    if (row.placement === 'file') {
      database.run('UPDATE items SET dirty = 1 WHERE id = ?', row.id);
      return;
    }
    id = row.parent;
  }
}
