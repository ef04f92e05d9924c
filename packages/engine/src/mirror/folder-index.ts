import type { IndexOptions, Json } from '@context-sync/core';

import type { OutputFormat } from '../output-format.ts';
import type { Database } from '../state/database.ts';
import type { ItemRow, StoredHeader } from '../state/items.ts';
import { Bindings } from './bindings.ts';
import { compareBytes } from './byte-order.ts';
import type { IndexContent } from './file-content.ts';
import { documentName, indexName } from './file-paths.ts';
import { type FolderHead, folderHead } from './folder-head.ts';
import { LinkTargets } from './link-targets.ts';
import { escapeMarkdown, fillSentence } from './markdown-text.ts';

/** A longer index goes on in `README.2.md`, `README.3.md` …, so that a file stays readable in one go. */
const entriesPerFile = 200;

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

/** A part of the index of a folder. */
export interface IndexPart extends IndexContent {
  /** Of its file. */
  readonly name: string;
}

/** The parts of a folder's index; none when nothing lies in it. */
export function renderFolderIndex(
  database: Database,
  folder: string,
  output: OutputFormat,
): IndexPart[] {
  const rows = database.all<EntryRow>(
    `SELECT id, source, title, name, kind, position, updated_at, summary, header, url, doc_id,
       EXISTS(SELECT 1 FROM items b WHERE b.folder = i.folder || '/' || i.name) AS below
     FROM items i WHERE folder = ?`,
    folder,
  );
  const head = folderHead(database, folder, rows.length > 0, output);
  if (head === undefined || (rows.length === 0 && head.lead.length === 0 && head.intro === ''))
    return [];
  const entries = entryLines(withSummaries(database, rows, folder), head.options, output);
  return splitIndex(head, [...head.lead, ...entries], output);
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

function splitIndex(head: FolderHead, lines: readonly string[], output: OutputFormat): IndexPart[] {
  const count = Math.max(1, Math.ceil(lines.length / entriesPerFile));
  const parts: IndexPart[] = [];
  for (let part = 1; part <= count; part += 1) {
    const body = lines.slice((part - 1) * entriesPerFile, part * entriesPerFile).join('\n');
    const title = count === 1 ? head.title : `${head.title} (${part} of ${count})`;
    const around = [
      part > 1 ? `[Previous](${indexName(output, part - 1)})` : '',
      part < count ? `[Next](${indexName(output, part + 1)})` : '',
    ];
    const paging = around.filter((link) => link !== '').join(' · ');
    const blocks = [`# ${title}`, part === 1 ? head.intro : '', body, paging];
    const markdown = `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
    parts.push({ name: indexName(output, part), title: head.name, markdown });
  }
  return parts;
}

function entryLines(
  rows: readonly EntryRow[],
  options: IndexOptions,
  output: OutputFormat,
): string[] {
  const sorted = rows.toSorted((a, b) => compareEntries(a, b, options.sortBy));
  const { groupBy, groupOrder } = options;
  if (groupBy === undefined) return sorted.map((row) => entryLine(row, options, output));
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
      ...members.map((row) => entryLine(row, options, output)),
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

function entryLine(row: EntryRow, options: IndexOptions, output: OutputFormat): string {
  const columns = (options.columns ?? [])
    .map((column) => fieldText(row, column))
    .filter((text) => text !== '');
  const facts = [row.updated_at?.slice(0, 10) ?? '', ...columns].filter((text) => text !== '');
  const link = `[${escapeMarkdown(row.title) || 'Untitled'}](${documentName(row.name ?? '', output)})`;
  const below = row.below === 1 ? ` · [below](${row.name}/${indexName(output)})` : '';
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
