import { findLinks } from '../mirror/markdown-links.ts';
import type { Database } from './database.ts';
import { type ContextLink, linkKey, normalizeUrl, parseContextLink } from './link-keys.ts';
import { labelQuery, treeQuery } from './list-query.ts';

/** Stores what the files of documents depend on besides their own text. */
export function storeLinks(
  database: Database,
  source: number,
  documents: readonly { readonly item: number; readonly texts: readonly string[] }[],
): void {
  const links = documents.flatMap(({ item, texts }) =>
    [...new Set(texts.flatMap((text) => dependencies(source, text)))].map((key) => ({ item, key })),
  );
  database.insert(
    'INSERT INTO links(item, key, today)',
    links.map(({ item, key }) => [item, key, key]),
  );
  const urls = new Set(links.flatMap(({ key }) => (key.startsWith('w:') ? key.slice(2) : [])));
  database.insert(
    'INSERT OR IGNORE INTO urls(url)',
    [...urls].map((url) => [url]),
  );
}

/** The keys of everything a text shows that another document or a person decides. */
function dependencies(source: number, markdown: string): string[] {
  return findLinks(markdown).flatMap(({ destination }) => {
    if (!destination.startsWith('ctx:')) {
      return urlKeys(destination);
    }
    const link = parseContextLink(destination);
    switch (link?.kind) {
      case 'doc':
        return [linkKey.document(source, link.key), ...urlKeys(link.url)];
      case 'name':
        return [linkKey.alias(source, link.key)];
      case 'att':
        return [
          link.of === undefined
            ? linkKey.attachment(source, link.key)
            : linkKey.alias(source, link.of),
        ];
      case 'user':
        return [linkKey.person(source, link.key)];
      case 'children':
        return treeKeys(source, link);
      case 'labelled':
        return labelKeys(source, link);
      case 'include':
        return [
          linkKey.include(source, link.key),
          linkKey.document(source, link.key),
          linkKey.alias(source, link.key),
        ];
      default:
        return [];
    }
  });
}

/** A list of children changes with them, a longer one with any document of the source. */
function treeKeys(source: number, link: ContextLink): string[] {
  const { by, depth } = treeQuery(link);
  if (by === 'scope') return [linkKey.tree(source)];
  // Whose children they are shows when the file is written.
  if (by === 'name') return [linkKey.alias(source, link.key), linkKey.tree(source)];
  const own = [linkKey.children(source, link.key), linkKey.document(source, link.key)];
  return depth > 1 ? [...own, linkKey.tree(source)] : own;
}

function labelKeys(source: number, link: ContextLink): string[] {
  const { labels, below } = labelQuery(link);
  const keys = labels.map((label) => linkKey.label(source, label));
  return below === undefined ? keys : [...keys, linkKey.tree(source)];
}

/** Where its own source has no such document, another one may: what it is found by there. */
function urlKeys(address: string | undefined): string[] {
  const url = address === undefined ? undefined : normalizeUrl(address);
  return url === undefined ? [] : [linkKey.url(url)];
}

/** What a document is found by. */
export interface Names {
  readonly item: number;
  readonly url: string | null;
  readonly aliases: readonly string[];
}

function nameKeys(source: number, { url, aliases }: Names): Set<string> {
  const keys = aliases.map((alias) => {
    const absolute = normalizeUrl(alias);
    return absolute === undefined ? linkKey.alias(source, alias) : linkKey.url(absolute);
  });
  const own = url === null ? undefined : normalizeUrl(url);
  return new Set(own === undefined ? keys : [...keys, linkKey.url(own)]);
}

/** Stores the names that documents are found by: their URLs and their aliases. */
export function storeNames(database: Database, source: number, documents: readonly Names[]): void {
  database.insert(
    'INSERT OR IGNORE INTO names(key, item)',
    documents.flatMap((names) => [...nameKeys(source, names)].map((key) => [key, names.item])),
  );
}

/**
 * Gives a document its new names. Services rewrite the links to a document that is renamed without a
 * new revision of the linking one, so stored links that mean it follow it to its new alias. Of a link
 * by the old alias whose document is not known, the text may be older or newer than the rename: what
 * holds it is read again.
 */
export function replaceNames(database: Database, source: number, given: Names): void {
  const { item } = given;
  touchReferrers(database, [item]);
  const names = nameKeys(source, given);
  const old = database.all<{ key: string }>('SELECT key FROM names WHERE item = ?', item);
  const isAlias = (key: string): boolean => key.startsWith('n:');
  const successor = [...names].find(isAlias);
  for (const { key } of old) {
    if (!isAlias(key) || names.has(key)) continue;
    if (successor === undefined) forgetTarget(database, item, key);
    else {
      const follow = 'UPDATE links SET today = ? WHERE today = ? AND target = ?';
      database.run(follow, successor, key, item);
    }
    database.run(
      `UPDATE items SET revision = NULL
       WHERE id IN (SELECT item FROM links WHERE today = ? AND target IS NULL)`,
      key,
    );
  }
  database.run('DELETE FROM names WHERE item = ?', item);
  storeNames(database, source, [given]);
}

