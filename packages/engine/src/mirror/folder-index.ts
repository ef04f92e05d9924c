import type { IndexOptions, Json } from '@context-sync/core';

import type { Database } from '../state/database.ts';
import type { ItemRow, StoredHeader } from '../state/items.ts';
import { Bindings } from './bindings.ts';
import { compareBytes } from './byte-order.ts';
import { type FolderHead, folderHead } from './folder-head.ts';
import { LinkTargets } from './link-targets.ts';
import { escapeMarkdown, fillSentence } from './markdown-text.ts';

/** A longer index goes on in `README.2.md`, `README.3.md` …, so that a file stays readable in one go. */
const entriesPerFile = 200;

const marker = '<!-- Made by context-sync. Changes to this file are overwritten. -->\n';

type EntryRow = Pick<
  ItemRow,
  | 'id'
  | 'source'
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

/** The index files of a folder by file name; empty when nothing lies in it. */
export function renderFolderIndex(database: Database, folder: string): Map<string, string> {
  const rows = database.all<EntryRow>(
    `SELECT id, source, title, name, kind, position, updated_at, summary, header, url, doc_id,
       EXISTS(SELECT 1 FROM items b WHERE b.folder = i.folder || '/' || i.name) AS below
     FROM items i WHERE folder = ?`,
    folder,
  );
  const head = folderHead(database, folder, rows.length > 0);
  if (head === undefined || (rows.length === 0 && head.lead.length === 0 && head.intro === ''))
    return new Map();
  const lines = [...head.lead, ...entryLines(withSummaries(database, rows, folder), head.options)];
  return splitIndex(head, lines);
}

/** The rows with the texts of the links in their summaries: what the targets are called today. */
function withSummaries(
  database: Database,
  rows: readonly EntryRow[],
  folder: string,
): readonly EntryRow[] {
  const bindings = new Bindings(new LinkTargets(database));
  return rows.map((row) => {
    const from = { item: row.id, source: row.source, folder, attachments: [] };
    const textOf = (destination: string): string => bindings.bind(destination, from)?.text ?? '';
    return { ...row, summary: fillSentence(row.summary, textOf) };
  });
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
  const { groupBy, groupOrder } = options;
  if (groupBy === undefined) return sorted.map((row) => entryLine(row, options));
  const groups = new Map<string, EntryRow[]>();
  for (const row of sorted) {
    const group = fieldText(row, groupBy) || 'Other';
    groups.set(group, [...(groups.get(group) ?? []), row]);
  }
  return [...groups]
    .toSorted(
      ([a, [first]], [b, [other]]) => compareFields(first, other, groupOrder) || compareBytes(a, b),
    )
    .flatMap(([group, members]) => [
      `\n## ${escapeMarkdown(group)}\n`,
      ...members.map((row) => entryLine(row, options)),
    ]);
}

/** By a field, whose name may have a `-` before it that turns the order round. */
function compareFields(
  a: EntryRow | undefined,
  b: EntryRow | undefined,
  by: string | undefined,
): number {
  if (a === undefined || b === undefined || by === undefined) return 0;
  const field = by.replace(/^-/, '');
  const order = compareBytes(fieldText(a, field), fieldText(b, field));
  return by.startsWith('-') ? -order : order;
}

function compareEntries(a: EntryRow, b: EntryRow, sortBy: string | undefined): number {
  const order = compareFields(a, b, sortBy);
  if (order !== 0) return order;
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
