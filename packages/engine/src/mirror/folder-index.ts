import type { IndexOptions, Json } from '@context-sync/core';

import type { Database } from '../state/database.ts';
import type { ItemRow, StoredHeader } from '../state/items.ts';
import { compareBytes } from './byte-order.ts';
import { escapeMarkdown } from './markdown-text.ts';

/** A longer index goes on in `README.2.md`, `README.3.md` …, so that a file stays readable in one go. */
const entriesPerFile = 200;

const marker = '<!-- Made by context-sync. Changes to this file are overwritten. -->\n';

type EntryRow = Pick<
  ItemRow,
  | 'id'
  | 'title'
  | 'name'
  | 'kind'
  | 'position'
  | 'updated_at'
  | 'summary'
  | 'header'
  | 'url'
  | 'doc_id'
> & {
  readonly below: number;
};

interface FolderHead {
  readonly title: string;
  readonly intro: string;
  /** Lines above the documents: sub-folders without a document of their own. */
  readonly lead: readonly string[];
  readonly options: IndexOptions;
}

/** The index files of a folder by file name; empty when nothing lies in it. */
export function renderFolderIndex(database: Database, folder: string): Map<string, string> {
  const head = folderHead(database, folder);
  const rows = database.all<EntryRow>(
    `SELECT id, title, name, kind, position, updated_at, summary, header, url, doc_id,
       EXISTS(SELECT 1 FROM items b WHERE b.folder = i.folder || '/' || i.name) AS below
     FROM items i WHERE folder = ?`,
    folder,
  );
  if (head === undefined || (rows.length === 0 && head.lead.length === 0 && head.intro === ''))
    return new Map();
  const lines = [...head.lead, ...entryLines(rows, head.options)];
  return splitIndex(head, lines);
}

function splitIndex(head: FolderHead, lines: readonly string[]): Map<string, string> {
  const count = Math.max(1, Math.ceil(lines.length / entriesPerFile));
  const files = new Map<string, string>();
  for (let part = 1; part <= count; part += 1) {
    const body = lines.slice((part - 1) * entriesPerFile, part * entriesPerFile).join('\n');
    const title = count === 1 ? head.title : `${head.title} (${part} of ${count})`;
    const around = [
      part > 1 ? `[Previous](${indexName(part - 1)})` : '',
      part < count ? `[Next](${indexName(part + 1)})` : '',
    ];
    const paging = around.filter((link) => link !== '').join(' · ');
    const blocks = [`# ${title}`, part === 1 ? head.intro : '', body, paging];
    files.set(
      indexName(part),
      `${marker}\n${blocks.filter((block) => block !== '').join('\n\n')}\n`,
    );
  }
  return files;
}

function indexName(part: number): string {
  return part === 1 ? 'README.md' : `README.${part}.md`;
}

function entryLines(rows: readonly EntryRow[], options: IndexOptions): string[] {
  const sorted = rows.toSorted((a, b) => compareEntries(a, b, options.sortBy));
  const { groupBy } = options;
  if (groupBy === undefined) return sorted.map((row) => entryLine(row, options));
  const groups = new Map<string, EntryRow[]>();
  for (const row of sorted) {
    const group = fieldText(row, groupBy) || 'Other';
    groups.set(group, [...(groups.get(group) ?? []), row]);
  }
  return [...groups]
    .toSorted(([a], [b]) => compareBytes(a, b))
    .flatMap(([group, members]) => [
      `\n## ${escapeMarkdown(group)}\n`,
      ...members.map((row) => entryLine(row, options)),
    ]);
}

function compareEntries(a: EntryRow, b: EntryRow, sortBy: string | undefined): number {
  const field = sortBy?.replace(/^-/, '');
  const order = field === undefined ? 0 : compareBytes(fieldText(a, field), fieldText(b, field));
  if (order !== 0) return sortBy?.startsWith('-') === true ? -order : order;
  const position = (a.position ?? Infinity) - (b.position ?? Infinity);
  if (position !== 0 && !Number.isNaN(position)) return position;
  return compareBytes(a.name ?? '', b.name ?? '');
}

function entryLine(row: EntryRow, options: IndexOptions): string {
  const columns = (options.columns ?? [])
    .map((column) => fieldText(row, column))
    .filter((text) => text !== '');
  const facts = [row.updated_at?.slice(0, 10) ?? '', ...columns].filter((text) => text !== '');
  const link = `[${escapeMarkdown(row.title) || 'Untitled'}](${row.name}.md)`;
  const below = row.below === 1 ? ` · [below](${row.name}/README.md)` : '';
  const behind = facts.length === 0 ? '' : ` (${escapeMarkdown(facts.join(', '))})`;
  return `- ${link}${behind}${below}${row.summary === '' ? '' : `: ${escapeMarkdown(row.summary)}`}`;
}

