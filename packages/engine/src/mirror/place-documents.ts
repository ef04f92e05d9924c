import { dirname } from 'node:path/posix';

import type { KindOptions } from '@context-sync/core';

import { staleAssets } from '../state/blobs.ts';
import type { Database } from '../state/database.ts';
import { touchReferrers } from '../state/references.ts';
import { nameOfSlug } from './file-name.ts';
import { layoutScope, type LayoutNode, type Place } from './layout.ts';

interface ScopeRow {
  readonly id: number;
  readonly source: number;
  readonly folder: string | null;
}

interface NodeRow {
  readonly id: number;
  readonly doc_id: string;
  readonly parent: string | null;
  readonly kind: string;
  readonly base: string;
  readonly folder: string | null;
  readonly name: string | null;
}

const rowsPerUpdate = 500;

/** Names the folders of a source's scopes; a scope whose folder changes is laid out again. */
export function placeScopes(database: Database, source: number, sourceName: string): void {
  const rows = database.all<{ id: number; scope_id: string; slug: string; folder: string | null }>(
    'SELECT id, scope_id, slug, folder FROM scopes WHERE source = ?',
    source,
  );
  const nodes = rows.map(({ id, scope_id, slug }) => ({
    key: id,
    id: scope_id,
    name: nameOfSlug(slug),
  }));
  const places = layoutScope(sourceName, nodes);
  for (const row of rows) {
    const place = places.get(row.id);
    const folder = place === undefined ? null : `${place.folder}/${place.name}`;
    if (folder === row.folder) continue;
    database.run('UPDATE scopes SET folder = ?, layout_stale = 1 WHERE id = ?', folder, row.id);
    markIndexes(
      database,
      [sourceName, row.folder, folder].filter((changed) => changed !== null),
    );
  }
}

/**
 * Gives the documents of every scope whose layout is stale their places. Before the end of a run
 * (`final` false) a document whose ancestors are not all known yet is left out.
 */
export function placeDocuments(database: Database, final: boolean): void {
  const scopes = database.all<ScopeRow>(
    'SELECT id, source, folder FROM scopes WHERE layout_stale = 1',
  );
  for (const scope of scopes) {
    if (scope.folder === null) continue;
    placeScope(database, scope, scope.folder, final);
    if (final) database.run('UPDATE scopes SET layout_stale = 0 WHERE id = ?', scope.id);
  }
}

function placeScope(database: Database, scope: ScopeRow, folder: string, final: boolean): void {
  const kinds = readKinds(database, scope.source);
  const rows = database
    .all<NodeRow>(
      `SELECT id, doc_id, parent, kind, base, folder, name FROM items WHERE scope = ? AND placement = 'file'`,
      scope.id,
    )
    .map((row) => (kinds[row.kind]?.flat === true ? { ...row, parent: null } : row));
  const kindFolders = Object.values(kinds).flatMap((kind) => kind.folder ?? []);
  const keys = new Map(rows.map((row) => [row.doc_id, row.id]));
  const waiting = final ? new Set<number>() : findWaiting(rows, keys);
  const nodes = rows
    .filter((row) => !waiting.has(row.id))
    .map((row) => toNode(row, keys, kinds[row.kind]?.folder));
  const places = layoutScope(folder, nodes, [...new Set(kindFolders)]);
  if (storePlaces(database, rows, places)) staleAssets(database, scope.source);
}

function toNode(
  row: NodeRow,
  keys: ReadonlyMap<string, number>,
  kindFolder: string | undefined,
): LayoutNode {
  const parent = row.parent === null ? undefined : keys.get(row.parent);
  return {
    key: row.id,
    id: row.doc_id,
    name: row.base,
    ...(parent === undefined ? {} : { parent }),
    ...(kindFolder === undefined ? {} : { kindFolder }),
  };
}

function readKinds(database: Database, source: number): Readonly<Record<string, KindOptions>> {
  const row = database.get<{ kinds: string }>('SELECT kinds FROM sources WHERE id = ?', source);
  return JSON.parse(row?.kinds ?? '{}') as Record<string, KindOptions>;
}

/** Documents never placed whose chain of parents is not complete. */
function findWaiting(rows: readonly NodeRow[], keys: ReadonlyMap<string, number>): Set<number> {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const complete = new Map<number, boolean>();
  const isComplete = (start: NodeRow): boolean => {
    const chain: NodeRow[] = [];
    let row: NodeRow | undefined = start;
    let known: boolean | undefined;
    while (row !== undefined && known === undefined) {
      known =
        complete.get(row.id) ?? (row.folder !== null || row.parent === null ? true : undefined);
      if (known !== undefined) break;
      complete.set(row.id, false);
      chain.push(row);
      const parent: number | undefined = row.parent === null ? undefined : keys.get(row.parent);
      row = parent === undefined ? undefined : byId.get(parent);
    }
    for (const { id } of chain) complete.set(id, known ?? false);
    return known ?? false;
  };
  return new Set(rows.filter((row) => !isComplete(row)).map(({ id }) => id));
}

/** Tells whether any document has another place than before. */
function storePlaces(
  database: Database,
  rows: readonly NodeRow[],
  places: ReadonlyMap<number, Place>,
): boolean {
  const moved = rows.flatMap((row) => {
    const place = places.get(row.id);
    if (place === undefined || (place.folder === row.folder && place.name === row.name)) return [];
    return [{ row, place }];
  });
  for (let at = 0; at < moved.length; at += rowsPerUpdate) {
    const batch = moved.slice(at, at + rowsPerUpdate);
    database.run(
      `UPDATE items SET folder = given.value ->> 1, name = given.value ->> 2, dirty = 1
       FROM json_each(?) AS given WHERE items.id = given.value ->> 0`,
      JSON.stringify(batch.map(({ row, place }) => [row.id, place.folder, place.name])),
    );
    touchReferrers(
      database,
      batch.map(({ row }) => row.id),
    );
  }
  markIndexes(
    database,
    moved.flatMap(({ row, place }) =>
      row.folder === null
        ? [place.folder]
        : [place.folder, row.folder, `${row.folder}/${row.name}`],
    ),
  );
  return moved.length > 0;
}

/** Marks the indexes of folders, and of those above, which link to them. */
export function markIndexes(database: Database, folders: readonly string[]): void {
  const marked = new Set<string>();
  for (const folder of new Set(folders)) {
    const above = dirname(folder);
    marked.add(folder).add(above === '.' ? '' : above);
  }
  database.insert(
    'INSERT OR IGNORE INTO stale_folders(folder)',
    [...marked].map((folder) => [folder]),
  );
}
