import type { Content, DocumentHeader, JsonObject, Permissions, Person } from '@context-sync/core';

import { nameOfSlug, nameOfTitle } from '../mirror/file-name.ts';
import { firstSentence } from '../mirror/markdown-text.ts';
import type { Database } from './database.ts';
import { linkKey } from './link-keys.ts';
import { replaceNames, storeLinks, storeNames, touchKeys } from './references.ts';

/** A row of `items`. */
export interface ItemRow {
  readonly id: number;
  readonly source: number;
  readonly doc_id: string;
  readonly scope: number | null;
  readonly kind: string;
  readonly placement: 'file' | 'section';
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

/** A document as it comes out of the gate: clean, and checked against the contract. */
export interface IncomingDocument extends DocumentHeader {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly placement: 'file' | 'section';
  readonly revision: string;
  /** Absent: the stored content still holds. */
  readonly content?: Content;
}

export function findItem(database: Database, source: number, id: string): ItemRow | undefined {
  return database.get<ItemRow>('SELECT * FROM items WHERE source = ? AND doc_id = ?', source, id);
}

/** What changed in the database, for what follows from it. */
export interface StoredChange {
  readonly item: number;
  /** Others may show its title, place or existence. */
  readonly visible: boolean;
  /** The layout of its scope must be made again. */
  readonly moved: boolean;
}

/** Stores a document that is new or may have changed. */
export function storeDocument(
  database: Database,
  source: number,
  render: string,
  document: IncomingDocument,
): StoredChange {
  const before = findItem(database, source, document.id);
  const columns = toColumns(document, before);
  const content = document.content;
  const summary = content === undefined ? (before?.summary ?? '') : firstSentence(content.markdown);
  // Without new content the stored revision stays, so that the next run reads it.
  const revision = content === undefined ? (before?.revision ?? null) : document.revision;
  const rendered = content === undefined ? (before?.render ?? render) : render;
  if (before === undefined) {
    const item = insertItem(database, source, document, columns, {
      revision,
      render: rendered,
      summary,
    });
    storeNames(database, source, item, columns.url, columns.stored.aliases);
    if (content !== undefined) storeContent(database, source, item, content, false);
    return { item, visible: true, moved: true };
  }
  const header = headerChange(before, document, columns);
  const same =
    !header.any &&
    before.revision === revision &&
    before.render === rendered &&
    content === undefined;
  if (!same) {
    updateItem(database, before.id, document, columns, { revision, render: rendered, summary });
    if (header.names)
      replaceNames(database, source, before.id, columns.url, columns.stored.aliases);
    markFolders(database, before);
    if (before.parent !== columns.parent && before.parent !== null) {
      touchKeys(database, [linkKey.children(source, before.parent)]);
    }
    if (content !== undefined) storeContent(database, source, before.id, content, true);
  }
  return { item: before.id, visible: header.visible, moved: header.moved };
}

interface Columns {
  readonly parent: string | null;
  readonly slug: string | null;
  readonly position: number | null;
  readonly url: string | null;
  readonly updatedAt: string | null;
  readonly header: string;
  readonly stored: StoredHeader;
  readonly base: string;
}

/** The header to store: fields left out keep their value, `null` and `[]` empty them. */
function toColumns(
  given: DocumentHeader & { title: string },
  before: ItemRow | undefined,
): Columns {
  const old: StoredHeader = before === undefined ? {} : (JSON.parse(before.header) as StoredHeader);
  const slug = given.slug === undefined ? (before?.slug ?? null) : given.slug;
  const stored: StoredHeader = {
    aliases: given.aliases ?? old.aliases ?? [],
    createdAt: given.createdAt === undefined ? (old.createdAt ?? null) : given.createdAt,
    author: given.author === undefined ? (old.author ?? null) : given.author,
    labels: given.labels ?? old.labels ?? [],
    metadata: given.metadata ?? old.metadata ?? {},
    permissions: given.permissions === undefined ? (old.permissions ?? null) : given.permissions,
  };
  return {
    parent: given.parent === undefined ? (before?.parent ?? null) : given.parent,
    slug,
    position: given.order === undefined ? (before?.position ?? null) : given.order,
    url: given.url === undefined ? (before?.url ?? null) : given.url,
    updatedAt: given.updatedAt === undefined ? (before?.updated_at ?? null) : given.updatedAt,
    header: JSON.stringify(stored),
    stored,
    base: slug === null ? nameOfTitle(given.title) : nameOfSlug(slug),
  };
}

function headerChange(
  before: ItemRow,
  document: IncomingDocument,
  columns: Columns,
): { any: boolean; names: boolean; visible: boolean; moved: boolean } {
  const names =
    before.url !== columns.url ||
    JSON.stringify((JSON.parse(before.header) as StoredHeader).aliases) !==
      JSON.stringify(columns.stored.aliases);
  const moved =
    before.parent !== columns.parent ||
    before.base !== columns.base ||
    before.kind !== document.kind ||
    before.placement !== document.placement;
  const visible =
    names || moved || before.title !== document.title || before.position !== columns.position;
  const any =
    visible ||
    before.header !== columns.header ||
    before.updated_at !== columns.updatedAt ||
    before.slug !== columns.slug;
  return { any, names, visible, moved };
}

interface Rendered {
  readonly revision: string | null;
  readonly render: string;
  readonly summary: string;
}

function insertItem(
  database: Database,
  source: number,
  document: IncomingDocument,
  columns: Columns,
  rendered: Rendered,
): number {
  const row = database.get<{ id: number }>(
    `INSERT INTO items(source, doc_id, kind, placement, parent, title, slug, position, url, updated_at,
       header, revision, render, summary, base) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
    source,
    document.id,
    document.kind,
    document.placement,
    columns.parent,
    document.title,
    columns.slug,
    columns.position,
    columns.url,
    columns.updatedAt,
    columns.header,
    rendered.revision,
    rendered.render,
    rendered.summary,
    columns.base,
  );
  if (row === undefined) throw new Error('The database gave no id for a new row.');
  return row.id;
}

function updateItem(
  database: Database,
  item: number,
  document: IncomingDocument,
  columns: Columns,
  rendered: Rendered,
): void {
  database.run(
    `UPDATE items SET kind = ?, placement = ?, parent = ?, title = ?, slug = ?, position = ?, url = ?,
       updated_at = ?, header = ?, revision = ?, render = ?, summary = ?, base = ?, dirty = 1 WHERE id = ?`,
    document.kind,
    document.placement,
    columns.parent,
    document.title,
    columns.slug,
    columns.position,
    columns.url,
    columns.updatedAt,
    columns.header,
    rendered.revision,
    rendered.render,
    rendered.summary,
    columns.base,
    item,
  );
}

/** Sets header fields of a document that is known; an unknown one is left alone. */
export function patchDocument(
  database: Database,
  source: number,
  id: string,
  header: DocumentHeader,
): StoredChange | undefined {
  const before = findItem(database, source, id);
  if (before === undefined) return undefined;
  const { kind, placement, title } = before;
  const revision = before.revision ?? '';
  return storeDocument(database, source, before.render, {
    id,
    kind,
    placement,
    title,
    revision,
    ...header,
  });
}

function storeContent(
  database: Database,
  source: number,
  item: number,
  content: Content,
  replace: boolean,
): void {
  database.run(
    'INSERT OR REPLACE INTO bodies(item, markdown, fragments, attachments, lossy) VALUES(?, ?, ?, ?, ?)',
    item,
    content.markdown,
    content.fragments === undefined ? null : JSON.stringify(content.fragments),
    content.attachments === undefined ? null : JSON.stringify(content.attachments),
    content.lossy === undefined || content.lossy.length === 0
      ? null
      : JSON.stringify(content.lossy),
  );
  if (replace) database.run('DELETE FROM links WHERE item = ?', item);
  storeLinks(database, source, item, [content.markdown, ...Object.values(content.fragments ?? {})]);
}

/** Marks the indexes that show a document: of the folder it lies in, and of its own. */
export function markFolders(database: Database, item: ItemRow): void {
  if (item.folder === null || item.name === null) return;
  database.run(
    'INSERT OR IGNORE INTO stale_folders(folder) VALUES(?), (?)',
    item.folder,
    `${item.folder}/${item.name}`,
  );
}
