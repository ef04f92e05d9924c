import type { Json, JsonObject, KindOptions, Lossy } from '@context-sync/core';

import type { OutputFormat } from '../output-format.ts';
import type { Database } from '../state/database.ts';
import type { ItemRow, StoredHeader } from '../state/items.ts';
import { renderAttachments } from './attachment-list.ts';
import { MarkdownBinder } from './bind-markdown.ts';
import { compareBytes } from './byte-order.ts';
import type { FileContents } from './file-content.ts';
import type { Field } from './front-matter.ts';
import { LinkTargets } from './link-targets.ts';
import { escapeMarkdown } from './markdown-text.ts';
import { collectParts, type Part } from './parts-below.ts';

interface BodyRow {
  /** `null`: never read. */
  readonly markdown: string | null;
  readonly metadata: string | null;
  readonly lossy: string | null;
}

/** What the file of a document is made from. */
export interface DocumentRow
  extends
    BodyRow,
    Pick<
      ItemRow,
      | 'id'
      | 'source'
      | 'scope'
      | 'doc_id'
      | 'kind'
      | 'title'
      | 'url'
      | 'updated_at'
      | 'header'
      | 'revision'
      | 'live'
    > {
  readonly folder: string;
  readonly name: string;
  /** What the files of its source are written as. */
  readonly output: OutputFormat;
}

interface SourceFacts {
  readonly name: string;
  readonly kinds: Readonly<Record<string, KindOptions>>;
  readonly hasParts: boolean;
}

/** Names of front-matter fields that a connector's metadata may not replace. */
const ownFields = [
  'source',
  'id',
  'type',
  'title',
  'url',
  'updated',
  'created',
  'revision',
  'author',
  'labels',
  'visibility',
  'readers',
  'lossy',
];

/** Makes the files of documents from what the database holds. Equal state, equal bytes. */
export class DocumentRenderer {
  readonly #database: Database;
  readonly #contents: FileContents;
  readonly #targets: LinkTargets;
  readonly #binder: MarkdownBinder;
  readonly #sources = new Map<number, SourceFacts>();

  constructor(database: Database, contents: FileContents) {
    this.#database = database;
    this.#contents = contents;
    this.#targets = new LinkTargets(database);
    this.#binder = new MarkdownBinder(database, this.#targets);
  }

