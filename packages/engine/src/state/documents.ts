import type { Content, DocumentHeader } from '@context-sync/core';

import { firstSentence } from '../mirror/markdown-text.ts';
import { dropBlob, staleAssets, storeBlob } from './blobs.ts';
import type { Database, Value } from './database.ts';
import { findItem, findItems, type ItemRow, markContainer, markFolders } from './items.ts';
import { replaceLabels, storeLabels } from './labels.ts';
import { linkKey } from './link-keys.ts';
import { leaveFile } from './members.ts';
import { replaceNames, storeLinks, storeNames, touchKeys, touchOwners } from './references.ts';
import {
  compareHeader,
  type HeaderColumns,
  type IncomingDocument,
  toColumns,
} from './stored-header.ts';

/** Where documents come from, and what reads them. */
export interface Origin {
  readonly source: number;
  /** Documents that are new lie in it. */
  readonly scope: number;
  readonly render: string;
}

/** What changed in the database, for what follows from it. */
export interface StoredChange {
  readonly item: number;
  /** Others may show its title, place or existence. */
  readonly visible: boolean;
  /** The layout of its scope must be made again. */
  readonly moved: boolean;
}

/** Stores documents that are new or may have changed. No two of them may have the same id. */
export function storeDocuments(
  database: Database,
  origin: Origin,
  documents: readonly IncomingDocument[],
): StoredChange[] {
  const known = findItems(
    database,
    origin.source,
    documents.map(({ id }) => id),
  );
  // Renamed documents first: links by an old name follow them before a new document takes it.
  const updated = documents.flatMap((document) => {
    const before = known.get(document.id);
    return before === undefined ? [] : [updateDocument(database, before, origin.render, document)];
  });
  const created = insertDocuments(
    database,
    origin,
    documents.filter(({ id }) => !known.has(id)),
  );
  return [...updated, ...created];
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
  const document = { id, kind, placement, title, revision, ...header };
  return updateDocument(database, before, before.render, document);
}

function insertDocuments(
  database: Database,
  { source, scope, render }: Origin,
  documents: readonly IncomingDocument[],
): StoredChange[] {
  if (documents.length === 0) return [];
  const last = database.get<{ id: number | null }>('SELECT max(id) AS id FROM items')?.id ?? 0;
  const rows = documents.map((document, index) => ({
    id: last + 1 + index,
    document,
    columns: toColumns(document, undefined),
  }));
  database.insert(
    `INSERT INTO items(id, source, scope, doc_id, kind, placement, parent, title, slug, position, url,
       updated_at, header, revision, render, summary, base)`,
    rows.map(({ id, document, columns }) => [
      id,
      source,
      scope,
      document.id,
      ...rowValues(document, columns, toRendered(document, undefined, render)),
    ]),
  );
  storeNames(
    database,
    source,
    rows.map(({ id, columns }) => ({ item: id, url: columns.url, aliases: columns.aliases })),
  );
  storeLabels(
    database,
    source,
    rows.map(({ id, columns }) => ({ item: id, labels: columns.labels })),
  );
  storeContents(
    database,
    source,
    rows.flatMap(({ id, document: { content } }) =>
      content === undefined ? [] : [{ item: id, content }],
    ),
  );
  const parts = rows.filter(({ document }) => document.placement !== 'file');
  for (const { id, document } of parts)
    if (document.blob !== undefined) storeBlob(database, id, document.blob);
  if (parts.length > 0) staleAssets(database, source);
  return rows.map(({ id, document: { placement } }) => ({
    item: id,
    // Nobody can link to a file that has no place yet; once it is placed its referrers are told.
    visible: placement !== 'file',
    moved: placement !== 'attachment',
  }));
}