function forgetTarget(database: Database, item: number, key: string): void {
  database.run('UPDATE links SET target = NULL WHERE today = ? AND target = ?', key, item);
}

/** A document goes: what names it by an alias may have been rewritten by the service and is read again. */
export function forgetReferrers(database: Database, item: number): void {
  const keys = database.all<{ key: string }>(
    `SELECT key FROM names WHERE item = ? AND key >= 'n:' AND key < 'n;'`,
    item,
  );
  for (const { key } of keys) {
    forgetTarget(database, item, key);
    database.run(
      'UPDATE items SET revision = NULL WHERE id <> ? AND id IN (SELECT item FROM links WHERE today = ?)',
      item,
      key,
    );
  }
}

/**
 * Notes which document each alias in a text means: the one with the lowest id, shorter first. Right
 * only when all names of the source are as new as the texts; the names of a document that could not
 * be read are not.
 */
export function rememberTargets(database: Database, source: number): void {
  database.run(
    `UPDATE links INDEXED BY links_open SET target = (SELECT i.id FROM names n JOIN items i ON i.id = n.item
         WHERE n.key = links.today
           AND NOT EXISTS(SELECT 1 FROM failures f WHERE f.source = i.source AND f.doc_id = i.doc_id)
         ORDER BY length(CAST(i.doc_id AS BLOB)), CAST(i.doc_id AS BLOB) LIMIT 1)
     WHERE target IS NULL AND today >= 'n:' AND today < 'n;' AND today >= ? AND today < ?`,
    `n:${source}:`,
    `n:${source};`,
  );
}

/**
 * Marks every document for writing that shows a title, link or place of one of these, or of a section
 * or attachment below; of a section or attachment also what names it by the document it lies under.
 */
export function touchReferrers(database: Database, items: readonly number[]): void {
  if (items.length === 0) return;
  database.run(
    `WITH RECURSIVE given(id, source, doc_id, parent, placement) AS (
       SELECT id, source, doc_id, parent, placement FROM items
         WHERE id IN (SELECT value FROM json_each(?))
       UNION SELECT s.id, s.source, s.doc_id, s.parent, s.placement FROM given g
         JOIN items s ON s.source = g.source AND s.parent = g.doc_id AND s.placement <> 'file'),
     owners(id, source, parent, placement) AS (
       SELECT id, source, parent, placement FROM given WHERE placement <> 'file'
       UNION SELECT p.id, p.source, p.parent, p.placement FROM owners o
         JOIN items p ON p.source = o.source AND p.doc_id = o.parent WHERE o.placement <> 'file')
     UPDATE items SET dirty = 1 WHERE dirty = 0 AND id IN (SELECT item FROM links WHERE today IN (
       SELECT 'd:' || source || ':' || doc_id FROM given
       UNION ALL SELECT 'a:' || source || ':' || doc_id FROM given WHERE placement = 'attachment'
       UNION ALL SELECT 'c:' || source || ':' || parent FROM given WHERE parent IS NOT NULL
       UNION ALL SELECT 't:' || source FROM given WHERE placement = 'file'
       UNION ALL SELECT key FROM names WHERE item IN (SELECT id FROM given)
       UNION ALL SELECT 'a' || substr(key, 2) FROM names
         WHERE item IN (SELECT id FROM given WHERE placement = 'attachment') AND key >= 'n:' AND key < 'n;'
       UNION ALL SELECT key FROM names WHERE item IN (SELECT id FROM owners)
         AND key >= 'n:' AND key < 'n;'
       UNION ALL SELECT 'w:' || c.url FROM given g JOIN claims c ON c.source = g.source AND c.doc_id = g.doc_id))`,
    JSON.stringify(items),
  );
}

/** Marks what may name an attachment by a document that it no longer lies under. */
export function touchOwners(database: Database, source: number, parent: string | null): void {
  if (parent === null) return;
  const row = database.get<{ id: number }>(
    'SELECT id FROM items WHERE source = ? AND doc_id = ?',
    source,
    parent,
  );
  if (row !== undefined) touchReferrers(database, [row.id]);
}

/** Marks the documents that depend on one of these keys. */
export function touchKeys(database: Database, keys: readonly string[]): void {
  database.run(
    'UPDATE items SET dirty = 1 WHERE id IN (SELECT item FROM links WHERE today IN (SELECT value FROM json_each(?)))',
    JSON.stringify(keys),
  );
}
