import type { OutputFormat } from '../output-format.ts';
import type { Database } from '../state/database.ts';
import type { ItemRow } from '../state/items.ts';
import { linkKey } from '../state/link-keys.ts';
import { compareIds } from './byte-order.ts';

/** A document found by a link. */
export type Target = Pick<
  ItemRow,
  'id' | 'source' | 'doc_id' | 'title' | 'url' | 'folder' | 'name' | 'placement' | 'parent'
> & {
  /** What its source is written as. */
  readonly output: OutputFormat;
  /** Where an attachment is downloaded to. */
  readonly download: string | null;
};

/** Of a {@link Target}, of the row `i` of `items`. */
export const targetColumns = `i.id, i.source, i.doc_id, i.title, i.url, i.folder, i.name, i.placement, i.parent,
  (SELECT output FROM sources WHERE id = i.source) AS output,
  CASE i.placement WHEN 'attachment' THEN (SELECT path FROM blobs WHERE item = i.id) END AS download`;
const documentKey = /^d:(\d+):(.*)$/s;

interface LinkRow {
  readonly item: number;
  readonly key: string;
  readonly today: string;
}

/**
 * Finds what links mean at this moment. What a batch of documents links to is looked up together by
 * `load`; the rest, e.g. links in included texts, one by one.
 */