function updateDocument(
  database: Database,
  before: ItemRow,
  render: string,
  document: IncomingDocument,
): StoredChange {
  const { id: item, source } = before;
  const { content } = document;
  const columns = toColumns(document, before);
  const header = compareHeader(before, document, columns);
  const rendered = toRendered(document, before, render);
  const same =
    !header.any &&
    content === undefined &&
    before.revision === rendered.revision &&
    before.render === rendered.render;
  if (!same) {
    database.run(
      `UPDATE items SET kind = ?, placement = ?, parent = ?, title = ?, slug = ?, position = ?, url = ?,
         updated_at = ?, header = ?, revision = ?, render = ?, summary = ?, base = ?, dirty = 1 WHERE id = ?`,
      ...rowValues(document, columns, rendered),
      item,
    );
    if (content !== undefined) database.run('DELETE FROM links WHERE item = ?', item);
    if (header.names) replaceNames(database, source, { item, ...columns });
    replaceLabels(database, source, { item, labels: columns.labels });
    markFolders(database, before);
    leavePlace(database, before, { placement: document.placement, parent: columns.parent });
    if (content !== undefined) storeContents(database, source, [{ item, content }]);
  }
  const isAttachment = document.placement === 'attachment';
  if (isAttachment && content !== undefined) storeBlob(database, item, document.blob);
  if (header.moved) staleAssets(database, source);
  return {
    item,
    visible: header.visible || (isAttachment && content !== undefined),
    moved: header.moved && !(isAttachment && before.placement === 'attachment'),
  };
}

/** Marks what showed a document where it was. */
function leavePlace(
  database: Database,
  before: ItemRow,
  { placement, parent }: Pick<ItemRow, 'placement' | 'parent'>,
): void {
  const { source } = before;
  const isMoved = before.parent !== parent;
  const isReplaced = before.placement !== placement;
  if (isReplaced && before.placement === 'file') touchKeys(database, [linkKey.tree(source)]);
  if (isMoved && before.parent !== null) {
    touchKeys(database, [linkKey.children(source, before.parent)]);
  }
  if (before.placement !== 'file' && (isMoved || isReplaced)) {
    markContainer(database, source, before.parent);
    touchOwners(database, source, before.parent);
  }
  if (!isReplaced) return;
  dropBlob(database, before.id);
  leaveFile(database, before);
}

interface Rendered {
  readonly revision: string | null;
  readonly render: string;
  readonly summary: string;
}

/** Without new content what is stored stays, the revision too, so that the next run reads it. */
function toRendered(
  { content, revision, placement }: IncomingDocument,
  before: ItemRow | undefined,
  render: string,
): Rendered {
  if (content !== undefined) return { revision, render, summary: firstSentence(content.markdown) };
  if (before === undefined) return { revision: null, render, summary: '' };
  // Bytes are read for attachments only.
  const isNewPart = placement === 'attachment' && before.placement !== 'attachment';
  return isNewPart ? { ...before, revision: null } : before;
}

function rowValues(
  { kind, placement, title }: IncomingDocument,
  { parent, slug, position, url, updatedAt, header, base }: HeaderColumns,
  { revision, render, summary }: Rendered,
): Value[] {
  const given = [kind, placement, parent, title, slug, position, url, updatedAt, header];
  return [...given, revision, render, summary, base];
}

function storeContents(
  database: Database,
  source: number,
  contents: readonly { readonly item: number; readonly content: Content }[],
): void {
  database.insert(
    'INSERT OR REPLACE INTO bodies(item, metadata, markdown, fragments, lossy)',
    contents.map(({ item, content: { metadata, markdown, fragments, lossy } }) => [
      item,
      metadata === undefined ? null : JSON.stringify(metadata),
      markdown,
      fragments === undefined ? null : JSON.stringify(fragments),
      lossy === undefined || lossy.length === 0 ? null : JSON.stringify(lossy),
    ]),
  );
  storeLinks(
    database,
    source,
    contents.map(({ item, content: { markdown, fragments } }) => ({
      item,
      texts: [markdown, ...Object.values(fragments ?? {})],
    })),
  );
}