  /** Documents that are to be written and come after the row `last`, at most `limit`. */
  next(last: number, limit: number): DocumentRow[] {
    return this.#database.all<DocumentRow>(
      `SELECT i.id, i.source, i.scope, i.doc_id, i.kind, i.title, i.url, i.updated_at, i.header,
         i.revision, i.live, i.folder, i.name, s.output, b.metadata, b.markdown, b.lossy
       FROM items i JOIN sources s ON s.id = i.source LEFT JOIN bodies b ON b.item = i.id
       WHERE i.dirty = 1 AND i.id > ? AND i.folder IS NOT NULL ORDER BY i.id LIMIT ?`,
      last,
      limit,
    );
  }

  /** The bytes of each document's file. Nothing may change in between: they are made from one look. */
  renderAll(items: readonly DocumentRow[]): string[] {
    this.#targets.load(items.map(({ id }) => id));
    return items.map((item) => this.#render(item));
  }

  #render(item: DocumentRow): string {
    const { folder } = item;
    const text = this.#text(item, folder).trim();
    const title = `# ${escapeMarkdown(item.title) || 'Untitled'}\n`;
    const below = this.#source(item.source).hasParts ? collectParts(this.#database, item) : [];
    const blocks = [
      title,
      text === '' ? '' : `${text}\n`,
      this.#sections(item, below),
      renderAttachments(below, folder),
    ];
    const content = {
      title: item.title || 'Untitled',
      fields: this.#fields(item),
      markdown: blocks.filter((block) => block !== '').join('\n'),
    };
    return this.#contents.document(content, item.output);
  }

  #text(item: Part | DocumentRow, folder: string): string {
    if (item.markdown === null) return '';
    return this.#binder.bind(item.markdown, {
      item: item.id,
      source: item.source,
      folder,
    });
  }

  /** The front matter of a text, with the present names of the people in it. */
  #told(metadata: string, { id, source, folder }: DocumentRow): JsonObject {
    const from = { item: id, source, folder };
    return JSON.parse(metadata, (_, value: unknown) =>
      typeof value === 'string' ? this.#binder.bindMentions(value, from) : value,
    ) as JsonObject;
  }

  #fields(item: DocumentRow): readonly Field[] {
    const header = JSON.parse(item.header) as StoredHeader;
    const lossy = item.lossy === null ? [] : (JSON.parse(item.lossy) as Lossy[]);
    const told = item.metadata === null ? {} : this.#told(item.metadata, item);
    const metadata = Object.entries({ ...told, ...header.metadata }).filter(
      ([key]) => !ownFields.includes(key),
    );
    return [
      ['source', this.#source(item.source).name],
      ['id', item.doc_id],
      ['type', item.kind],
      ['title', item.title],
      ['url', item.url],
      ['updated', item.updated_at],
      ['created', header.createdAt ?? undefined],
      ['revision', item.revision ?? ''],
      ['author', this.#author(item.source, header)],
      ['labels', nonEmpty(header.labels)],
      ...metadata.toSorted(([a], [b]) => compareBytes(a, b)),
      ['visibility', header.permissions?.visibility],
      ['readers', nonEmpty(header.permissions?.readers)],
      [
        'lossy',
        lossy.length === 0
          ? undefined
          : Object.fromEntries(lossy.map(({ construct, count }) => [construct, count])),
      ],
    ];
  }

  #author(source: number, { author }: StoredHeader): string | undefined {
    if (author === undefined || author === null) return undefined;
    if (author.id === undefined) return author.name;
    return this.#targets.personName(source, author.id) ?? author.name;
  }

  #source(id: number): SourceFacts {
    const cached = this.#sources.get(id);
    if (cached !== undefined) return cached;
    const row = this.#database.get<{ name: string; kinds: string }>(
      'SELECT name, kinds FROM sources WHERE id = ?',
      id,
    );
    const kinds = JSON.parse(row?.kinds ?? '{}') as Record<string, KindOptions>;
    const part = this.#database.get(
      `SELECT 1 AS one FROM items WHERE source = ? AND placement <> 'file' LIMIT 1`,
      id,
    );
    const source = { name: row?.name ?? '', kinds, hasParts: part !== undefined };
    this.#sources.set(id, source);
    return source;
  }

  /** Comments and the like, below the text; replies follow what they answer. */
  #sections({ source, folder }: DocumentRow, parts: readonly Part[]): string {
    const sections = parts.filter(({ placement }) => placement === 'section');
    const kinds = [...new Set(sections.map(({ kind }) => kind))].toSorted(compareBytes);
    return kinds
      .map((kind) => {
        const heading = this.#source(source).kinds[kind]?.heading ?? kind;
        const entries = sections.filter((section) => section.kind === kind);
        return `## ${escapeMarkdown(heading)}\n\n${entries.map((section) => this.#section(section, folder)).join('\n')}`;
      })
      .join('\n');
  }

  #section(section: Part, folder: string): string {
    const level = '#'.repeat(Math.min(3 + section.depth, 6));
    const who = this.#author(section.source, section.stored);
    const when = section.stored.createdAt ?? undefined;
    const parts = [section.title, who, when].filter(
      (part): part is string => part !== undefined && part !== '',
    );
    const heading = escapeMarkdown(parts.join(' · ')) || 'Untitled';
    return `${level} ${heading}\n\n${this.#text(section, folder).trim()}\n`;
  }
}

function nonEmpty(values: readonly string[] | undefined): Json | undefined {
  return values === undefined || values.length === 0 ? undefined : values.toSorted(compareBytes);
}
