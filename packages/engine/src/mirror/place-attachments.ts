import type { Placement } from '@context-sync/core';

import type { Database } from '../state/database.ts';
import { touchReferrers } from '../state/references.ts';
import { type AttachmentNode, layoutAttachments } from './attachment-layout.ts';

interface PartRow {
  readonly id: number;
  readonly doc_id: string;
  readonly parent: string | null;
  readonly base: string;
  readonly placement: Placement;
}

interface PageRow {
  readonly doc_id: string;
  readonly folder: string;
  readonly name: string;
}

const rowsPerUpdate = 500;

/**
 * Gives the downloaded attachments of every source where something may have moved their places. One
 * whose page is not known, or has no place yet, has none.
 */
export function placeAttachments(database: Database): void {
  const sources = database.all<{ id: number; used: number }>(
    `SELECT id, EXISTS(SELECT 1 FROM blobs b JOIN items i ON i.id = b.item WHERE i.source = s.id) AS used
     FROM sources s WHERE assets_stale = 1`,
  );
  for (const { id, used } of sources) {
    if (used === 1) placeOfSource(database, id);
    database.run('UPDATE sources SET assets_stale = 0 WHERE id = ?', id);
  }
}

function placeOfSource(database: Database, source: number): void {
  const parts = database.all<PartRow>(
    `SELECT id, doc_id, parent, base, placement FROM items WHERE source = ? AND placement <> 'file'`,
    source,
  );
  const pages = new Map(pagesAbove(database, source).map((page) => [page.doc_id, page]));
  const above = new Map(parts.map((part) => [part.doc_id, part]));
  const nodes = parts
    .filter(({ placement }) => placement === 'attachment')
    .flatMap((part) => toNode(part, above, pages));
  const places = layoutAttachments(nodes);
  storePaths(
    database,
    downloaded(database, source).flatMap(({ id, path }) => {
      const place = places.get(id) ?? null;
      return place === path ? [] : [{ id, path: place }];
    }),
  );
}

function downloaded(database: Database, source: number): { id: number; path: string | null }[] {
  return database.all(
    'SELECT b.item AS id, b.path FROM blobs b JOIN items i ON i.id = b.item WHERE i.source = ?',
    source,
  );
}

/** The placed documents that sections or attachments lie directly under. */
function pagesAbove(database: Database, source: number): PageRow[] {
  return database.all<PageRow>(
    `SELECT doc_id, folder, name FROM items WHERE source = ?1 AND placement = 'file'
       AND folder IS NOT NULL AND doc_id IN (
         SELECT parent FROM items WHERE source = ?1 AND parent IS NOT NULL AND placement <> 'file')`,
    source,
  );
}

function toNode(
  part: PartRow,
  above: ReadonlyMap<string, PartRow>,
  pages: ReadonlyMap<string, PageRow>,
): AttachmentNode[] {
  let at: PartRow | undefined = part;
  for (let depth = 0; at !== undefined && depth < 100; depth += 1) {
    const page: PageRow | undefined = at.parent === null ? undefined : pages.get(at.parent);
    if (page !== undefined) {
      const { id, doc_id, base } = part;
      return [{ key: id, id: doc_id, name: base, folder: page.folder, page: page.name }];
    }
    at = at.parent === null ? undefined : above.get(at.parent);
  }
  return [];
}

function storePaths(
  database: Database,
  moved: readonly { readonly id: number; readonly path: string | null }[],
): void {
  for (let at = 0; at < moved.length; at += rowsPerUpdate) {
    const batch = moved.slice(at, at + rowsPerUpdate);
    const ids = batch.map(({ id }) => id);
    database.run(
      `UPDATE blobs SET path = given.value ->> 1, pending = 1
       FROM json_each(?) AS given WHERE blobs.item = given.value ->> 0`,
      JSON.stringify(batch.map(({ id, path }) => [id, path])),
    );
    database.run(
      'UPDATE items SET dirty = 1 WHERE id IN (SELECT value FROM json_each(?))',
      JSON.stringify(ids),
    );
    touchReferrers(database, ids);
  }
}