export class LinkTargets {
  readonly #database: Database;
  /** By the key of a document or of an alias; `undefined`: there is none. */
  readonly #targets = new Map<string, Target | undefined>();
  /** What the alias keys in a document's text are called today, by document and key. */
  readonly #today = new Map<string, string>();
  /** URLs that mean no document of any source. */
  readonly #strangers = new Set<string>();
  readonly #people = new Map<string, string | undefined>();
  /** The attachments below a document, by its row and their file name. */
  readonly #attachments = new Map<number, ReadonlyMap<string, Target>>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Forgets what was looked up, and looks up what these documents link to. */
  load(items: readonly number[]): void {
    this.#targets.clear();
    this.#today.clear();
    this.#strangers.clear();
    this.#people.clear();
    this.#attachments.clear();
    const links = this.#database.all<LinkRow>(
      'SELECT item, key, today FROM links WHERE item IN (SELECT value FROM json_each(?))',
      JSON.stringify(items),
    );
    if (links.length === 0) return;
    this.#loadDocuments(links);
    this.#loadAliases(links.filter(({ key }) => key.startsWith('n:')));
    this.#loadStrangers(links.flatMap(({ key }) => (key.startsWith('w:') ? key.slice(2) : [])));
  }

  #loadDocuments(links: readonly LinkRow[]): void {
    const idsBySource = new Map<number, string[]>();
    for (const { key } of links) {
      const [, source, id] = documentKey.exec(key) ?? [];
      if (source === undefined || id === undefined || this.#targets.has(key)) continue;
      this.#targets.set(key, undefined);
      const ids = idsBySource.get(Number(source));
      if (ids === undefined) idsBySource.set(Number(source), [id]);
      else ids.push(id);
    }
    for (const [source, ids] of idsBySource) {
      const rows = this.#database.all<Target>(
        `SELECT ${targetColumns} FROM items i WHERE source = ? AND doc_id IN (SELECT value FROM json_each(?))`,
        source,
        JSON.stringify(ids),
      );
      for (const row of rows) this.#targets.set(linkKey.document(source, row.doc_id), row);
    }
  }

  #loadAliases(links: readonly LinkRow[]): void {
    if (links.length === 0) return;
    for (const { item, key, today } of links) {
      this.#today.set(`${item} ${key}`, today);
      this.#targets.set(today, undefined);
    }
    const rows = this.#database.all<Target & { key: string }>(
      `SELECT n.key, ${targetColumns} FROM names n JOIN items i ON i.id = n.item
       WHERE n.key IN (SELECT value FROM json_each(?))`,
      JSON.stringify([...new Set(links.map(({ today }) => today))]),
    );
    for (const row of rows) {
      const holder = this.#targets.get(row.key);
      if (holder === undefined || compareIds(row.doc_id, holder.doc_id) < 0)
        this.#targets.set(row.key, row);
    }
  }

  #loadStrangers(urls: readonly string[]): void {
    if (urls.length === 0) return;
    for (const url of urls) this.#strangers.add(url);
    const known = this.#database.all<{ url: string }>(
      `SELECT substr(key, 3) AS url FROM names
         WHERE key IN (SELECT 'w:' || value FROM json_each(?1))
       UNION SELECT url FROM claims WHERE url IN (SELECT value FROM json_each(?1))`,
      JSON.stringify(urls),
    );
    for (const { url } of known) this.#strangers.delete(url);
  }

  byId(source: number, id: string): Target | undefined {
    const key = linkKey.document(source, id);
    if (this.#targets.has(key)) return this.#targets.get(key);
    return this.#database.get<Target>(
      `SELECT ${targetColumns} FROM items i WHERE source = ? AND doc_id = ?`,
      source,
      id,
    );
  }

  /** The document that an alias in the text of `item` means: the one with the lowest id, shorter first. */
  byAlias(alias: string, item: number, source: number): Target | undefined {
    const key = linkKey.alias(source, alias);
    const today = this.#today.get(`${item} ${key}`) ?? this.#findToday(item, key);
    if (this.#targets.has(today)) return this.#targets.get(today);
    return this.#database.get<Target>(
      `SELECT ${targetColumns} FROM names n JOIN items i ON i.id = n.item WHERE n.key = ?
       ORDER BY length(CAST(i.doc_id AS BLOB)), CAST(i.doc_id AS BLOB) LIMIT 1`,
      today,
    );
  }

  #findToday(item: number, key: string): string {
    const row = this.#database.get<{ today: string }>(
      'SELECT today FROM links WHERE item = ? AND key = ?',
      item,
      key,
    );
    return row?.today ?? key;
  }

  /** The referrer's own source first, then config order, then the lowest id. */
  byUrl(url: string, source: number): Target | undefined {
    if (this.#strangers.has(url)) return undefined;
    return this.#database.get<Target>(
      `SELECT ${targetColumns} FROM (
           SELECT item FROM names WHERE key = ?1
           UNION SELECT i.id FROM claims c JOIN items i ON i.source = c.source AND i.doc_id = c.doc_id
             WHERE c.url = ?2) found
         JOIN items i ON i.id = found.item JOIN sources s ON s.id = i.source
         ORDER BY i.source <> ?3, s.position, length(CAST(i.doc_id AS BLOB)), CAST(i.doc_id AS BLOB) LIMIT 1`,
      linkKey.url(url),
      url,
      source,
    );
  }

  /** The attachment with this id, or that declares this alias. */
  attachment(source: number, key: string): Target | undefined {
    const own = this.byId(source, key);
    if (own?.placement === 'attachment') return own;
    return this.#database.get<Target>(
      `SELECT ${targetColumns} FROM names n JOIN items i ON i.id = n.item
       WHERE n.key = ? AND i.placement = 'attachment'
       ORDER BY length(CAST(i.doc_id AS BLOB)), CAST(i.doc_id AS BLOB) LIMIT 1`,
      linkKey.alias(source, key),
    );
  }

  /** The attachment below a document that has this file name: the one with the lowest id. */
  attachmentNamed(fileName: string, owner: Target): Target | undefined {
    const known = this.#attachments.get(owner.id) ?? this.#attachmentsBelow(owner);
    this.#attachments.set(owner.id, known);
    return known.get(fileName.normalize('NFC'));
  }

  #attachmentsBelow({ source, doc_id }: Target): Map<string, Target> {
    const rows = this.#database.all<Target>(
      `WITH RECURSIVE below(id, doc_id) AS (
         SELECT id, doc_id FROM items WHERE source = ?1 AND parent = ?2 AND placement <> 'file'
         UNION SELECT s.id, s.doc_id FROM below b
           JOIN items s ON s.source = ?1 AND s.parent = b.doc_id AND s.placement <> 'file')
       SELECT ${targetColumns} FROM below JOIN items i ON i.id = below.id WHERE i.placement = 'attachment'
       ORDER BY length(CAST(i.doc_id AS BLOB)) DESC, CAST(i.doc_id AS BLOB) DESC`,
      source,
      doc_id,
    );
    return new Map(rows.map((row) => [row.title.normalize('NFC'), row]));
  }

  /** What a person is called, if the source told. */
  personName(source: number, id: string): string | undefined {
    const key = linkKey.person(source, id);
    if (this.#people.has(key)) return this.#people.get(key);
    const name = this.#database.get<{ name: string }>(
      'SELECT name FROM people WHERE source = ? AND id = ?',
      source,
      id,
    )?.name;
    this.#people.set(key, name);
    return name;
  }
}