/** A front-matter field of a document as text. */
function fieldText(row: EntryRow, field: string): string {
  const header = JSON.parse(row.header) as StoredHeader;
  const own: Readonly<Record<string, Json | undefined>> = {
    id: row.doc_id,
    type: row.kind,
    title: row.title,
    url: row.url,
    updated: row.updated_at,
    created: header.createdAt,
    author: header.author?.name,
    labels: header.labels,
  };
  const value = own[field] ?? header.metadata?.[field];
  if (value === undefined || value === null) return '';
  return Array.isArray(value)
    ? value.map(String).join(', ')
    : String(typeof value === 'object' ? JSON.stringify(value) : value);
}

function folderHead(database: Database, folder: string): FolderHead | undefined {
  if (folder === '') return rootHead(database);
  return (
    sourceHead(database, folder) ??
    scopeHead(database, folder) ??
    documentHead(database, folder) ??
    kindHead(database, folder)
  );
}

function rootHead(database: Database): FolderHead {
  const sources = database.all<{ name: string; type: string }>(
    'SELECT name, type FROM sources ORDER BY position',
  );
  return {
    title: 'Mirrored knowledge',
    intro:
      'A local mirror, made by context-sync. Every file starts with its source, id, URL and time of last change.',
    lead: sources.map(
      ({ name, type }) => `- [${name}](${name}/README.md)${name === type ? '' : ` (${type})`}`,
    ),
    options: {},
  };
}

function sourceHead(database: Database, folder: string): FolderHead | undefined {
  const source = database.get<{ id: number; name: string }>(
    'SELECT id, name FROM sources WHERE name = ?',
    folder,
  );
  if (source === undefined) return undefined;
  const scopes = database.all<{ slug: string; title: string; folder: string }>(
    `SELECT slug, title, folder FROM scopes s WHERE source = ? AND folder IS NOT NULL
       AND EXISTS(SELECT 1 FROM items WHERE scope = s.id AND placement = 'file') ORDER BY CAST(slug AS BLOB), scope_id`,
    source.id,
  );
  const lead = scopes.map(({ slug, title, folder: path }) => {
    const name = path.slice(folder.length + 1);
    const label = slug === title ? slug : `${slug}: ${title}`;
    return `- [${escapeMarkdown(label)}](${name}/README.md)`;
  });
  return {
    title: source.name,
    intro: lead.length === 0 ? 'Nothing is mirrored of this source.' : '',
    lead,
    options: {},
  };
}

function scopeHead(database: Database, folder: string): FolderHead | undefined {
  const scope = database.get<{
    slug: string;
    title: string;
    url: string | null;
    kinds: string;
    index_options: string;
  }>(
    `SELECT c.slug, c.title, c.url, s.kinds, s.index_options FROM scopes c JOIN sources s ON s.id = c.source WHERE c.folder = ?`,
    folder,
  );
  if (scope === undefined) return undefined;
  const kinds = JSON.parse(scope.kinds) as Record<string, { folder?: string }>;
  const folders = [...new Set(Object.values(kinds).flatMap((kind) => kind.folder ?? []))].toSorted(
    compareBytes,
  );
  const used = folders.filter(
    (name) =>
      database.get('SELECT 1 AS one FROM items WHERE folder = ? LIMIT 1', `${folder}/${name}`) !==
      undefined,
  );
  const title = scope.slug === scope.title ? scope.slug : `${scope.slug}: ${scope.title}`;
  const isUsed =
    used.length > 0 ||
    database.get('SELECT 1 AS one FROM items WHERE folder = ? LIMIT 1', folder) !== undefined;
  if (!isUsed) return undefined;
  return {
    title: escapeMarkdown(title),
    intro: scope.url === null ? '' : `<${scope.url}>`,
    lead: used.map((name) => `- [${name}/](${name}/README.md)`),
    options: JSON.parse(scope.index_options) as IndexOptions,
  };
}

function documentHead(database: Database, folder: string): FolderHead | undefined {
  const at = folder.lastIndexOf('/');
  const name = folder.slice(at + 1);
  const item = database.get<{ title: string }>(
    'SELECT title FROM items WHERE folder = ? AND name = ?',
    folder.slice(0, Math.max(at, 0)),
    name,
  );
  const isUsed =
    database.get('SELECT 1 AS one FROM items WHERE folder = ? LIMIT 1', folder) !== undefined;
  if (item === undefined || !isUsed) return undefined;
  const title = escapeMarkdown(item.title) || 'Untitled';
  return { title, intro: `Below [${title}](../${name}.md).`, lead: [], options: {} };
}

/** A folder of a kind at the top of a scope, e.g. `blog`. */
function kindHead(database: Database, folder: string): FolderHead | undefined {
  const at = folder.lastIndexOf('/');
  const scope = at === -1 ? undefined : scopeHead(database, folder.slice(0, at));
  return scope === undefined
    ? undefined
    : { title: folder.slice(at + 1), intro: '', lead: [], options: scope.options };
}
