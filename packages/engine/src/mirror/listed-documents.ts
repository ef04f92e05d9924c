import type { Database } from '../state/database.ts';
import type { ItemRow } from '../state/items.ts';
import { type Target, targetColumns } from './link-targets.ts';

/** One whose place is known. */
export type PlacedTarget = Target & { readonly folder: string; readonly name: string };

/** One with labels, and what a table of its properties is made from. */
export type LabelledTarget = PlacedTarget &
  Pick<ItemRow, 'scope' | 'kind' | 'header'> & {
    /** Of its text, JSON. */
    readonly metadata: string | null;
  };

/** Finds the documents that lists show. */
export class ListedDocuments {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The placed children of a document that have files of their own, in index order. */
  children(target: Pick<Target, 'source' | 'doc_id'>): PlacedTarget[] {
    return this.#database.all<PlacedTarget>(
      `SELECT ${targetColumns} FROM items i WHERE source = ? AND parent = ? AND placement = 'file'
         AND folder IS NOT NULL ORDER BY position IS NULL, position, CAST(name AS BLOB), folder`,
      target.source,
      target.doc_id,
    );
  }

  /**
   * The placed documents at the top of a scope, those of kinds with a folder aside. A scope that is empty
   * may be one that is gone: neither has any.
   */
  top(source: number, slug: string): PlacedTarget[] | undefined {
    const scope = this.#database.get<{ id: number }>(
      'SELECT id FROM scopes WHERE source = ? AND slug = ? ORDER BY scope_id LIMIT 1',
      source,
      slug,
    );
    const rows = this.#database.all<PlacedTarget>(
      `SELECT ${targetColumns} FROM items i JOIN sources s ON s.id = i.source
       WHERE i.scope = ?1 AND i.placement = 'file' AND i.folder IS NOT NULL
         AND NOT EXISTS(SELECT 1 FROM json_each(s.kinds) k
           WHERE k.key = i.kind AND json_extract(k.value, '$.folder') IS NOT NULL)
         AND NOT EXISTS(SELECT 1 FROM items p WHERE p.source = i.source AND p.doc_id = i.parent
           AND p.scope = i.scope AND p.placement = 'file')
       ORDER BY i.position IS NULL, i.position, CAST(i.name AS BLOB), i.folder`,
      scope?.id ?? null,
    );
    return rows.length === 0 ? undefined : rows;
  }

  /** The placed documents that have at least this many of the labels, in any order. */
  labelled(source: number, labels: readonly string[], least: number): LabelledTarget[] {
    return this.#database.all<LabelledTarget>(
      `SELECT ${targetColumns}, i.scope, i.kind, i.header, b.metadata FROM (
         SELECT item FROM labels WHERE source = ?1 AND label IN (SELECT value FROM json_each(?2))
           GROUP BY item HAVING count(*) >= ?3) found
       JOIN items i ON i.id = found.item LEFT JOIN bodies b ON b.item = i.id
       WHERE i.placement = 'file' AND i.folder IS NOT NULL`,
      source,
      JSON.stringify(labels),
      least,
    );
  }
}
