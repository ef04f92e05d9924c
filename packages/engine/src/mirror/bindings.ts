import type { Attachment } from '@context-sync/core';

import type { Database } from '../state/database.ts';
import type { ItemRow } from '../state/items.ts';
import { linkKey, normalizeUrl, parseContextLink, type ContextLink } from '../state/link-keys.ts';
import { lowestHolder } from '../state/references.ts';
import { relativePath } from './relative-path.ts';

/** The document that a link stands in. */
export interface Referrer {
  readonly item: number;
  readonly source: number;
  /** Folder of the file, relative to the root. */
  readonly folder: string;
  readonly attachments: readonly Pick<Attachment, 'id' | 'name' | 'url'>[];
}

/** What a destination means at this moment. */
export interface Binding {
  /** Where the link goes; absent: nowhere, only its text is left. */
  readonly href?: string;
  /** What an empty link shows. */
  readonly text: string;
  /** Shown instead of the whole link. */
  readonly plain?: boolean;
}

/** A document found by a link. */
export type Target = Pick<
  ItemRow,
  'id' | 'source' | 'doc_id' | 'title' | 'folder' | 'name' | 'placement' | 'parent'
>;

const targetColumns = 'i.id, i.source, i.doc_id, i.title, i.folder, i.name, i.placement, i.parent';

/** Answers from the database what the destinations of a document mean. */
export class Bindings {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** `undefined`: the destination stays as it is. */
  bind(destination: string, from: Referrer): Binding | undefined {
    if (!destination.startsWith('ctx:')) return this.#bindUrl(destination, from);
    const link = parseContextLink(destination);
    if (link === undefined) return { text: '' };
    switch (link.kind) {
      case 'user':
        return { text: `@${this.#personName(from.source, link)}`, plain: true };
      case 'att':
        return bindAttachment(link, from);
      default:
        return this.#bindDocument(link, from);
    }
  }

  /** The document that a `ctx:` link means. */
  target(link: ContextLink, from: Referrer): Target | undefined {
    return link.kind === 'name' ? this.#byAlias(link.key, from) : this.byId(from.source, link.key);
  }

  byId(source: number, id: string): Target | undefined {
    return this.#database.get<Target>(
      `SELECT ${targetColumns} FROM items i WHERE source = ? AND doc_id = ?`,
      source,
      id,
    );
  }

  /** The placed children of a document that have files of their own, in index order. */
  children(target: Pick<Target, 'source' | 'doc_id'>): Target[] {
    return this.#database.all<Target>(
      `SELECT ${targetColumns} FROM items i WHERE source = ? AND parent = ? AND placement = 'file'
         AND folder IS NOT NULL ORDER BY position IS NULL, position, CAST(name AS BLOB), folder`,
      target.source,
      target.doc_id,
    );
  }

  #bindDocument(link: ContextLink, from: Referrer): Binding {
    const target = this.target(link, from);
    const path = target === undefined ? undefined : this.#pathOf(target);
    if (target === undefined || path === undefined) return fallback(link);
    return { href: relativePath(from.folder, path) + link.fragment, text: target.title };
  }

  #bindUrl(destination: string, from: Referrer): Binding | undefined {
    const url = normalizeUrl(destination);
    const target = url === undefined ? undefined : this.#byUrl(url, from);
    const path = target === undefined ? undefined : this.#pathOf(target);
    if (target === undefined || path === undefined) return undefined;
    const hash = destination.indexOf('#');
    return {
      href: relativePath(from.folder, path) + (hash === -1 ? '' : destination.slice(hash)),
      text: target.title,
    };
  }

  #byAlias(alias: string, from: Referrer): Target | undefined {
    const key = linkKey.alias(from.source, alias);
    const today = this.#database.get<{ today: string }>(
      'SELECT today FROM links WHERE item = ? AND key = ?',
      from.item,
      key,
    )?.today;
    const holder = lowestHolder(this.#database, today ?? key);
    return holder === undefined ? undefined : this.#byRow(holder);
  }

  /** The referrer's own source first, then config order, then the lowest id. */
  #byUrl(url: string, from: Referrer): Target | undefined {
    return this.#database.get<Target>(
      `SELECT ${targetColumns} FROM (
           SELECT item FROM names WHERE key = ?1
           UNION SELECT i.id FROM claims c JOIN items i ON i.source = c.source AND i.doc_id = c.doc_id
             WHERE c.url = ?2) found
         JOIN items i ON i.id = found.item JOIN sources s ON s.id = i.source
         ORDER BY i.source <> ?3, s.position, length(CAST(i.doc_id AS BLOB)), CAST(i.doc_id AS BLOB) LIMIT 1`,
      linkKey.url(url),
      url,
      from.source,
    );
  }

  #byRow(id: number): Target | undefined {
    return this.#database.get<Target>(`SELECT ${targetColumns} FROM items i WHERE id = ?`, id);
  }

  /** The file a document stands in: its own, or for a section that of the document above it. */
  #pathOf(target: Target): string | undefined {
    let file: Target | undefined = target;
    for (let depth = 0; file?.placement === 'section' && depth < 100; depth += 1) {
      file = file.parent === null ? undefined : this.byId(file.source, file.parent);
    }
    if (file === undefined || file.folder === null || file.name === null) return undefined;
    return `${file.folder}/${file.name}.md`;
  }

  #personName(source: number, link: ContextLink): string {
    const person = this.#database.get<{ name: string }>(
      'SELECT name FROM people WHERE source = ? AND id = ?',
      source,
      link.key,
    );
    return person?.name ?? link.title ?? link.key;
  }
}

function bindAttachment(link: ContextLink, from: Referrer): Binding {
  const attachment = from.attachments.find(({ id }) => id === link.key);
  const url = attachment?.url ?? link.url;
  const text = attachment?.name ?? link.title ?? link.key;
  return url === undefined ? { text } : { href: url + link.fragment, text };
}

function fallback(link: ContextLink): Binding {
  const text = link.title ?? link.url ?? '';
  return link.url === undefined ? { text } : { href: link.url + link.fragment, text };
}
